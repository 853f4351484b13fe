"""Read every capture of the inputs into the raw store."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from flows.steps.progress import Progress
from flows.steps.refusals import refuse_unread
from flows.steps.run_context import RunContext
from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.inputs import InputFile
from transforms.captures.readers import read_captures
from warehouse.raw_store import BYTES_PER_FILE, CAPTURES_PER_FILE, RawStore, StoredCapture
from warehouse.schema.tables import Refusal


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found in the inputs: captures read, what was refused and why, records stepped over."""

    captures: int
    refused: Counter[str]
    skipped: int


def collect_captures(
    run: RunContext, files: Iterable[InputFile], progress: Progress = lambda _: None
) -> Collected:
    """Read every capture of the files into the raw store, and stage what was seen and refused.

    `progress` is called with the number of files done.
    """
    writer = _CaptureWriter(run)
    refused: dict[str, Refusal] = {}
    skipped = 0
    for done, file in enumerate(files, start=1):
        for outcome in read_captures(file):
            match outcome:
                case RawCapture():
                    writer.add(outcome)
                case Unread():
                    refused[outcome.source_uri] = refuse_unread(outcome, run.start)
                case Skipped():
                    skipped += 1
        progress(done)
    writer.flush()
    run.staging.write_unread(refused.values())
    return Collected(writer.captures, Counter(row.reason for row in refused.values()), skipped)


class _CaptureWriter:
    """Gathers captures until they fill a file of the raw store."""

    def __init__(self, run: RunContext) -> None:
        self.store, self.staging, self.run_id = RawStore(run.layout.raw_store), run.staging, run.run_id
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
