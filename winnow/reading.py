"""Open a warehouse for queries from Python."""

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.paths import Layout

if TYPE_CHECKING:
    from warehouse.store import Connection


def open(path: str | Path, *, allow_files: bool = False) -> "Connection":
    """Return a read-only DuckDB connection to a warehouse, with its tables and views.

    The connection shows the warehouse as it was when it was opened, even if a run loads meanwhile. Use
    it in a `with` block, or close it. Queries can read other files only with `allow_files`.
    Raises WarehouseError if there is no warehouse at the path or it cannot be opened.
    """
    from warehouse.store import open_published  # DuckDB takes 0.1 s to import

    return open_published(Layout(Path(path)), allow_files)
