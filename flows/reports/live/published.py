"""The published warehouse and its index, opened again by themselves when a run has replaced the file."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import RLock

from flows.reports.pages.routes import make_page
from flows.reports.pages.site import Site
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.search.build import LAST_RUN, read_run_id
from warehouse.search.index import SearchIndex
from warehouse.store import Connection, describe_other_version, open_published

THREADS = 1  # several take a third more of the processor for queries as small as those of a page
KEPT_PAGES = 200  # pages that were asked for, kept until the file is replaced: 60 MB at most


class Published:
    """One open warehouse for all requests, one request at a time.

    What was made of the old file, pages and index, goes with its connection when a new one is opened.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._lock = RLock()
        self._stamp: tuple[int, int, int] | None = None
        self._site: Site | None = None
        self._index: SearchIndex | None = None
        self._pages: dict[tuple[object, ...], str] = {}
        self._builder: subprocess.Popen[bytes] | None = None

    @contextmanager
    def opened(self) -> Iterator[Site]:
        """Hold the warehouse as it is published now; raise WarehouseError if it cannot be opened."""
        with self._lock:
            stamp = _stamp(self.layout)
            if self._site is None or stamp != self._stamp:
                self.close()
                self._site = Site(_open(self.layout), self.layout)
                self._stamp = stamp
            yield self._site

    def page(self, address: str, asked: Mapping[str, str]) -> str | None:
        """Return a page as HTML, None if there is none at that address; `asked` is for lists."""
        key = (address, *sorted(asked.items()))
        with self.opened() as site:
            if key not in self._pages:
                made = make_page(replace(site, asked=asked), address)
                if made is None:
                    return None
                if len(self._pages) >= KEPT_PAGES:
                    self._pages.pop(next(iter(self._pages)))
                self._pages[key] = made
            return self._pages[key]

    def index(self, site: Site) -> SearchIndex | None:
        """Return the index of the same run as the file; None while there is none, and have it built."""
        rows = site.once("last run", lambda: site.rows(LAST_RUN))
        run_id = rows[0]["run_id"] if rows else ""
        if self._index is not None and self._index.run_id == run_id:
            return self._index
        if read_run_id(self.layout.search_index) != run_id:
            self._build()
            return None
        if self._index is not None:
            self._index.close()
        self._index = SearchIndex(self.layout.search_index)
        return self._index

    def _build(self) -> None:
        """Have the index built by a process of its own, one at a time: pages are answered meanwhile."""
        if self._builder is None or self._builder.poll() is not None:
            command = [sys.executable, "-m", "warehouse.search.build", str(self.layout.database)]
            self._builder = subprocess.Popen(command)

    def close(self) -> None:
        """Close the warehouse and its index."""
        with self._lock:
            if self._site is not None:
                self._site.db.close()
            if self._index is not None:
                self._index.close()
            self._site = self._index = None
            self._pages.clear()


def _open(layout: Layout) -> Connection:
    """Return the published warehouse; WarehouseError if it is missing, damaged or of another version."""
    db = open_published(layout, threads=THREADS)
    if told := describe_other_version(db, layout.database):
        db.close()
        raise WarehouseError(told)
    return db


def _stamp(layout: Layout) -> tuple[int, int, int] | None:
    """Return what tells one published file from the next."""
    try:
        found = layout.database.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
