"""Check the staged rows, and find the documents that must not be loaded."""

from collections import defaultdict
from dataclasses import dataclass

from expectations.verdict import Verdict
from flows.steps.checking_process import checker
from flows.steps.refusals import refuse_rejected
from flows.steps.run_context import RunContext
from transforms.captures.capture import Rejected
from warehouse.schema.document_tables import DOCUMENT_TABLES, document_key
from warehouse.schema.rows.runs import Refusal
from warehouse.staging import create_check_database, find_broken


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a batch, its documents that fail validation, and how many captures it has."""

    verdict: Verdict
    broken: tuple[Refusal, ...]
    cleaned: int = 0


def check_batches(run: RunContext, may_be_all_refused: bool = False) -> Checked:
    """Check all rows that a run has staged.

    With `may_be_all_refused`, the share of refused captures is not checked.
    """
    database, cleaned, articles = create_check_database(run.staging, run.layout)
    keys = {table: document_key(table) for table in DOCUMENT_TABLES}
    judged = 0 if may_be_all_refused else cleaned
    verdict = checker().check(database, run.run_id, keys, judged, articles, True)
    broken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for breach in verdict.breaches:
        for document in find_broken(run.staging, breach.table, breach.condition):
            broken[document].append(f"{breach.table}.{breach.name}")
    refusals = (
        refuse_rejected(source_uri, document_id, _contract_broken(names), run.start)
        for (document_id, source_uri), names in sorted(broken.items())
    )
    return Checked(verdict, tuple(refusals), cleaned)


def _contract_broken(names: list[str]) -> Rejected:
    return Rejected("contract", "contract_broken", f"fails validation: {', '.join(names)}")
