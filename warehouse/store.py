"""Open the published warehouse for reading, make a copy for changes, and publish the copy."""

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

from warehouse.connection import attach, clear_spills, connect, lock_down, naming
from warehouse.disk import sync_folder
from warehouse.errors import WarehouseError, WrongQuery
from warehouse.file_copy import copy_file
from warehouse.migration import CannotMigrate, create_database, find_version, is_current, rewrite
from warehouse.paths import Layout
from warehouse.schema.tables import SCHEMA_VERSION

ROWS_AT_ONCE = 1_000
VIEWS = Path(__file__).parent / "views"
LOOK_SECONDS = 0.5  # a process that only tests the lock holds it for less (health.is_locked)

DatabaseError = duckdb.Error  # any error of DuckDB, so that the flows need not import it
Connection = duckdb.DuckDBPyConnection


@contextmanager
def read_published(layout: Layout, allow_files: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only for a block, as `open_published` does.

    DuckDB's error about a damaged file in the block becomes a WarehouseError too, and so does a table or
    column that a file of another version does not have.
    """
    with open_published(layout, allow_files) as db, naming(layout.database):
        try:
            yield db
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            if find_version(db) == 0:
                raise
            if told := describe_other_version(db, layout.database):
                raise WarehouseError(told) from error
            raise


def describe_other_version(db: duckdb.DuckDBPyConnection, path: Path) -> str | None:
    """Return why this Winnow cannot read an open file and what to do, None if it can."""
    version = find_version(db)
    if version == SCHEMA_VERSION:
        return None
    if version == 0:
        return f"{path}: it has no tables of Winnow's; --warehouse names another file"
    remedy = "update Winnow" if version > SCHEMA_VERSION else "the next `winnow run` brings it up"
    ours = f"this Winnow reads version {SCHEMA_VERSION}"
    return f"{path}: its tables are of version {version}, and {ours}; {remedy}"


def open_published(
    layout: Layout, allow_files: bool = False, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """Open the published warehouse read-only; WarehouseError if there is none or it is damaged.

    Queries can only access the warehouse: no other files, no network, no extensions. With
    `allow_files` they read and write files as the user may; the warehouse itself stays read-only.
    A query uses `threads` at most, if they are given.
    """
    if not layout.database.exists():
        raise WarehouseError(f"{layout.database} does not exist yet; `winnow run` creates it")
    db = connect(layout.spill)
    try:
        attach(db, layout.database, "warehouse")
        with naming(layout.database):
            db.execute("USE warehouse")
    except WarehouseError:
        db.close()
        raise
    if threads:
        db.execute(f"SET threads = {threads}")
    if not allow_files:
        lock_down(db)
    return db


@contextmanager
def only_run(layout: Layout) -> Iterator[None]:
    """Hold the warehouse's lock; raise WarehouseError if another run holds it.

    A copy that was not published when the block ends is removed.
    """
    if "?" in str(layout.database.absolute()):
        raise WarehouseError(f"{layout.database}: DuckDB cannot write where a path holds `?`; rename it")
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
        clear_spills(layout)
        lock.release()


def copy_published(layout: Layout) -> None:
    """Make the copy that a load will change: of the published file, or a new one with empty tables.

    The published file itself is never opened for writing, so its readers are not disturbed.
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
        copy_file(layout.database, layout.next_database)
    else:
        rewrite_published(layout)


def rewrite_published(layout: Layout, kept: Mapping[str, str] = MappingProxyType({})) -> None:
    """Make the copy by rewriting every row: with the tables of this version, and no free space.

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


@contextmanager
def open_next(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the copy to change it for a block, with times in UTC; all is in the file when it ends.

    DuckDB keeps no log beside it, since an unfinished copy is deleted.
    """
    with connect(layout.spill) as db:
        attach(db, layout.next_database, "warehouse", "RECOVERY_MODE NO_WAL_WRITES")
        with naming(layout.database):
            db.execute("USE warehouse")
            db.execute("SET TimeZone = 'UTC'")
            yield db
            db.execute("CHECKPOINT warehouse")


def publish(layout: Layout) -> None:
    """Replace the published file with the copy atomically."""
    with layout.next_database.open("rb+") as file:
        os.fsync(file.fileno())
    layout.next_database.replace(layout.database)
    sync_folder(layout.database.parent)


def fetch_rows(db: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows of a query as dictionaries by column; `parameters` fill its $names."""
    answer = db.execute(query, parameters)
    columns = [column[0] for column in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def fetch_numbered(
    db: duckdb.DuckDBPyConnection, table: str, start: int, end: int, number: str = "number"
) -> list[dict[str, Any]]:
    """Return a table's rows whose column `number` is from `start` on and below `end`, without it."""
    within = f"{number} >= $start AND {number} < $end"
    query = f"SELECT * EXCLUDE ({number}) FROM {table} WHERE {within} ORDER BY ALL"
    return fetch_rows(db, query, start=start, end=end)


def ask(db: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return columns and rows of a query that somebody typed; rows come as they are taken.

    Raises WrongQuery where the query is at fault or asks for what is not allowed, WarehouseError where
    the warehouse is damaged.
    """
    with _typed():
        answer = db.execute(_require_text(query))
    if answer is None:
        raise WrongQuery("there is no query in it")
    return [column[0] for column in answer.description or ()], _fetch(answer)


def ask_arrow(db: duckdb.DuckDBPyConnection, query: str) -> Any:
    """Return what `ask` does as a reader of Arrow's record batches, with the types of the columns."""
    with _typed():
        answer = db.sql(_require_text(query))
        if answer is None:
            raise WrongQuery("there is no query in it")
        return answer.to_arrow_reader(ROWS_AT_ONCE)


def _require_text(query: str) -> str:
    """Return a query; raise ValueError if it has bytes that are not UTF-8."""
    if any("\ud800" <= sign <= "\udfff" for sign in query):
        raise ValueError("the query has bytes that are not UTF-8")
    return query


def _fetch(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while True:
        with _typed():
            rows = answer.fetchmany(ROWS_AT_ONCE)
        if not rows:
            return
        yield from rows


@contextmanager
def _typed() -> Iterator[None]:
    """Turn what DuckDB raises over a query that somebody typed into a WrongQuery."""
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException):
        raise  # the warehouse is at fault
    except (duckdb.Error, ValueError) as error:  # a date that Python does not have is a ValueError
        if "Corrupt database file" in str(error):
            raise
        raise WrongQuery(str(error)) from error


def create_views(db: duckdb.DuckDBPyConnection) -> None:
    """Create the views, one file each, anew."""
    for file in sorted(VIEWS.glob("*.sql")):
        db.execute(file.read_text(encoding="utf-8"))
