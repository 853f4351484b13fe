"""Check the staged rows, and find the documents and the facts that must not be loaded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from expectations.verdict import Breach, Verdict
from flows.steps.checking_process import checker
from flows.steps.refusals import refuse_rejected
from flows.steps.run_context import RunContext
from transforms.captures.capture import Rejected
from warehouse.schema.document_tables import DOCUMENT_TABLES, FACT_TABLES, document_key
from warehouse.schema.rows.runs import Refusal
from warehouse.staged_checks import create_check_database, find_broken


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a batch, and what must not be loaded of it.

    `broken` are the documents that fail validation. `valid` has the SQL condition of a valid row for
    each table of which rows are left out, `left_out` says which; `cleaned` is the number of captures.
    """

    verdict: Verdict
    broken: tuple[Refusal, ...]
    cleaned: int = 0
    valid: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the run should know, in words."""
        return (*self.verdict.warnings, *self.left_out)


def check_batches(run: RunContext, may_be_all_refused: bool = False) -> Checked:
    """Check all rows that a run has staged.

    With `may_be_all_refused`, the share of refused captures is not checked.
    """
    database, cleaned, articles = create_check_database(run.staging, run.layout)
    keys = {table: document_key(table) for table in DOCUMENT_TABLES}
    judged = 0 if may_be_all_refused else cleaned
    verdict = checker().check(database, run.run_id, keys, judged, articles, True)
    of_facts = [breach for breach in verdict.breaches if breach.table in FACT_TABLES]
    of_documents = [breach for breach in verdict.breaches if breach.table not in FACT_TABLES]
    return Checked(
        verdict,
        tuple(_refuse(run, of_documents)),
        cleaned,
        _join_conditions(of_facts),
        tuple(_tell_left_out(run, breach) for breach in of_facts),
    )


def _refuse(run: RunContext, breaches: Iterable[Breach]) -> Iterator[Refusal]:
    """Yield the quarantine row of each document with a row that fails validation."""
    broken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for breach in breaches:
        for document_id, source_uri, _ in find_broken(run.staging, breach.table, breach.condition):
            broken[document_id, source_uri].append(f"{breach.table}.{breach.name}")
    for (document_id, source_uri), names in sorted(broken.items()):
        rejected = Rejected("contract", "contract_broken", f"fails validation: {', '.join(names)}")
        yield refuse_rejected(source_uri, document_id, rejected, run.start)


def _tell_left_out(run: RunContext, breach: Breach) -> str:
    """Return which rows of facts are left out, and why, in words."""
    found = find_broken(run.staging, breach.table, breach.condition)
    rows, sources = sum(count for *_, count in found), [source_uri for _, source_uri, _ in found]
    more = f" and {len(sources) - 1:,} more" if len(sources) > 1 else ""
    return (
        f"left out {rows:,} of the {breach.table} of {sources[0]}{more}:"
        f" they fail validation ({breach.name})"
    )


def _join_conditions(breaches: Iterable[Breach]) -> dict[str, str]:
    """Return for each table the SQL condition of a row that meets all conditions."""
    conditions: dict[str, list[str]] = defaultdict(list)
    for breach in breaches:
        conditions[breach.table].append(f"({breach.condition}) IS NOT FALSE")
    return {table: " AND ".join(each) for table, each in conditions.items()}
