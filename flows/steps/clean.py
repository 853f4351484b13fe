"""The steps of a run as plain functions on paths: collect captures, clean a batch, check, load."""

from collections.abc import Callable
from pathlib import Path

from flows.steps.refusals import refuse_rejected
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import Cleaned
from transforms.options import CleaningOptions
from warehouse.load import RunStart
from warehouse.paths import Layout
from warehouse.plan import Batch, read_plan
from warehouse.raw_store import read_contents
from warehouse.staging import Staging

Progress = Callable[[int], None]


def clean_batch(
    layout: Layout,
    start: RunStart,
    batch: Batch,
    workers: int,
    options: CleaningOptions,
    progress: Progress = lambda _: None,
) -> int:
    """Clean a batch of the plan and stage its rows; return how many articles it gave.

    `progress` is called with 1 for each capture that is done.
    """
    from flows.steps.workers import clean_captures  # starts processes: not before there is work

    staging = Staging.of(layout, start.run_id)
    captures = read_batch(staging, start, batch.number)
    tables: dict[str, list[object]] = {name: [] for name in Cleaned.__slots__}
    refused = []
    for capture, outcome in zip(captures, clean_captures(captures, workers, options), strict=True):
        if isinstance(outcome, Rejected):
            refused.append(refuse_rejected(capture.source_uri, capture.document_id, outcome, start))
        else:
            for name, rows in tables.items():
                rows.extend(getattr(outcome, name))
        progress(1)
    staging.write_batch(batch.key, tables, refused)
    return len(tables["articles"])


def read_batch(staging: Staging, start: RunStart, number: int) -> list[CaptureToClean]:
    """Return the captures of a batch with their bytes from the raw store."""
    rows = read_plan(staging, number)
    contents = read_contents(Path(str(rows[0]["raw_file"])), [str(row["document_id"]) for row in rows])
    captures = []
    for row in rows:
        known = {name: row[name] for name in row if name != "raw_file"}
        content = contents[str(row["document_id"])]
        captures.append(
            CaptureToClean(
                content=content,
                cleaner_version=start.cleaner_version,
                **known,  # type: ignore[arg-type]
            )
        )
    return captures
