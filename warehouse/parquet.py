"""Write Parquet files atomically."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.disk import open_durable

ROWS = 1024  # after which the writer looks whether a page is full, which is at 1 MB


def write_parquet(table: pa.Table, path: Path, rows: int = ROWS) -> None:
    """Write a table to a temporary file, flush it to the disk, then rename it.

    Long values are read again in less memory if the writer ends its pages after few `rows`.
    """
    partial = path.with_name(path.name + ".partial")
    with open_durable(partial) as file:
        pq.write_table(table, file, compression="zstd", write_batch_size=rows)
    partial.replace(path)
