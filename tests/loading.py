"""One run without Prefect: the steps of the flow as plain functions, in its order."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from flows.steps.check import Checked, check_batches
from flows.steps.clean import clean_batch, plan
from flows.steps.collect import collect_captures, leave_unchanged
from flows.steps.file_list import write_file_list
from flows.steps.load import load_staged
from flows.steps.remember import plan_remembered
from flows.steps.run_context import RunContext, loading
from transforms.captures.capture import CaptureToClean, Outcome, Rejected
from transforms.captures.inputs import list_inputs
from transforms.captures.readers import read_captures
from transforms.clean import Cleaned, clean
from warehouse.paths import Layout
from warehouse.schema.column import keys_of
from warehouse.schema.rows.runs import Run
from warehouse.schema.tables import TABLES
from warehouse.store import fetch_rows, publish, read_published

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "seeds" / "captures"
# What a run says of itself; all other tables must be the same after a second run.
RUN_TABLES = ("runs", "expectation_results", "run_sites", "run_languages", "input_files")


@dataclass(frozen=True)
class Unchecked:
    """A verdict for runs whose test is not about the checks: they cost seconds."""

    results: tuple = ()
    critical: tuple = ()
    warnings: tuple = ()
    documents: dict = field(default_factory=dict)


def begin(database, version: str | None = None) -> RunContext:
    """Return the context of a run; `version` is the cleaner that it claims to be."""
    run = RunContext.begin("ingest", Path(database))
    return replace(run, start=replace(run.start, cleaner_version=version)) if version else run


def run(database, *inputs, workers=1, checked=False, accept=False, version=None, verify=False) -> Run:
    """Load inputs into a warehouse and return the record of the run."""
    with loading(begin(database, version)) as context:
        files = write_file_list(context, [str(given) for given in inputs])
        collected = collect_captures(context, leave_unchanged(context, files, verify))
        clean_all(context, workers)
        found = check_batches(context) if checked else Checked(Unchecked(), ())
        done = load_staged(context, found, accept, collected.skipped)
        publish(context.layout)
    return done


def clean_all(context: RunContext, workers: int = 1) -> None:
    for plan_batches in (plan, plan_remembered):
        for batch in plan_batches(context):
            if not context.staging.batch(batch.key).exists():
                clean_batch(context, batch, workers)


def ask(database, query: str, **parameters) -> list[dict]:
    """Return the rows of a query on the published warehouse."""
    with read_published(Layout(Path(database))) as db:
        return fetch_rows(db, query, **parameters)


def dump(database, *, without=RUN_TABLES) -> dict[str, list[dict]]:
    """Return every row of every table, in the order of the keys."""
    with read_published(Layout(Path(database))) as db:
        return {
            name: fetch_rows(db, f"FROM {name} ORDER BY {', '.join(keys_of(table))}")
            for name, table in TABLES.items()
            if name not in without
        }


def conserves(done: Run) -> bool:
    parts = done.documents_loaded + done.documents_unchanged + done.documents_quarantined
    return done.captures_seen == parts


def capture_of(content: bytes, **known) -> CaptureToClean:
    """Return a capture of bytes, as the reader would hand it on."""
    facts = {
        "document_id": sha256(content).hexdigest(),
        "source_uri": "made/by-a-test.txt",
        "url": None,
        "title": None,
        "captured_at": None,
        "content_type": None,
        "first_run_id": "20260101T000000Z-0000",
        "cleaner_version": "test",
    }
    return CaptureToClean(content=content, **facts | known)


def clean_text(text: str, **known) -> Cleaned | Rejected:
    return clean(capture_of(text.encode("utf-8", "surrogatepass"), **known))


def read_all(*inputs) -> list[Outcome]:
    """Return what reading the inputs gives, before anything is cleaned."""
    files = list_inputs([str(given) for given in inputs])
    return [outcome for file in files for outcome in read_captures(file)]
