"""Open the warehouse: the published file to read, a copy of it to change, and publish the copy."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from warehouse.column import fields_of
from warehouse.ddl import schema_sql
from warehouse.layout import Layout
from warehouse.schema import TABLES

# DuckDB 1.x cannot open a file of 2.0's own format, and most analysts' clients are older than ours.
STORAGE_VERSION = "v1.0.0"
VIEWS = Path(__file__).parent / "views"


class WarehouseError(Exception):
    """The warehouse cannot be used as it is; the message says what to do."""


class WrongQuery(WarehouseError):
    """A query that DuckDB does not understand, or that names what is not there."""


def read_published(layout: Layout) -> duckdb.DuckDBPyConnection:
    """Open the published warehouse read-only."""
    if not layout.database.exists():
        raise WarehouseError(f"{layout.database}: no warehouse there yet; `winnow run` makes one")
    try:
        return duckdb.connect(str(layout.database), read_only=True)
    except duckdb.IOException as error:
        raise WarehouseError(f"{layout.database}: cannot be opened: {error}") from error


@contextmanager
def only_run(layout: Layout) -> Iterator[None]:
    """Hold the warehouse's lock; raise WarehouseError if another run holds it."""
    layout.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(layout.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise WarehouseError(
            f"{layout.database}: another run is loading it ({layout.lock} is locked); wait for it to end"
        ) from error
    try:
        yield
    finally:
        lock.release()


def copy_published(layout: Layout) -> None:
    """Make the copy that a load will change: of the published file, or a new one with empty tables.

    The published file itself is never opened for writing, so whoever reads it is not disturbed.
    """
    if layout.write_ahead_log.exists():
        raise WarehouseError(
            f"{layout.database}: another program has written to it, see {layout.write_ahead_log.name}. "
            "Close that program; if it crashed, open the file once in DuckDB and close it again. Tables "
            "of your own belong in a file of your own that attaches this one read-only."
        )
    layout.next_database.unlink(missing_ok=True)
    layout.next_database.with_name(layout.next_database.name + ".wal").unlink(missing_ok=True)
    if layout.database.exists():
        shutil.copyfile(layout.database, layout.next_database)
        with open_next(layout) as db:
            _check_tables(layout, db)
    else:
        with duckdb.connect() as db:
            db.execute(f"ATTACH '{layout.next_database}' AS new (STORAGE_VERSION '{STORAGE_VERSION}')")
            db.execute("USE new")
            db.execute(schema_sql())


def open_next(layout: Layout) -> duckdb.DuckDBPyConnection:
    """Open the copy to change it, with times told in UTC."""
    db = duckdb.connect(str(layout.next_database))
    db.execute("SET TimeZone = 'UTC'")
    return db


def publish(layout: Layout) -> None:
    """Put the copy in the place of the published file, in one step that a kill cannot divide."""
    with layout.next_database.open("rb+") as file:
        os.fsync(file.fileno())
    layout.next_database.replace(layout.database)
    folder = os.open(layout.database.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def fetch_rows(db: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows of a query as dictionaries by column; `parameters` fill its $names."""
    answer = db.execute(query, parameters)
    columns = [column[0] for column in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def ask(db: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return columns and rows of a query that somebody typed.

    Raises WrongQuery where the query is at fault, WarehouseError where something else is.
    """
    try:
        answer = db.execute(query)
        return [column[0] for column in answer.description or ()], answer.fetchall()
    except duckdb.ProgrammingError as error:
        raise WrongQuery(str(error)) from error
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error


def create_views(db: duckdb.DuckDBPyConnection) -> None:
    """Create the views, one file each, anew."""
    for file in sorted(VIEWS.glob("*.sql")):
        db.execute(file.read_text(encoding="utf-8"))


def _check_tables(layout: Layout, db: duckdb.DuckDBPyConnection) -> None:
    """Raise WarehouseError if the tables are not those that this version declares."""
    rows = db.execute(
        "SELECT table_name, column_name FROM duckdb_columns() ORDER BY column_index"
    ).fetchall()
    for name, table in TABLES.items():
        found = [column for owner, column in rows if owner == name]
        declared = [column.name for column in fields_of(table)]
        if found != declared:
            raise WarehouseError(
                f"{layout.database}: its table {name} was made by another version of Winnow. "
                "Move the file away and run `winnow rebuild`: the raw store holds everything."
            )
