"""Staging: the captures that a run has read and cleaned, as Parquet files, until they are loaded."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.batch_writer import BatchWriter, open_batch_writer
from warehouse.disk import open_durable
from warehouse.parquet import write_parquet
from warehouse.paths import Layout
from warehouse.raw_store import StoredCapture, tabulate_facts
from warehouse.schema.arrow import arrow_table
from warehouse.schema.document_tables import STAGED_TABLES

# What the memory of its site says of a document: see site_pages.
REMEMBERED_SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("cohort", pa.string()),
        ("memory", pa.list_(pa.int64())),
        ("is_cleaned_again", pa.bool_()),
    ]
)
AGAIN = "again-"  # begins the keys of batches that are cleaned again, with the memory of their sites
FILES_SCHEMA = pa.schema(
    [
        ("source_uri", pa.string()),
        ("stamp", pa.string()),
        ("reader_version", pa.string()),
        ("is_read", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Staging:
    """The staging folder of one run."""

    folder: Path

    @classmethod
    def of(cls, layout: Layout, run_id: str) -> "Staging":
        """Return the staging folder of a run."""
        return cls(layout.staging / run_id)

    @property
    def plan(self) -> Path:
        """File that lists the documents to clean, with their batches."""
        return self.folder / "plan.parquet"

    @property
    def plan_again(self) -> Path:
        """File that lists the documents to clean again, with the memory of their sites."""
        return self.folder / "plan-again.parquet"

    @property
    def listed(self) -> Path:
        """List of the files that the inputs name."""
        return self.folder / "listed.parquet"

    @property
    def changed(self) -> Path:
        """List of those of them to read: they are not as they were when they were last read."""
        return self.folder / "changed.parquet"

    @property
    def known_captures(self) -> Path:
        """List of the captures in files that are as they were when they were last read."""
        return self.folder / "seen-known.parquet"

    @property
    def known_files(self) -> Path:
        """List of the files that are as they were when they were last read."""
        return self.folder / "files-known.parquet"

    @property
    def spill(self) -> Path:
        """Folder for data of queries on staged files beyond the memory limit."""
        return self.folder / "spill"

    def batch(self, key: str) -> Path:
        """Return the folder of a batch, one file per table; it exists only if the batch is complete."""
        return self.folder / (key if key.startswith(AGAIN) else f"batch-{key}")

    def write_seen(self, number: int, captures: Iterable[StoredCapture]) -> None:
        """Write the list of captures that were read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_parquet(tabulate_facts(captures), self.folder / f"seen-{number:05}.parquet")

    def write_files(self, number: int, rows: Sequence[tuple[str, str | None]], reader: str) -> None:
        """Write the list of files that were read: name, and stamp or None; `reader` is a version."""
        self.folder.mkdir(parents=True, exist_ok=True)
        named = [dict(zip(FILES_SCHEMA.names, (*row, reader, True), strict=True)) for row in rows]
        file = self.folder / f"files-{number:05}.parquet"
        write_parquet(pa.Table.from_pylist(named, schema=FILES_SCHEMA), file)

    def write_remembered(self, number: int, rows: Sequence[Sequence[object]]) -> None:
        """Write what the memory of sites says of documents: id, cohort, memory, is_cleaned_again."""
        columns = dict(zip(REMEMBERED_SCHEMA.names, zip(*rows, strict=True), strict=True))
        table = pa.table({name: list(column) for name, column in columns.items()}, REMEMBERED_SCHEMA)
        write_parquet(table, self.folder / f"remembered-{number:05}.parquet")

    def write_unread(self, number: int, rows: Iterable[object]) -> None:
        """Write quarantine rows of inputs that could not be read."""
        folder = self.folder / f"unread-{number:05}"
        folder.mkdir(parents=True, exist_ok=True)
        write_parquet(arrow_table("quarantine", rows), folder / "refused.parquet")

    @contextmanager
    def open_batch(self, key: str) -> Iterator[BatchWriter]:
        """Open a batch for its rows, by table, and its refusals; it exists when the block ends well."""
        with self._new_batch(key) as part:
            files = {name: part / f"{name}.parquet" for name in STAGED_TABLES}
            with open_batch_writer(files | {"quarantine": part / "refused.parquet"}) as writer:
                yield writer

    def receive_batch(self, key: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a batch that was cleaned elsewhere, by their names."""
        with self._new_batch(key) as part:
            for name, content in files.items():
                with open_durable(part / name) as file:
                    file.write(content)

    @contextmanager
    def _new_batch(self, key: str) -> Iterator[Path]:
        """Yield an empty folder, which becomes the batch's when the block ends well."""
        part = self.folder / "unfinished" / key
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        part.rename(self.batch(key))

    def write_batch(self, key: str, tables: Mapping[str, Iterable[object]]) -> None:
        """Write the rows of a batch at once."""
        with self.open_batch(key) as writer:
            for name, rows in tables.items():
                writer.add(name, rows)

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def adopt_batches(layout: Layout, staging: Staging, keys: Iterable[str]) -> None:
    """Reuse the finished batches of killed runs that have the given keys, and remove the others.

    To be called by a run that holds the lock. Batches with the same key have the same rows.
    """
    staging.folder.mkdir(parents=True, exist_ok=True)
    for key in keys:
        for finished in sorted(layout.staging.glob(f"*/batch-{key}")):
            if not staging.batch(key).exists():
                finished.rename(staging.batch(key))
    for folder in layout.staging.iterdir():
        if folder != staging.folder:
            shutil.rmtree(folder, ignore_errors=True)
