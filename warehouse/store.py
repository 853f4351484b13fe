"""Open the warehouse: the published file to read, a copy of it to change, and publish the copy."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from glob import escape as glob_escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import WarehouseError, WrongQuery
from warehouse.folders import sync_folder
from warehouse.migration import CannotMigrate, create_database, is_current, rewrite
from warehouse.paths import Layout

VIEWS = Path(__file__).parent / "views"
LOOK_SECONDS = 0.5  # who asks whether a run is on holds the lock for less (health.is_locked)

DatabaseError = duckdb.Error  # whatever DuckDB says of its files; the flows do not import it
Connection = duckdb.DuckDBPyConnection


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
    """Hold the warehouse's lock; raise WarehouseError if another run holds it.

    A copy that was not published when the block ends is removed.
    """
    layout.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(layout.lock, timeout=LOOK_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise WarehouseError(
            f"{layout.database}: another run is loading it ({layout.lock} is locked); wait for it to end"
        ) from error
    try:
        yield
    finally:
        remove_next(layout)  # there only if the run failed
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
    remove_next(layout)
    if not layout.database.exists():
        create_database(layout.next_database)
        return
    with read_published(layout) as db:  # fails if another program is writing to it
        current = is_current(db)
    if current:
        shutil.copyfile(layout.database, layout.next_database)
    else:
        rewrite_published(layout)


def rewrite_published(layout: Layout, kept: Mapping[str, str] = MappingProxyType({})) -> None:
    """Make the copy by writing every row anew: with the tables of this version, and no free space.

    Of the tables in `kept` only the rows that meet the condition there come with it.
    """
    remove_next(layout)
    try:
        rewrite(layout.database, layout.next_database, kept)
    except CannotMigrate as error:
        remove_next(layout)
        raise WarehouseError(f"{layout.database}: {error}") from error


def remove_next(layout: Layout) -> None:
    """Remove the copy that a run was changing, with all that DuckDB keeps beside it."""
    name = layout.next_database.name
    for path in layout.database.parent.glob(f"{glob_escape(name)}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


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
    sync_folder(layout.database.parent)


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
