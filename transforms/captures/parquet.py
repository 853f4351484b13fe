"""Read the rows of a Parquet file, even if some columns are broken."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.captures.capture import CannotRead, Outcome, Unread
from transforms.captures.records import (
    Columns,
    fields_of_column,
    has_content_column,
    name_columns,
    read_record,
)
from transforms.captures.source import Source, describe_error, guarded

MAGIC = b"PAR1"
# Rows that are read together: 16 pages of the largest size allowed take 0.5 GB.
ROWS_AT_ONCE = 16


def is_parquet(source: Source) -> bool:
    """Return True if the bytes begin like a Parquet file."""
    return source.peek().startswith(MAGIC)


def read_parquet(source: Source) -> Iterator[Outcome]:
    """Yield the capture of each row; a damaged row group is refused alone."""
    try:
        file = pq.ParquetFile(source.seekable())
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CannotRead("truncated", f"incomplete Parquet file: {describe_error(error)}") from error
    names = [str(name) for name in file.schema_arrow.names]
    if not has_content_column(dict.fromkeys(names), source.columns):
        raise CannotRead("bad_record", f"no column named text or html; {name_columns(names)}")
    first = 0
    for group in range(file.num_row_groups):
        yield from _read_group(source, file, group, first)
        first += file.metadata.row_group(group).num_rows


def _read_group(source: Source, file: pq.ParquetFile, group: int, first: int) -> Iterator[Outcome]:
    columns = [name for name in file.schema_arrow.names if fields_of_column(name, source.columns)]
    number = first
    try:
        for batch in file.iter_batches(ROWS_AT_ONCE, row_groups=[group], columns=columns):
            for row in _rows(batch):
                yield from _guarded_record(f"{source.uri}#row={number}", row, source.columns)
                number += 1
    except (pa.ArrowException, OSError, ValueError, UnicodeError) as error:
        last = first + file.metadata.row_group(group).num_rows - 1
        uri = f"{source.uri}#row={number}"
        yield Unread(
            uri, "truncated", f"rows {number} to {last} cannot be read: {describe_error(error)}"
        )


def _guarded_record(uri: str, row: dict[str, Any], columns: Columns) -> Iterator[Outcome]:
    """Yield the outcome of one row, whatever its values are."""
    return guarded(uri, lambda: iter([read_record(uri, row, columns)]))


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield each row; text is bytes, since it may not be UTF-8, and missing values are None."""
    columns = {name: _as_plain(batch.column(name)) for name in batch.schema.names}
    for row in range(batch.num_rows):
        yield {name: _value(column[row]) for name, column in columns.items()}


def _as_plain(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type):
        return column.cast(pa.binary())
    return column.cast(pa.large_binary()) if pa.types.is_large_string(column.type) else column


def _value(cell: pa.Scalar) -> Any:
    """Return a cell as a Python value; None if there is none: a year 300,000, an unknown zone."""
    try:
        return cell.as_py()
    except Exception:  # a fault of the cell, not of the row: zone databases raise what they like
        return None
