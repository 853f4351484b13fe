"""Read all captures of the inputs into the raw store."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from flows.steps.file_list import FILES_AT_ONCE, FileList
from flows.steps.free_memory import give_memory_back
from flows.steps.progress import Progress
from flows.steps.reading_process import Reader
from flows.steps.refusals import refuse_unread
from flows.steps.run_context import RunContext
from flows.steps.skips import Skips
from flows.steps.versions import reader_version
from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.inputs import InputFile
from warehouse.input_files import find_changed
from warehouse.parts import in_parts
from warehouse.plan_cleaning import view_raw
from warehouse.raw_store import (
    BYTES_PER_FILE,
    CAPTURES_PER_FILE,
    RawStore,
    StoredCapture,
    list_files,
)
from warehouse.schema.rows.runs import Refusal
from warehouse.store import open_next


@dataclass(frozen=True, slots=True)
class Collected:
    """Counts of an input: captures read, captures refused by reason, and records skipped."""

    captures: int
    refused: Counter[str]
    skipped: Skips


def leave_unchanged(run: RunContext, files: FileList, verify: bool = False) -> FileList:
    """Return the files to read: those that are not as they were when a run read them.

    What the others hold is staged as it was seen last. With `verify`, all files are read.
    """
    if verify or not list_files(run.layout.raw_store):
        return files
    with open_next(run.layout) as db:
        view_raw(db, run.layout.raw_store)
        find_changed(db, run.staging, _version(files.columns))
    return replace(files, file=run.staging.changed)


def _version(columns: Mapping[str, str]) -> str:
    return reader_version(json.dumps(dict(columns), sort_keys=True))


def collect_captures(
    run: RunContext, files: Iterable[InputFile], progress: Progress = lambda *_: None
) -> Collected:
    """Read all captures of the files into the raw store, and stage the lists of seen and refused ones.

    `progress` is called with the number of files that are done and how many captures they gave, after
    each file and each hundred captures: an archive is one file.
    """
    writer, refused, skipped = _CaptureWriter(run), _RefusalWriter(run), Skips()
    read = _FilesWriter(run)
    with Reader() as reader:
        for number, file in enumerate(files, start=1):
            refused_before = refused.count
            for outcome in reader.read(file):
                match outcome:
                    case RawCapture():
                        writer.add(outcome)
                        if writer.captures % 100 == 0:
                            progress(number - 1, f"{writer.captures:,} captures")
                    case Unread():
                        refused.add(outcome)
                    case Skipped():
                        skipped.add(outcome)
            read.add(file, is_whole=refused.count == refused_before)
            progress(number, f"{writer.captures:,} captures")
    writer.flush()
    refused.flush()
    read.flush()
    return Collected(writer.captures, refused.reasons, skipped)


def collect_stored(run: RunContext, captures: Iterable[StoredCapture]) -> None:
    """Stage the list of captures that the raw store has already, part by part."""
    for number, part in enumerate(in_parts(captures, CAPTURES_PER_FILE), 1):
        run.staging.write_seen(number, part)


class _RefusalWriter:
    """Stages the rows of what cannot be read, some at a time, and counts the reasons."""

    def __init__(self, run: RunContext) -> None:
        self.run, self.reasons, self.files = run, Counter[str](), 0
        self.pending: list[Refusal] = []

    @property
    def count(self) -> int:
        """How many there are."""
        return self.reasons.total()

    def add(self, unread: Unread) -> None:
        """Add what cannot be read."""
        self.reasons[unread.reason] += 1
        self.pending.append(refuse_unread(unread, self.run.start))
        if len(self.pending) >= CAPTURES_PER_FILE:
            self.flush()

    def flush(self) -> None:
        """Write the pending rows."""
        if self.pending:
            self.files += 1
            self.run.staging.write_unread(self.files, self.pending)
            self.pending = []


class _FilesWriter:
    """Stages the list of files that were read, some at a time."""

    def __init__(self, run: RunContext) -> None:
        self.run, self.files = run, 0
        self.pending: list[tuple[str, str | None]] = []
        self.version = ""

    def add(self, file: InputFile, is_whole: bool) -> None:
        """Add a file; one that was not read as a whole is to be read again, and gets no stamp."""
        self.version = self.version or _version(file.columns)
        self.pending.append((file.source_uri, file.stamp if is_whole else None))
        if len(self.pending) >= FILES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write the pending rows."""
        if self.pending:
            self.files += 1
            self.run.staging.write_files(self.files, self.pending, self.version)
            self.pending = []


class _CaptureWriter:
    """Collects captures until they fill a file of the raw store."""

    def __init__(self, run: RunContext) -> None:
        self.store, self.staging, self.run_id = RawStore(run.layout.raw_store), run.staging, run.run_id
        self.captures = self.files = self.size = 0
        self.pending: list[tuple[StoredCapture, bytes]] = []

    def add(self, capture: RawCapture) -> None:
        """Add a capture, and write the file if it is full."""
        facts = asdict(capture)
        content = facts.pop("content")
        stored = StoredCapture(document_id=sha256(content).hexdigest(), **facts)
        self.pending.append((stored, content))
        self.captures += 1
        self.size += len(content)
        if len(self.pending) >= CAPTURES_PER_FILE or self.size >= BYTES_PER_FILE:
            self.flush()

    def flush(self) -> None:
        """Write pending captures: the bytes first, so that every staged capture is in the raw store."""
        if self.pending:
            self.files += 1
            self.store.append(f"{self.run_id}-{self.files:05}", self.pending)
            self.staging.write_seen(self.files, [stored for stored, _ in self.pending])
            self.pending, self.size = [], 0
            give_memory_back()
