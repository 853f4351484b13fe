"""Make SQLAlchemy's DuckDB dialect fit for Great Expectations.

Great Expectations reads rows after it has given the connection back to the pool; DuckDB's cursor is
empty by then. Here every result is read at once, while the connection is still held.
"""

from typing import Any

from duckdb_sqlalchemy import Dialect, DuckDBExecutionContext
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy


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


def register_dialect() -> None:
    """Let connection strings that begin with duckdb:// use the dialect."""
    registry.register("duckdb", "expectations.dialect", "BufferedDialect")
