"""Example rows, made from the examples that each declared column gives."""

from typing import Any

from warehouse.schema.column import fields_of
from warehouse.schema.tables import TABLES


def example(name: str, **changes: Any) -> Any:
    """Return an example row of a table, with some of its columns changed.

    >>> example("repairs", reason="control").reason
    'control'
    """
    values = {column.name: column.rule.example for column in fields_of(TABLES[name])}
    return TABLES[name](**values | changes)
