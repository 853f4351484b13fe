"""Which documents a raw store has, and how it last saw each capture: in a table that can spill.

Held in Python's memory this would be the one thing that grows with every capture ever seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from warehouse.connection import connect
from warehouse.schema.ddl import path_literal

TABLE = """
CREATE TABLE seen (digest BLOB, place BLOB, fingerprint BLOB, number BIGINT);
CREATE SEQUENCE numbers;
"""
# The digests of a capture's document, of its source, and of all that is known of it.
SIGHTING = """
unhex(document_id) AS digest, unhex(md5(source_uri)) AS place,
unhex(md5(CAST(to_json([{facts}]) AS VARCHAR))) AS fingerprint
"""
# Files of an older version have fewer columns.
OF_FILES = """
INSERT INTO seen SELECT * EXCLUDE (age), nextval('numbers') FROM (
    SELECT {sighting}, row_number() OVER (ORDER BY parse_filename(file, true), file_row_number) AS age
    FROM (
        FROM read_parquet([{files}], union_by_name = true, filename = 'file', file_row_number = true)
        UNION ALL BY NAME FROM nothing
    ) ORDER BY age
)
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
Sighting = tuple[bytes, bytes, bytes]


class SeenCaptures:
    """The sightings of a store, in the order in which they were added.

    `schema` is that of the facts about a capture: its document, its source, and all else but the bytes.
    """

    def __init__(self, spill: Path, schema: pa.Schema) -> None:
        self._db = connect(spill)
        self._db.execute(TABLE)
        self._schema = schema
        facts = ", ".join(f"CAST({name} AS VARCHAR)" for name in schema.names)
        self._sighting = SIGHTING.format(facts=facts)

    def sightings(self, captures: pa.Table) -> list[Sighting]:
        """Return the sightings of captures."""
        self._db.register("captures", captures)
        rows: list[Sighting] = self._db.execute(f"SELECT {self._sighting} FROM captures").fetchall()
        self._db.unregister("captures")
        return rows

    def add_files(self, files: Sequence[Path]) -> None:
        """Add the sightings in the files of a store, whose names say which is older."""
        self._db.register("nothing", self._schema.empty_table())
        listed = ", ".join(map(path_literal, files))
        self._db.execute(OF_FILES.format(sighting=self._sighting, files=listed))

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
