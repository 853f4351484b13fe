"""One run without Prefect: the steps of the flow as plain functions, in its order."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flows.steps.check import Checked, check_batches
from flows.steps.clean import clean_batch
from flows.steps.collect import collect_captures
from flows.steps.link import link_loaded
from flows.steps.versions import cleaner_version, versions_json
from transforms.captures.capture import CaptureToClean, Outcome, Rejected
from transforms.captures.inputs import list_inputs
from transforms.captures.readers import read_captures
from transforms.clean import Cleaned, clean
from transforms.facts.names.entities import read_entities
from transforms.options import CleaningOptions
from warehouse.load import Load, RunStart, load
from warehouse.paths import Layout
from warehouse.plan import plan_batches
from warehouse.raw_store import clear_unfinished
from warehouse.schema.column import keys_of
from warehouse.schema.tables import TABLES, Run
from warehouse.staging import Staging, adopt_batches
from warehouse.store import copy_published, fetch_rows, only_run, open_next, publish, read_published

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "seeds" / "captures"
# What a run says of itself; all other tables must be the same after a second run.
RUN_TABLES = ("runs", "expectation_results", "run_sites", "run_languages")


@dataclass(frozen=True)
class Unchecked:
    """A verdict for runs whose test is not about the checks: they cost seconds."""

    results: tuple = ()
    critical: tuple = ()
    warnings: tuple = ()
    documents: dict = field(default_factory=dict)


def start_run(version: str | None = None) -> RunStart:
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    return RunStart(run_id, "ingest", now, version or cleaner_version(), versions_json())


def run(database, *inputs, workers=1, checked=False, accept=False, version=None) -> Run:
    """Load inputs into a warehouse and return the record of the run."""
    layout, start = Layout(Path(database)), start_run(version)
    files = list_inputs([str(given) for given in inputs])
    with only_run(layout):
        clear_unfinished(layout.raw_store)
        copy_published(layout)
        collected = collect_captures(files, layout, start)
        clean_all(layout, start, workers)
        verdict = check_batches(layout, start) if checked else Checked(Unchecked(), ())
        return load_staged(layout, start, verdict, accept=accept, skipped=collected.skipped)


def clean_all(layout: Layout, start: RunStart, workers: int = 1) -> None:
    with open_next(layout) as db:
        batches = plan_batches(
            db, Staging.of(layout, start.run_id), layout.raw_store, start.run_id, start.cleaner_version
        )
    staging = Staging.of(layout, start.run_id)
    adopt_batches(layout, staging, [batch.key for batch in batches])
    for batch in batches:
        if not staging.batch(batch.key).exists():
            clean_batch(layout, start, batch, workers, CleaningOptions())


def load_staged(layout, start, checked, *, accept=False, skipped=0) -> Run:
    staging = Staging.of(layout, start.run_id)
    refusal = None if accept else "; ".join(checked.verdict.critical) or None
    known = tuple(read_entities().by_id.values())
    brought = Load(start, skipped, checked.broken, checked.verdict.results, refusal, known, link_loaded)
    with open_next(layout) as db:
        done = load(db, staging, brought, datetime.now(UTC))
    publish(layout)
    staging.remove()
    return done


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
