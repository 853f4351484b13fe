"""Ask the index: which articles and quotes match, best first, and how they divide by facets."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.search.build import read_run_id
from warehouse.search.facets import Facets
from warehouse.search.query import Query

FACET_VALUES = 40  # of a facet that come with a search; `list_values` has the rest
MOST_RANKED = 20_000  # more matches than this are shown by date: ranking them takes too long
FILTERS = {
    "site": "site = ?",
    "language": "language = ?",
    "year": "coalesce(substr(day, 1, 4), '') = ?",
    "story": "story = ?",
    "said": "id IN (SELECT doc FROM said WHERE speaker = ? COLLATE NOCASE)",
    "names": "id IN (SELECT doc FROM named WHERE entity = ?)",
    "before": "day < ?",
    "after": "day >= ?",
    "has": "CASE ? WHEN 'quote' THEN has_quote WHEN 'figure' THEN has_figure"
    " WHEN 'story' THEN story IS NOT NULL END",
    "is": "CASE ? WHEN 'truncated' THEN is_truncated WHEN 'whole' THEN NOT is_truncated END",
}


@dataclass(frozen=True, slots=True)
class Found:
    """How many articles match, some of their ids in order, whether by rank, and the facets of all.

    A facet has its most frequent values; one with FACET_VALUES of them may have more.
    """

    total: int
    article_ids: tuple[str, ...]
    is_ranked: bool
    facets: dict[str, list[tuple[str, int]]]


class SearchIndex:
    """An open index; it is only read."""

    def __init__(self, path: Path) -> None:
        self.run_id = read_run_id(path)
        address = f"{path.absolute().as_uri()}?mode=ro"
        self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._db.execute("PRAGMA temp_store = MEMORY")
        self._db.execute("CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY)")
        self._facets = Facets(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def search(self, query: Query, limit: int, offset: int = 0) -> Found:
        """Return the articles that match a query: by rank, or by date where there is nothing to rank."""
        total = self._collect(query)
        is_ranked = bool(query.match) and total <= MOST_RANKED
        if is_ranked:
            order = (
                "SELECT article_id FROM words JOIN hits ON hits.id = words.rowid JOIN docs USING (id) "
            )
            order += "WHERE words MATCH ? ORDER BY bm25(words, 8.0, 1.0), docs.id DESC"
            given: list[Any] = [query.match]
        else:
            order = "SELECT article_id FROM hits JOIN docs USING (id) ORDER BY day DESC, docs.id DESC"
            given = []
        rows = self._db.execute(f"{order} LIMIT ? OFFSET ?", [*given, limit, offset]).fetchall()
        facets = {name: values[:FACET_VALUES] for name, values in self._facets.count().items()}
        return Found(total, tuple(row[0] for row in rows), is_ranked, facets)

    def list_values(
        self, query: Query, facet: str, limit: int, offset: int = 0
    ) -> list[tuple[str, int]]:
        """Return how the matches divide by a facet, the most frequent values first."""
        self._collect(query)
        return self._facets.count()[facet][offset:][:limit]

    def find_quotes(
        self, query: Query, limit: int, oldest_first: bool = False
    ) -> tuple[int, list[tuple[str, int]]]:
        """Return how many quotes match, and article_id and position of the newest or the oldest ones.

        Those without a date come last.

        The words must stand in the quote; the filters are those of its article. To be called after
        `search`, whose matches are not used: a quote may match though its article's rank is low.
        """
        where, given = _conditions(query)
        if query.match:
            where = ["quote IN (SELECT rowid FROM quoted WHERE quoted MATCH ?)", *where]
            given = [query.match, *given]
        speakers = dict(query.filters).get("said", ())
        if speakers:
            where.append(f"speaker COLLATE NOCASE IN ({', '.join('?' * len(speakers))})")
            given += speakers
        if not where:
            return 0, []
        sql = f"FROM said JOIN docs ON docs.id = said.doc WHERE {' AND '.join(where)}"
        total = self._db.execute(f"SELECT count(*) {sql}", given).fetchone()[0]
        order = "coalesce(day, '') = '', day" if oldest_first else "day DESC"
        rows = self._db.execute(
            f"SELECT article_id, position {sql} ORDER BY {order}, doc, position LIMIT ?",
            [*given, limit],
        ).fetchall()
        return total, rows

    def _collect(self, query: Query) -> int:
        """Write the matches down and return how many there are."""
        where, given = _conditions(query)
        if query.match:
            where.append("id IN (SELECT rowid FROM words WHERE words MATCH ?)")
            given.append(query.match)
        self._db.execute("DELETE FROM hits")
        condition = " AND ".join(where) or "true"
        done = self._db.execute(f"INSERT INTO hits SELECT id FROM docs WHERE {condition}", given)
        return done.rowcount


def _conditions(query: Query) -> tuple[list[str], list[Any]]:
    """Return the filters of a query as SQL and what fills it: of a field's values one must hold."""
    pairs = [(FILTERS[name], values) for name, values in query.filters if name in FILTERS]
    where = [f"({' OR '.join([sql] * len(values))})" for sql, values in pairs]
    return where, [*_flat(pairs)]


def _flat(pairs: list[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for _, values in pairs:
        yield from values
