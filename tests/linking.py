"""Link sketches by the steps of a load, in a database in memory."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.steps.link import link_compared
from transforms.stories.kept_sketch import keep_sketch
from transforms.stories.sketch import Sketch
from warehouse.connection import connect
from warehouse.schema.rows.stories import StoryLink
from warehouse.story_pairs import find_pairs

# The ids of the articles of each pair.
ENDS = """
SELECT a.article_id, b.article_id FROM paired
JOIN compared AS a ON a.of_all = one JOIN compared AS b ON b.of_all = other ORDER BY ALL
"""


def link_sketches(new: Sequence[Sketch], existing: Sequence[Sketch] = ()) -> list[StoryLink]:
    """Return the links that a load of new articles makes among them and with existing ones."""
    every = _by_id([*existing, *new])
    with pairing(new, existing) as db, tempfile.TemporaryDirectory() as folder:
        ids = [
            row[0] for row in db.execute("SELECT article_id FROM compared ORDER BY number").fetchall()
        ]
        links = link_compared(db, enumerate(keep_sketch(every[one]) for one in ids), Path(folder))
        return sorted(links, key=lambda one: (one.article_id, one.other_article_id))


def candidate_pairs(sketches: Sequence[Sketch]) -> list[tuple[Sketch, Sketch]]:
    """Return the pairs that a load of these articles compares, in the order of their ids."""
    every = _by_id(sketches)
    with pairing(sketches, ()) as db:
        pairs = db.execute(ENDS).fetchall()
    return [(every[one], every[other]) for one, other in pairs]


@contextmanager
def pairing(new: Sequence[Sketch], existing: Sequence[Sketch]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory in which the pairs to compare have been found."""
    keys = [(one.article_id, key) for one in [*new, *existing] for key in one.lookup_keys()]
    columns = {
        "article_id": [one for one, _ in keys],
        "story_key": [key for _, key in keys],
    }
    with connect() as db:
        db.register("keys", pa.table(columns))
        db.register("news", pa.table({"document_id": [one.article_id for one in new]}))
        db.execute("CREATE TABLE story_keys AS SELECT DISTINCT * FROM keys")
        db.execute("CREATE TABLE good AS FROM news")
        find_pairs(db)
        yield db


def _by_id(sketches: Iterable[Sketch]) -> dict[str, Sketch]:
    return {sketch.article_id: sketch for sketch in sketches}
