"""Adapt SQLAlchemy's DuckDB dialect for Great Expectations, with the limits of Winnow's connections.

Great Expectations reads rows after it has returned the connection to the pool, when DuckDB's cursor is
already empty. Here every result is read at once, while the connection is still held.
"""

from pathlib import Path
from typing import Any

from duckdb_sqlalchemy import ConnectionWrapper, Dialect, DuckDBExecutionContext
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from warehouse.connection import connect_file

MEMORY_LIMIT = "256MB"  # with 512MB the checks are a tenth faster


class BufferedExecutionContext(DuckDBExecutionContext):
    """An execution context that reads all rows of a result when the statement ends."""

    def post_exec(self) -> None:
        """Read the rows into memory; results of expectations are small."""
        super().post_exec()
        if self.cursor is not None and self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, self.cursor.description, initial_buffer=self.cursor.fetchall()
            )


class BufferedDialect(Dialect):
    """DuckDB's dialect with results read at once; without a statement cache, which would skip that."""

    supports_statement_cache = False
    execution_ctx_cls: Any = BufferedExecutionContext

    def connect(self, *_arguments: Any, **parameters: Any) -> Any:
        """Open the file of a `connection_string`, with the limits of all connections."""
        file = Path(bytes.fromhex(parameters["database"]).decode())
        db = connect_file(file, MEMORY_LIMIT)
        db.execute("SET parquet_metadata_cache = true")  # hundreds of queries read the same files
        return ConnectionWrapper(db)

    # What is checked are views, which have no keys.
    def get_pk_constraint(self, *_arguments: Any, **_parameters: Any) -> Any:
        """Return no primary key."""
        return {"name": None, "constrained_columns": []}

    # Checks only read: a transaction for each query would be two more statements.
    def do_begin(self, _connection: Any) -> None:
        """Do nothing."""

    def do_rollback(self, _connection: Any) -> None:
        """Do nothing."""

    def do_commit(self, _connection: Any) -> None:
        """Do nothing."""


def connection_string(file: Path) -> str:
    """Return the connection string of a DuckDB file; its path is in hex, to allow any characters.

    >>> connection_string(Path("/a"))
    'duckdb:///2f61'
    """
    return f"duckdb:///{str(file.absolute()).encode().hex()}"


def register_dialect() -> None:
    """Register the dialect for connection strings that begin with duckdb://."""
    registry.register("duckdb", "expectations.dialect", "BufferedDialect")
