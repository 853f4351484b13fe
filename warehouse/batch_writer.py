"""Write the staged rows of a batch, a Parquet file per table, while they come."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from warehouse.disk import open_durable
from warehouse.schema.arrow import arrow_schema, arrow_table

# Of all tables together; an ordinary batch has fewer. A page of short lines has 100,000, of 1 kB each.
ROWS_AT_ONCE = 100_000


class BatchWriter:
    """Holds rows by table, and writes them when they are many."""

    def __init__(self, writers: dict[str, pq.ParquetWriter]) -> None:
        self._writers = writers
        self._rows: dict[str, list[object]] = {name: [] for name in writers}
        self._count = 0

    def add(self, name: str, rows: Iterable[object]) -> None:
        """Add rows to a table."""
        held = self._rows[name]
        before = len(held)
        held.extend(rows)
        self._count += len(held) - before
        if self._count >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are held."""
        for name, rows in self._rows.items():
            if rows:
                self._writers[name].write_table(arrow_table(name, rows))
                rows.clear()
        self._count = 0


@contextmanager
def open_batch_writer(files: dict[str, Path]) -> Iterator[BatchWriter]:
    """Open a writer of tables, each to its file; they are complete and on the disk after the block."""
    with ExitStack() as stack:
        writers = {}
        for name, path in files.items():
            file = stack.enter_context(open_durable(path))
            writer = pq.ParquetWriter(file, arrow_schema(name), compression="zstd")
            writers[name] = stack.enter_context(writer)
        batch = BatchWriter(writers)
        yield batch
        batch.flush()
