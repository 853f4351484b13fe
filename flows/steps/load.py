"""Load the rows of a run that passed the checks into the copy that will be published."""

from datetime import UTC, datetime
from functools import partial

from flows.steps.check import Checked
from flows.steps.link import link_loaded
from flows.steps.run_context import RunContext
from flows.steps.skips import NOTHING_SKIPPED, Skips
from transforms.facts.names.entities import read_entities
from warehouse.load import Load, load
from warehouse.schema.rows.runs import Run
from warehouse.store import open_next


def load_staged(
    run: RunContext, checked: Checked, accept: bool = False, skipped: Skips = NOTHING_SKIPPED
) -> Run:
    """Load a run and return its record.

    If a critical check fails, only the record is loaded, unless `accept` is true. `skipped` is the
    number of archive records that contain no page.
    """
    refusal = None if accept else "; ".join(checked.verdict.critical) or None
    brought = Load(
        start=run.start,
        records_skipped=skipped.count,
        skipped=skipped.words,
        broken=checked.broken,
        valid=checked.valid,
        results=checked.verdict.results,
        refusal=refusal,
        entities=tuple(read_entities(run.options.entities).by_id.values()),
        link=partial(link_loaded, folder=run.staging.folder),
    )
    with open_next(run.layout) as db:
        return load(db, run.staging, brought, partial(datetime.now, UTC))
