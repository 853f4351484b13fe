"""Render the declared tables as SQL: CREATE TABLE statements with constraints and comments."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from warehouse.errors import WarehouseError
from warehouse.paths import NOT_UTF8, is_utf8
from warehouse.schema.column import Check, Field, checks_of, fields_of, keys_of
from warehouse.schema.document_tables import UNINDEXED
from warehouse.schema.tables import TABLES

SQL_TYPES: dict[object, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
    list[str]: "VARCHAR[]",
    list[int]: "BIGINT[]",
}


def schema_sql() -> str:
    """Return the statements that build an empty warehouse."""
    return "\n".join(statement for name in TABLES for statement in table_sql(name)) + "\n"


def table_sql(name: str) -> Iterator[str]:
    """Yield CREATE TABLE and its comments."""
    table = TABLES[name]
    lines = [
        *map(column_sql, fields_of(table)),
        *(f"CONSTRAINT {name}_{check.name} CHECK ({check.condition})" for check in checks_of(table)),
        *([] if name in UNINDEXED else [f"PRIMARY KEY ({', '.join(keys_of(table))})"]),
    ]
    yield f"CREATE TABLE {name} (\n    " + ",\n    ".join(lines) + "\n);"
    yield f"COMMENT ON TABLE {name} IS {literal(first_line(table))};"
    for column in fields_of(table):
        yield f"COMMENT ON COLUMN {name}.{column.name} IS {literal(column.rule.about)};"


def column_sql(column: Field) -> str:
    """Render one column with its constraints."""
    required = "" if column.nullable else " NOT NULL"
    checks = "".join(f" CHECK ({check.condition})" for check in column_checks(column))
    return f"{column.name} {SQL_TYPES[column.type]}{required}{checks}"


def column_checks(column: Field) -> Iterator[Check]:
    """Yield the conditions that a value of the column must meet if it is not null."""
    name, rule = column.name, column.rule
    if column.allowed:
        allowed = ", ".join(map(literal, column.allowed))
        yield Check(f"{name}_is_allowed", f"{name} IN ({allowed})", rule.about)
    if rule.pattern is not None:
        condition = f"regexp_full_match({name}, {literal(rule.pattern)})"
        yield Check(f"{name}_matches_pattern", condition, rule.about)
    if rule.min_length is not None:
        yield Check(f"{name}_is_long_enough", f"length({name}) >= {rule.min_length}", rule.about)
    if rule.at_least is not None:
        yield Check(f"{name}_is_large_enough", f"{name} >= {rule.at_least}", rule.about)
    if rule.at_most is not None:
        yield Check(f"{name}_is_small_enough", f"{name} <= {rule.at_most}", rule.about)


def first_line(table: type) -> str:
    """Return the first line of a table's docstring."""
    return (table.__doc__ or "").strip().split("\n")[0]


def literal(text: str) -> str:
    """Quote text for SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """Quote a path for SQL, as an absolute one: DuckDB takes a leading "~" for a home folder.

    Raises WarehouseError if its name has bytes that are not UTF-8, which DuckDB cannot open.
    """
    if not is_utf8(path):
        raise WarehouseError(f"{path}: {NOT_UTF8}")
    return literal(str(path.absolute()))
