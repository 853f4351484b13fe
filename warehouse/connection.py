"""Open DuckDB connections, all with the same limits.

A connection uses no more memory than WINNOW_MEMORY_LIMIT (default 512MB) and spills the rest to a folder
beside its database. It downloads no extensions and reads no Python variables.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape as glob_escape
from itertools import count
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.schema.ddl import path_literal

MEMORY_VARIABLE = "WINNOW_MEMORY_LIMIT"
MEMORY_LIMIT = "512MB"
MOST_THREADS = 4  # each thread needs its own buffers; more are not faster on tables of this size
CONFIG = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
DAMAGED = (
    "move the file away and run `winnow rebuild`, which makes it again from the raw store, or put a"
    " backup in its place"
)
# DuckDB's errors for a damaged file, a file that is not DuckDB's, and one without Winnow's tables.
OF_THE_FILE = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
    duckdb.CatalogException,
    duckdb.OutOfMemoryException,
)
_numbers = count()


def connect(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory; what is too much for it goes to a folder whose name begins as `spill`."""
    return _open(":memory:", str(_choose_spill(spill)) if spill else "")


def connect_file(file: Path, limit: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """Open DuckDB on a temporary file; it spills to a folder beside the file.

    `limit` is its memory, if WINNOW_MEMORY_LIMIT says nothing.
    """
    return _open(str(file.absolute()), str(file.absolute().with_suffix(".spill")), limit)


def _open(database: str, spill: str, limit: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        **CONFIG,
        "memory_limit": os.environ.get(MEMORY_VARIABLE) or limit,
        "threads": min(MOST_THREADS, os.cpu_count() or 1),
        "temp_directory": spill,
    }
    try:
        db = duckdb.connect(database, config=config)
    except (duckdb.ParserException, duckdb.InvalidInputException) as error:
        if not os.environ.get(MEMORY_VARIABLE):
            raise
        raise WarehouseError(
            f"{MEMORY_VARIABLE}={config['memory_limit']}: write it like 512MB or 2GB ({error})"
        ) from error
    db.execute("SET enable_progress_bar = false")
    return db


def attach(db: duckdb.DuckDBPyConnection, path: Path, name: str, options: str = "READ_ONLY") -> None:
    """Attach a file under a name. Raises WarehouseError if it cannot be opened."""
    with naming(path):
        db.execute(f"ATTACH {path_literal(path)} AS {name} (TYPE duckdb, {options})")


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn DuckDB's error about a damaged file into a WarehouseError with the path and a fix."""
    try:
        yield
    except duckdb.Error as error:
        if not _is_about(path, error):
            raise
        raise WarehouseError(f"{path}: {_explain(error)}") from error


def _is_about(path: Path, error: duckdb.Error) -> bool:
    """Return True if an error is about this file, not about a query, the disk or another file."""
    said = str(error)
    if "Corrupt database file" in said:
        return True
    names_one = 'file "' in said or 'directory "' in said
    is_elsewhere = names_one and str(path.absolute()) not in said
    return isinstance(error, OF_THE_FILE) and not is_elsewhere and "No space left" not in said


def lock_down(db: duckdb.DuckDBPyConnection) -> None:
    """Forbid a connection other files, the network and extensions; this cannot be undone."""
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")


def clear_spills(layout: Layout) -> None:
    """Remove the spill folders of processes that have ended."""
    for folder in layout.spill.parent.glob(f"{glob_escape(layout.spill.name)}-*-*"):
        if not _is_alive(folder.name.split("-")[-2]):
            shutil.rmtree(folder, ignore_errors=True)


def _choose_spill(beginning: Path) -> Path:
    """Return a folder of its own for a connection. DuckDB makes it when needed, but not those above."""
    folder = beginning.parent if os.access(beginning.parent, os.W_OK) else Path(tempfile.gettempdir())
    return folder.absolute() / f"{beginning.name}-{os.getpid()}-{next(_numbers)}"


def _is_alive(process: str) -> bool:
    """Return True if a process with this id is running on this machine."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it belongs to another user
        return True
    return True


def _explain(error: duckdb.Error) -> str:
    """Return DuckDB's message about a file in one line, and what to do."""
    said = str(error).strip().split("\n")[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"{said}; set {MEMORY_VARIABLE} to allow more memory, such as 2GB"
    if "lock on file" in said:
        return f"another program has it open for writing: {said}"
    return f"damaged, or not a Winnow warehouse: {said}; {DAMAGED}"
