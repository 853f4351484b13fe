"""The steps of a run as plain functions on paths: collect captures, clean a batch, check, load."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.inputs import InputFile
from transforms.captures.readers import read_captures
from transforms.clean import CaptureToClean, Cleaned, CleaningOptions
from transforms.rejected import Rejected
from warehouse.layout import Layout
from warehouse.load import RunStart
from warehouse.plan import Batch, read_plan
from warehouse.raw_store import BYTES_PER_FILE, CAPTURES_PER_FILE, RawStore, StoredCapture, read_contents
from warehouse.schema import Refusal
from warehouse.staging import Staging

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found in the inputs: captures read, what was refused and why, records stepped over."""

    captures: int
    refused: Counter[str]
    skipped: int


def collect_captures(
    files: Iterable[InputFile], layout: Layout, start: RunStart, progress: Progress = lambda _: None
) -> Collected:
    """Read every capture of the files into the raw store, and stage what was seen and refused.

    `progress` is called with the number of files done.
    """
    store, staging = RawStore(layout.raw_store), Staging.of(layout, start.run_id)
    writer = _CaptureWriter(store, staging, start.run_id)
    refused: dict[str, Refusal] = {}
    skipped = 0
    for done, file in enumerate(files, start=1):
        for outcome in read_captures(file):
            match outcome:
                case RawCapture():
                    writer.add(outcome)
                case Unread():
                    refused[outcome.source_uri] = refuse_unread(outcome, start)
                case Skipped():
                    skipped += 1
        progress(done)
    writer.flush()
    staging.write_unread(refused.values())
    return Collected(writer.captures, Counter(row.reason for row in refused.values()), skipped)


class _CaptureWriter:
    """Gathers captures until they fill a file of the raw store."""

    def __init__(self, store: RawStore, staging: Staging, run_id: str) -> None:
        self.store, self.staging, self.run_id = store, staging, run_id
        self.captures = self.files = self.size = 0
        self.pending: list[tuple[StoredCapture, bytes]] = []

    def add(self, capture: RawCapture) -> None:
        """Add a capture; a full file is written."""
        stored = StoredCapture(
            document_id=sha256(capture.content).hexdigest(),
            source_uri=capture.source_uri,
            url=capture.url,
            title=capture.title,
            captured_at=capture.captured_at,
            content_type=capture.content_type,
        )
        self.pending.append((stored, capture.content))
        self.captures += 1
        self.size += len(capture.content)
        if len(self.pending) >= CAPTURES_PER_FILE or self.size >= BYTES_PER_FILE:
            self.flush()

    def flush(self) -> None:
        """Write what is pending: the bytes first, so that what was seen is always there."""
        if self.pending:
            self.files += 1
            self.store.append(f"{self.run_id}-{self.files:05}", self.pending)
            self.staging.write_seen(self.files, [stored for stored, _ in self.pending])
            self.pending, self.size = [], 0


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
    from flows.workers import clean_captures  # starts processes: not before there is work

    staging = Staging.of(layout, start.run_id)
    captures = read_batch(staging, start, batch.number, options)
    tables: dict[str, list[object]] = {name: [] for name in Cleaned.__slots__}
    refused = []
    for capture, outcome in zip(captures, clean_captures(captures, workers), strict=True):
        if isinstance(outcome, Rejected):
            refused.append(refuse_rejected(capture.source_uri, capture.document_id, outcome, start))
        else:
            for name, rows in tables.items():
                rows.extend(getattr(outcome, name))
        progress(1)
    staging.write_batch(batch.key, tables, refused)
    return len(tables["articles"])


def read_batch(
    staging: Staging, start: RunStart, number: int, options: CleaningOptions
) -> list[CaptureToClean]:
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
                options=options,
                **known,  # type: ignore[arg-type]
            )
        )
    return captures


def refuse_unread(unread: Unread, start: RunStart) -> Refusal:
    """Return the quarantine row of what could not be read."""
    rejected = Rejected("read", unread.reason, unread.detail)
    return refuse_rejected(unread.source_uri, "", rejected, start)


def refuse_rejected(source_uri: str, document_id: str, rejected: Rejected, start: RunStart) -> Refusal:
    """Return the quarantine row of a capture that was read and rejected."""
    return Refusal(
        source_uri=source_uri,
        document_id=document_id,
        run_id=start.run_id,
        stage=rejected.stage,
        reason=rejected.reason,
        detail=rejected.detail,
        first_seen_at=datetime.now(UTC),
        resolved_at=None,
        cleaner_version=start.cleaner_version,
        forgiven_at=None,
    )
