"""Compare the pages of each site, and plan which documents to clean again for what they share."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from flows.steps.corrected import mark_documents
from flows.steps.run_context import RunContext
from transforms.site_memory.page_lines import PageLines
from transforms.site_memory.remember import remember
from warehouse.plan_cleaning import Batch, open_raw, plan_again
from warehouse.site_memory import StoredPage, changed_cohorts
from warehouse.store import open_next

PAGES_AT_ONCE = 5_000  # whose memory is written to one file
Row = tuple[str, str, Sequence[int], bool]


def plan_remembered(run: RunContext) -> list[Batch]:
    """Compare the pages of sites of which a run has changed any; return the batches to clean again."""
    version = run.start.cleaner_version
    with open_next(run.layout) as db:
        found = _remember_all(changed_cohorts(db, run.staging, version))
        number = 0
        while rows := list(islice(found, PAGES_AT_ONCE)):
            number += 1
            run.staging.write_remembered(number, rows)
        if not number or not open_raw(db, run.staging, run.layout.raw_store):
            return []
        mark_documents(db, run)
        return plan_again(db, run.staging, run.run_id, version, run.corrections.digest)


def _remember_all(cohorts: Iterable[Sequence[StoredPage]]) -> Iterator[Row]:
    for cohort in cohorts:
        memories = remember([page_lines(page) for page in cohort], [page.address for page in cohort])
        for page, memory in zip(cohort, memories, strict=True):
            yield _row(page, memory)


def _row(page: StoredPage, memory: tuple[int, ...]) -> Row:
    """Return what is remembered of a page; one of an older cleaner stays as it is until it is seen."""
    if not page.is_current:
        return page.document_id, page.cohort, page.memory, False
    return page.document_id, page.cohort, memory, list(memory) != page.memory


def page_lines(page: StoredPage) -> PageLines:
    """Return the lines of a stored page."""
    columns = (page.texts, page.places, page.log_odds, page.words)
    return PageLines(*(np.array(column, np.int64) for column in columns))
