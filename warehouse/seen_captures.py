"""Which documents a raw store has, and how it last saw each capture: in a table that can spill.

Held in Python's memory this would be the one thing that grows with every capture ever seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from warehouse.connection import connect

TABLE = """
CREATE TABLE seen (digest BLOB, place BLOB, fingerprint BLOB, number BIGINT);
CREATE SEQUENCE numbers;
"""
# The last of those of a place counts.
LAST = """
SELECT place, arg_max(fingerprint, number) FROM seen
WHERE place IN (SELECT unnest($places)) GROUP BY place
"""
LATEST = "SELECT max(number) AS number FROM seen GROUP BY place ORDER BY number"
NUMBERS_AT_ONCE = 10_000
KNOWN = "SELECT DISTINCT digest FROM seen WHERE digest IN (SELECT unnest($digests))"
SCHEMA = pa.schema([("digest", pa.binary()), ("place", pa.binary()), ("fingerprint", pa.binary())])
# Of a capture: the digests of its document, of its source, and of all that is known of it.
Sighting = tuple[bytes, bytes, bytes]


class SeenCaptures:
    """The sightings of a store, in the order in which they were added."""

    def __init__(self, spill: Path) -> None:
        self._db = connect(spill)
        self._db.execute(TABLE)

    def add(self, sightings: Sequence[Sighting]) -> None:
        """Add sightings, the oldest first."""
        columns = [pa.array(column, pa.binary()) for column in zip(*sightings, strict=True)]
        if columns:
            self._db.register("added", pa.Table.from_arrays(columns, schema=SCHEMA))
            self._db.execute("INSERT INTO seen SELECT *, nextval('numbers') FROM added")
            self._db.unregister("added")

    def known(self, digests: Iterable[bytes]) -> set[bytes]:
        """Return those of some documents that the store has."""
        rows = self._db.execute(KNOWN, {"digests": list(digests)}).fetchall()
        return {row[0] for row in rows}

    def latest(self) -> Iterator[int]:
        """Yield the number of the last sighting of each capture, in order; the first of all is 1."""
        answer = self._db.execute(LATEST)
        while rows := answer.fetchmany(NUMBERS_AT_ONCE):
            yield from (row[0] for row in rows)

    def last(self, places: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the last fingerprint of those of some captures that the store has seen."""
        return dict(self._db.execute(LAST, {"places": list(places)}).fetchall())
