"""What can be wrong with a warehouse or a query, apart from DuckDB, which takes 0.1 s to import."""


class WarehouseError(Exception):
    """The warehouse cannot be used as it is; the message says what to do."""


class WrongQuery(WarehouseError):
    """A query that DuckDB does not understand, or that names what is not there."""
