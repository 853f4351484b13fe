"""The paths of a warehouse's files, all beside the database and named after it."""

import os
import shlex
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DEFAULT_DATABASE = Path("warehouse/winnow.duckdb")
NOT_UTF8 = "DuckDB cannot open a path that is not UTF-8; rename it"


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one warehouse.

    >>> Layout(Path("news/wechat.duckdb")).raw_store.as_posix()
    'news/wechat.raw'
    """

    database: Path

    @property
    def raw_store(self) -> Path:
        """Folder of the bytes of all captures, from which the warehouse can be rebuilt."""
        return self.database.with_suffix(".raw")

    @property
    def staging(self) -> Path:
        """Folder of cleaned captures that are not loaded yet."""
        return self.database.with_suffix(".staging")

    @property
    def reports(self) -> Path:
        """Folder of the data-quality reports."""
        return self.database.with_suffix(".reports")

    @property
    def corrections(self) -> Path:
        """File of what people decided, which may be kept in git; it is read if it exists."""
        return self.database.with_suffix(".corrections.yaml")

    @property
    def search_index(self) -> Path:
        """The index for full-text search, in SQLite; without it all else works."""
        return self.database.with_suffix(".search.sqlite")

    @property
    def lock(self) -> Path:
        """File that a running flow keeps locked."""
        return self.database.with_suffix(".lock")

    @property
    def next_database(self) -> Path:
        """The copy that a load changes before it is published."""
        return self.database.with_suffix(".next.duckdb")

    @property
    def spill(self) -> Path:
        """How folders are named in which a query holds what is beyond its memory, while it runs."""
        return self.database.with_suffix(".spill")

    @property
    def write_ahead_log(self) -> Path:
        """DuckDB's log beside the published file; it exists only if another program wrote to it."""
        return self.database.with_name(self.database.name + ".wal")

    def owns(self, path: str) -> bool:
        """Return True if a path is one of the warehouse's files, or in one of its folders.

        >>> layout = Layout(Path("news/w.duckdb"))
        >>> [layout.owns(path) for path in ("news/w.raw/a", "news/w.lock", "news/w.txt", "w.lock")]
        [True, True, False, False]
        """
        home, spill, names = _owned(self)
        folder, file = os.path.split(path)
        place = _resolve(folder) + file
        if not place.startswith(home):
            return False
        name = place[len(home) :].partition(os.sep)[0]
        return name in names or name.startswith(spill)


@lru_cache(maxsize=16)
def _owned(layout: Layout) -> tuple[str, str, frozenset[str]]:
    """Return the folder of a warehouse, how its folders for spilled data begin, and its other names."""
    paths = (
        layout.database, layout.raw_store, layout.staging, layout.reports, layout.corrections,
        layout.lock, layout.search_index, layout.next_database, layout.write_ahead_log,
    )  # fmt: skip
    home = _resolve(str(layout.database.parent))
    return home, f"{layout.spill.name}-", frozenset(path.name for path in paths)


@lru_cache(maxsize=1_000)
def _resolve(folder: str) -> str:
    """Return the path of a folder without links, with a separator at its end."""
    return os.path.realpath(folder).rstrip(os.sep) + os.sep


def is_utf8(path: Path) -> bool:
    r"""Return True if a path, made absolute, is UTF-8: DuckDB cannot open any other.

    >>> is_utf8(Path("caf\xe9.duckdb")), is_utf8(Path("caf\udce9.duckdb"))
    (True, False)
    """
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        return False
    return True


def option_for(layout: Layout, usual: str = str(DEFAULT_DATABASE)) -> str:
    """Return the --warehouse option that a suggested command needs, empty for the usual file.

    >>> option_for(Layout(Path("my news.duckdb"))), option_for(Layout(DEFAULT_DATABASE))
    (" --warehouse 'my news.duckdb'", '')
    """
    path = str(layout.database)
    return "" if path == usual else f" --warehouse {shlex.quote(path)}"
