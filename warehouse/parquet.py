"""Write Parquet files atomically."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.disk import open_durable


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table to a temporary file, flush it to the disk, then rename it."""
    partial = path.with_name(path.name + ".partial")
    with open_durable(partial) as file:
        pq.write_table(table, file, compression="zstd")
    partial.replace(path)
