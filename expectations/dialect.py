"""Make SQLAlchemy's DuckDB dialect fit for Great Expectations, and open files as Winnow does.

Great Expectations reads rows after it has given the connection back to the pool; DuckDB's cursor is
empty by then. Here every result is read at once, while the connection is still held.
"""

from pathlib import Path
from typing import Any

from duckdb_sqlalchemy import ConnectionWrapper, Dialect, DuckDBExecutionContext
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from warehouse.connection import connect_file


class BufferedExecutionContext(DuckDBExecutionContext):
    """Reads all rows of a result when the statement ends."""

    def post_exec(self) -> None:
        """Put the rows into memory: results of expectations are small."""
        super().post_exec()
        if self.cursor is not None and self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, self.cursor.description, initial_buffer=self.cursor.fetchall()
            )


class BufferedDialect(Dialect):
    """DuckDB's dialect with results read at once; cached statements would skip that."""

    supports_statement_cache = False
    execution_ctx_cls: Any = BufferedExecutionContext

    def connect(self, *_arguments: Any, **parameters: Any) -> Any:
        """Open the file that `connection_string` names, with the bounds of all connections."""
        file = Path(bytes.fromhex(parameters["database"]).decode())
        return ConnectionWrapper(connect_file(file))


def connection_string(file: Path) -> str:
    """Return the address of a DuckDB file; its path is in hex, since it may hold what addresses may not.

    >>> connection_string(Path("/a"))
    'duckdb:///2f61'
    """
    return f"duckdb:///{str(file.absolute()).encode().hex()}"


def register_dialect() -> None:
    """Let connection strings that begin with duckdb:// use the dialect."""
    registry.register("duckdb", "expectations.dialect", "BufferedDialect")
