"""Render the declared tables as Arrow schemas, and rows as Arrow tables."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from operator import attrgetter

import pyarrow as pa

from warehouse.schema.column import fields_of
from warehouse.schema.document_tables import STAGED_TABLES
from warehouse.schema.tables import TABLES

ARROW_TYPES: dict[object, pa.DataType] = {
    str: pa.string(),
    bytes: pa.binary(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    list[str]: pa.list_(pa.string()),
    list[int]: pa.list_(pa.int64()),
}


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of a table, or of a staged one.

    All columns are nullable here, so that an invalid row reaches the check that refuses it.
    """
    return pa.schema([(c.name, ARROW_TYPES[c.type]) for c in fields_of((TABLES | STAGED_TABLES)[name])])


def arrow_table(name: str, rows: Iterable[object]) -> pa.Table:
    """Return rows as an Arrow table with the declared columns."""
    schema, rows = arrow_schema(name), list(rows)
    columns = [list(map(attrgetter(field), rows)) for field in schema.names]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
