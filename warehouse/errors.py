"""Exceptions about a warehouse or a query. Separate from DuckDB, which takes 0.1 s to import."""


class WarehouseError(Exception):
    """The warehouse cannot be used as it is; the message says what to do."""


class WrongQuery(WarehouseError):
    """A query with a syntax error, or with an unknown table or column."""
