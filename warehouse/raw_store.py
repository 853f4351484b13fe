"""The raw store: every capture kept once, so that the warehouse can be rebuilt from it.

A folder of Parquet files, written once; small ones are merged now and then. A row is a capture that is
new or has changed since it was last seen; its `content` is null where an earlier row holds the same
bytes.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.disk import sync_folder
from warehouse.errors import WarehouseError
from warehouse.parquet import write_parquet
from warehouse.seen_captures import SeenCaptures

# Each batch is one file and one task of Prefect, which costs half a second: 2,000 posts take six, and
# as much is cleaned again after a kill. 64 MB keeps a batch in memory.
CAPTURES_PER_FILE = 2_000
BYTES_PER_FILE = 64_000_000
ROWS_AT_ONCE = 16  # with more, a file of large pages takes five times its size in memory to read
MERGED = b"winnow_merged_from"

SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("source_uri", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("captured_at", pa.timestamp("us", tz="UTC")),
        ("content_type", pa.string()),
        ("author", pa.string()),
        ("published", pa.string()),
        ("content", pa.binary()),
    ]
)
# How a query on the view `raw` orders its rows; files sort by their names without the ending.
NEWEST_FIRST = "parse_filename(raw_file, true) DESC, file_row_number DESC"
FACTS_SCHEMA = pa.schema([field for field in SCHEMA if field.name != "content"])
FACTS = FACTS_SCHEMA.names


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A capture in the raw store, without its bytes; `content_type` is declared by its container."""

    document_id: str
    source_uri: str
    url: str | None
    title: str | None
    captured_at: datetime | None
    content_type: str | None
    author: str | None = None
    published: str | None = None


class RawStore:
    """Appends captures to a folder and finds their bytes again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _seen(self) -> SeenCaptures:
        """What the store holds, read when it is first asked for."""
        seen, files = SeenCaptures(self.folder.with_suffix(".spill"), FACTS_SCHEMA), self.files()
        try:
            if files:
                seen.add_files(files)
        except duckdb.Error:
            for file in files:
                _read_facts(file)  # names the one that is damaged
            raise
        return seen

    def files(self) -> list[Path]:
        """Return the files of the store, oldest first."""
        return list_files(self.folder)

    def append(self, name: str, captures: Iterable[tuple[StoredCapture, bytes]]) -> None:
        """Write new and changed captures to the file `name` atomically."""
        rows = self._new_rows(list(captures))
        if rows:
            self.folder.mkdir(parents=True, exist_ok=True)
            columns = {f: [row[f] for row in rows] for f in SCHEMA.names}
            path = self.folder / f"{self._later(name)}.parquet"
            write_parquet(pa.table(columns, schema=SCHEMA), path, ROWS_AT_ONCE)

    def captures(self) -> Iterator[StoredCapture]:
        """Yield each capture once, as it was last seen, in the order of the store."""
        latest = self._seen.latest()
        wanted = next(latest, None)
        rows = (row for file in self.files() for row in _read_facts(file).to_pylist())
        for number, row in enumerate(rows, 1):
            if number == wanted:
                yield StoredCapture(**row)
                wanted = next(latest, None)

    def _later(self, name: str) -> str:
        """Return a name that sorts after all others: the order of names is the order of writing.

        Names begin with the time, but a clock can be set back, and two runs can begin in one second. No
        file is ever overwritten.
        """
        last = max((file.stem for file in self.files()), default="")
        return name if name > last else f"{last}-1"

    def _new_rows(self, captures: list[tuple[StoredCapture, bytes]]) -> list[dict[str, object]]:
        sightings = self._seen.sightings(tabulate_facts(capture for capture, _ in captures))
        known = self._seen.known(digest for digest, _, _ in sightings)
        last = self._seen.last(place for _, place, _ in sightings)
        rows, added = [], []
        for (capture, content), sighting in zip(captures, sightings, strict=True):
            digest, place, fingerprint = sighting
            if last.get(place) == fingerprint:
                continue
            row = {f: getattr(capture, f) for f in StoredCapture.__slots__}
            rows.append(row | {"content": None if digest in known else content})
            added.append(sighting)
            last[place] = fingerprint
            known.add(digest)
        self._seen.add(added)
        return rows


def tabulate_facts(captures: Iterable[StoredCapture]) -> pa.Table:
    """Return captures as rows with the columns of FACTS_SCHEMA."""
    rows = list(captures)
    return pa.table({f: [getattr(row, f) for row in rows] for f in FACTS}, schema=FACTS_SCHEMA)


def list_files(folder: Path) -> list[Path]:
    """Return the files of a store, oldest first."""
    return sorted(folder.glob("*.parquet"), key=lambda file: file.stem)


def clear_unfinished(folder: Path) -> None:
    """Remove unfinished files of a killed run; to be called by a run that holds the lock."""
    for partial in folder.glob("*.partial"):
        partial.unlink()
    for file in list_files(folder):
        _remove_merged(file)


def compact(folder: Path) -> tuple[int, int]:
    """Merge small neighbouring files; return the number of files before and after.

    A merged file is not larger than a batch. It replaces the last of its members in one step and
    lists the others, so that after a kill they are recognised as copies and removed by the next run: no
    bytes are ever missing. To be called by a run
    that holds the lock.
    """
    clear_unfinished(folder)
    before = list_files(folder)
    for group in _neighbours(before):
        _merge(group)
    return len(before), len(list_files(folder))


def _neighbours(files: Iterable[Path]) -> Iterator[list[Path]]:
    """Yield groups of two or more consecutive files that together fit into a batch."""
    group: list[Path] = []
    rows = size = 0
    for file in files:
        found = _read_metadata(file)
        more = sum(found.row_group(i).total_byte_size for i in range(found.num_row_groups))
        if rows + found.num_rows > CAPTURES_PER_FILE or size + more > BYTES_PER_FILE:
            if len(group) > 1:
                yield group
            group, rows, size = [], 0, 0
        group.append(file)
        rows, size = rows + found.num_rows, size + more
    if len(group) > 1:
        yield group


def _merge(group: list[Path]) -> None:
    *others, last = group
    table = pa.concat_tables([_read(file, schema=SCHEMA) for file in group])
    merged = table.replace_schema_metadata({MERGED: json.dumps([file.name for file in others])})
    written = last.with_name(last.name + ".merged.partial")
    write_parquet(merged, written, ROWS_AT_ONCE)
    if not pq.read_table(written).equals(table):
        raise OSError(f"{written}: read-back differs from what was written; check the disk")
    written.replace(last)
    sync_folder(last.parent)
    _remove_merged(last)


def _remove_merged(file: Path) -> None:
    """Remove the files that a file was merged from."""
    for name in list_merged(file):
        file.with_name(name).unlink(missing_ok=True)


def list_merged(file: Path) -> list[str]:
    """Return the names of the files that a file was merged from; empty if it was not merged."""
    names: list[str] = json.loads((_read_metadata(file).metadata or {}).get(MERGED, b"[]"))
    return names


def _read(file: Path, **options: Any) -> pa.Table:
    with _naming(file):
        return pq.read_table(file, **options)


def _read_metadata(file: Path) -> Any:
    with _naming(file):
        return pq.read_metadata(file)


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Turn Arrow's error about a damaged file into a WarehouseError with the path and a fix."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # it is about the disk
        raise WarehouseError(
            f"{file}: this file of the raw store is damaged: {error}; restore it from a backup, or move"
            " it away: the next run reads again what its inputs still have"
        ) from error


def read_contents(file: Path, document_ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of the documents that are in one file of the store."""
    wanted, found = set(document_ids), dict[str, bytes]()
    with _naming(file), pq.ParquetFile(file, pre_buffer=False) as opened:
        columns = ["document_id", "content"]
        for rows in opened.iter_batches(ROWS_AT_ONCE, columns=columns, use_threads=False):
            for name, value in zip(rows["document_id"].to_pylist(), rows["content"], strict=True):
                if name in wanted and value.is_valid:
                    found[name] = value.as_py()
    return found


def find_capture(folder: Path, document_id: str) -> tuple[StoredCapture, bytes]:
    """Return the capture and the bytes of a document; raise KeyError if the store does not have them."""
    for file in list_files(folder):
        for row in _read(file, schema=SCHEMA, filters=[("document_id", "=", document_id)]).to_pylist():
            if (content := row.pop("content")) is not None:
                return StoredCapture(**row), content
    raise KeyError(document_id)


def _read_facts(file: Path) -> pa.Table:
    """Return the captures in a file without their bytes; missing columns of older files are null."""
    return _read(file, schema=SCHEMA, columns=FACTS)


def find_contents(folder: Path, document_ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of the documents that the store has; a file is read only if it holds one.

    The newest files come first, and none is opened after the last document is found.
    """
    wanted = set(document_ids)
    found: dict[str, bytes] = {}
    for file in reversed(list_files(folder)):
        if wanted <= found.keys():
            break
        held = set(_read(file, columns=["document_id"])["document_id"].to_pylist())
        if names := sorted((wanted - found.keys()) & held):
            chosen = [("document_id", "in", names)]
            table = _read(file, columns=["document_id", "content"], filters=chosen)
            found |= {row["document_id"]: row["content"] for row in table.to_pylist() if row["content"]}
    return found
