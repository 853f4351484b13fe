"""Migrate a warehouse of another version of Winnow to the tables of this version.

A file whose tables are not exactly those that this version declares is rewritten: empty tables
first, then every row. So a new column is null, a new table is empty, and a rule that changed is
checked on every row. If that is not possible, the file is not changed and the error says why.
The same function makes a file smaller after many rows were deleted.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import duckdb

from warehouse.connection import attach, connect
from warehouse.paths import Layout
from warehouse.renamed_rules import RENAMED_RULES, current_rule
from warehouse.schema.column import fields_of
from warehouse.schema.ddl import schema_sql
from warehouse.schema.tables import SCHEMA_VERSION, SCHEMA_VERSIONS, TABLES
from warehouse.stories import count_stories_again
from warehouse.versions import RENEW_VERSIONS

# DuckDB 1.x cannot open a file of 2.0's own format, and most analysts' clients are older than ours.
STORAGE_VERSION = "v1.0.0"
REMEDY = "Move the file away and run `winnow rebuild`: the raw store holds every capture."
# Required columns that older files lack, and what is true of the rows that they have.
FILLS = {
    ("entities", "is_candidate"): "false",
    ("articles", "is_doubtful"): "false",
    ("runs", "documents_cleaned_again"): "0",
    ("runs", "files_unchanged"): "0",
    ("story_links", "is_copy"): "starts_with(evidence, 'the same text')",
}
ONE_ADDRESS_A_PAGE = 14  # the version that counts what is reached by several URLs once
COLUMNS = """
SELECT table_name, column_name FROM duckdb_columns()
WHERE database_name = $database AND NOT internal
  AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = $database)
ORDER BY table_name, column_index
"""


class CannotMigrate(Exception):
    """A file cannot be migrated to the tables of this version; the message says why."""


def create_database(path: Path) -> None:
    """Create a file with the empty tables of this version."""
    with connect() as db:
        _attach_empty(db, path)
        db.execute("CHECKPOINT new")


def find_version(db: duckdb.DuckDBPyConnection) -> int:
    """Return the version of the tables in an open file: 0 if it has none of Winnow's.

    Files older than the table that keeps the version count as 1.
    """
    name = _name(db)
    return _version(db, _columns(db, name), name)


def is_current(db: duckdb.DuckDBPyConnection) -> bool:
    """Return True if the tables of an open file are exactly those that this version declares."""
    return not list_differing(db) and find_version(db) == SCHEMA_VERSION


def list_differing(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the tables that an open file lacks, or has otherwise than this version declares them."""
    rows = db.execute(
        "SELECT table_name, sql FROM duckdb_tables() WHERE database_name = $name", {"name": _name(db)}
    ).fetchall()
    ours = {name: sql for name, sql in rows if name in TABLES}
    return sorted(name for name, sql in _declared().items() if ours.get(name) != sql)


def rewrite(old: Path, new: Path, kept: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write the rows of the file `old` to a `new` one with the tables of this version.

    Of the tables in `kept` only the rows that meet the condition there are written. Raises
    CannotMigrate where something would be lost or does not fit; `old` is only read.
    """
    with connect(Layout(old).spill) as db:
        db.execute("SET TimeZone = 'UTC'")
        _attach_empty(db, new)
        attach(db, old, "old")
        found = _columns(db, "old")
        if reasons := [*_refusals(db, found)]:
            raise CannotMigrate("; ".join(reasons))
        db.execute("BEGIN")
        for table in [name for name in TABLES if name in found and name != "schema_versions"]:
            _copy_rows(db, table, found[table], kept.get(table, "true"))
        if found.keys() >= {"articles", "captures"} and _version(db, found, "old") < ONE_ADDRESS_A_PAGE:
            _renew_addresses(db)
        db.execute("COMMIT")
        db.execute("CHECKPOINT new")


def _refusals(db: duckdb.DuckDBPyConnection, found: dict[str, list[str]]) -> Iterator[str]:
    """Yield the reasons why a file cannot be migrated, before anything is written."""
    if not {"documents", "runs"} <= found.keys():
        yield "not a Winnow warehouse"
        return
    if (version := _version(db, found, "old")) > SCHEMA_VERSION:
        yield (
            f"a newer Winnow made it: its tables are of version {version}, and this Winnow knows"
            f" version {SCHEMA_VERSION}; update Winnow"
        )
        return
    if strange := sorted(found.keys() - TABLES.keys()):
        yield (
            f"it holds tables that are not Winnow's: {', '.join(strange)}; keep them in a file of your"
            " own that attaches this one"
        )
    for name, table in TABLES.items():
        declared = {column.name for column in fields_of(table)}
        if unknown := [column for column in found.get(name, ()) if column not in declared]:
            yield f"this version does not know {name}.{', '.join(unknown)}, made by another version"


def _copy_rows(db: duckdb.DuckDBPyConnection, table: str, found: list[str], kept: str) -> None:
    """Copy a table's rows, with renamed rules; columns that an older file lacks are filled or null."""
    fills = {column: sql for (owner, column), sql in FILLS.items() if owner == table}
    missing = [f"{sql} AS {column}" for column, sql in fills.items() if column not in found]
    there = [*found]
    if table in RENAMED_RULES:
        there[there.index("rule")] = f"{current_rule(table)} AS rule"
    columns = ", ".join([*there, *missing])
    try:
        db.execute(f"INSERT INTO {table} BY NAME SELECT {columns} FROM old.{table} WHERE {kept}")
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        raise CannotMigrate(f"a row of {table} does not fit this version: {error}. {REMEDY}") from error


def _renew_addresses(db: duckdb.DuckDBPyConnection) -> None:
    """Count the captures of a page once in stories, and find its versions, after all rows are copied."""
    db.execute("CREATE OR REPLACE TEMP TABLE changed_urls AS SELECT url FROM captures")
    db.execute(RENEW_VERSIONS)
    count_stories_again(db)


def _attach_empty(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach a new file with the tables of this version, and use it."""
    attach(db, path, "new", f"RECOVERY_MODE NO_WAL_WRITES, STORAGE_VERSION '{STORAGE_VERSION}'")
    db.execute("USE new")
    db.execute(schema_sql())
    db.execute(
        "INSERT INTO schema_versions SELECT unnest($versions), unnest($about)",
        {"versions": list(SCHEMA_VERSIONS), "about": list(SCHEMA_VERSIONS.values())},
    )


def _version(db: duckdb.DuckDBPyConnection, found: dict[str, list[str]], database: str) -> int:
    """Return the version of the tables found in an attached file."""
    if "schema_versions" in found:
        rows = db.execute(f"SELECT max(version) FROM {database}.schema_versions").fetchall()
        return int(rows[0][0] or 1)
    return 1 if "runs" in found and "documents" in found else 0


def _columns(db: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of each table of an attached file."""
    found: dict[str, list[str]] = {}
    for table, column in db.execute(COLUMNS, {"database": database}).fetchall():
        found.setdefault(table, []).append(column)
    return found


def _name(db: duckdb.DuckDBPyConnection) -> str:
    return str(db.execute("SELECT current_database()").fetchall()[0][0])


@cache
def _declared() -> dict[str, str]:
    """Return the definitions of the declared tables, as DuckDB words them."""
    with connect() as db:
        db.execute(schema_sql())
        return dict(db.execute("SELECT table_name, sql FROM duckdb_tables()").fetchall())
