"""How matches divide by site, language, year, speaker, name and story.

The values of a facet are few and their articles many, so each value's articles are kept as numbers in
memory: a search counts those that match at the speed of memory, not of the file.
"""

import sqlite3
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]

# By facet: its values, and the articles of each as numbers with commas between.
OF_DOCS = "SELECT {column}, group_concat(id) FROM docs WHERE {column} IS NOT NULL GROUP BY 1"
FACETS = {
    "site": OF_DOCS.format(column="site"),
    "language": OF_DOCS.format(column="language"),
    "year": OF_DOCS.format(column="coalesce(substr(day, 1, 4), '')"),
    "said": "SELECT speaker, group_concat(DISTINCT doc) FROM said WHERE speaker IS NOT NULL GROUP BY 1",
    "names": "SELECT entity, group_concat(doc) FROM named GROUP BY 1",
    "story": OF_DOCS.format(column="story"),
}
LEAST = {"story": 2}  # matches; a story with a single one is no division


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet, the articles of all of them one after the other, and where each begins."""

    values: list[str]
    docs: Numbers
    starts: Numbers

    def count(self, is_hit: npt.NDArray[np.bool_], least: int) -> list[tuple[str, int]]:
        """Return the values that at least so many matches have, the most frequent first."""
        if not self.values:
            return []
        totals = np.add.reduceat(is_hit[self.docs], self.starts, dtype=np.int64)
        found = np.flatnonzero(totals >= least)
        listed = [(self.values[i], int(totals[i])) for i in found]
        return sorted(listed, key=lambda item: (-item[1], item[0]))


class Facets:
    """The facets of an open index, read when the first search asks for them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @cached_property
    def _facets(self) -> dict[str, Facet]:
        return {name: self._read(sql) for name, sql in FACETS.items()}

    @cached_property
    def _size(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM docs").fetchone()[0])

    def _read(self, sql: str) -> Facet:
        rows = self._db.execute(sql).fetchall()
        docs = [_parse(told) for _, told in rows]
        starts = np.cumsum([0, *map(len, docs[:-1])], dtype=np.int32)
        return Facet([value for value, _ in rows], np.concatenate(docs or [_parse("")]), starts)

    def count(self) -> dict[str, list[tuple[str, int]]]:
        """Return by facet how the matches in the table `hits` divide, the most frequent values first."""
        told = self._db.execute("SELECT group_concat(id) FROM hits").fetchone()[0]
        is_hit = np.zeros(self._size, np.bool_)
        is_hit[_parse(told or "")] = True
        return {name: facet.count(is_hit, LEAST.get(name, 1)) for name, facet in self._facets.items()}


def _parse(told: str) -> Numbers:
    """Return numbers that stand with commas between them.

    >>> _parse("3,1").tolist()
    [3, 1]
    """
    return np.fromstring(told, dtype=np.int32, sep=",") if told else np.zeros(0, np.int32)
