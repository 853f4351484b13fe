"""The pairs of articles that a load compares, and what the warehouse has of them.

All is kept in temporary tables, which can spill, and read in parts: a load of many articles needs no
more memory than one of a few. Articles are numbered from 0 in the order of their ids.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warehouse.schema.staged_sketch import StagedSketch
from warehouse.store import fetch_numbered

# A hundred outlets may print one report; what more share is a site's own phrase, or one text.
MOST_WITH_KEY, NEAREST = 200, 10  # articles with one key that are all compared; else so many each side
ARTICLES_AT_ONCE, PAIRS_AT_ONCE = 200, 100_000
MANY_NEW = 200_000  # articles of which the keys are too many to be looked for among all
TEXTS_IN_A_BLOCK = 1_024  # pairs are sorted by blocks of texts, so that few texts are in use at a time

# No pair without a new article is compared: both were there before. Of a key that many articles have,
# those next to each other in the order of their ids are compared: it ties copies in a chain.
# Articles are known by numbers here: ids of 64 characters in millions of pairs would fill the memory.
# Most keys have one article; they are left out first, so that what is joined is small. A hash takes a
# third of the memory of a key; two keys with one hash would only add pairs to compare. To look for keys
# of new articles alone saves time where they are few; a list of the keys of many would fill the memory.
SHARED = """
CREATE OR REPLACE TEMP TABLE shared AS
SELECT hash(story_key) AS key, count(*) AS holders FROM story_keys {only}
GROUP BY key HAVING count(*) > 1
"""
OF_NEW = """WHERE key IN (
    SELECT hash(story_key) FROM story_keys WHERE article_id IN (SELECT document_id FROM good)
)"""
PAIRS = f"""
CREATE OR REPLACE TEMP TABLE held AS
SELECT key, holders, article_id FROM story_keys JOIN shared ON key = hash(story_key);
DROP TABLE shared;
CREATE OR REPLACE TEMP TABLE numbered AS
WITH fresh AS (SELECT DISTINCT document_id AS article_id FROM good)
SELECT
    article_id, fresh.article_id IS NOT NULL AS is_new,
    CAST(row_number() OVER (ORDER BY article_id) AS INTEGER) AS number
FROM (SELECT DISTINCT article_id FROM held) LEFT JOIN fresh USING (article_id);
CREATE OR REPLACE TEMP TABLE key_holders AS
SELECT
    key, holders, number, is_new,
    row_number() OVER (PARTITION BY key ORDER BY number) AS place
FROM held JOIN numbered USING (article_id);
DROP TABLE held;
CREATE OR REPLACE TEMP TABLE met AS
SELECT one.number AS one, other.number AS other
FROM key_holders AS one JOIN key_holders AS other
    ON one.key = other.key AND one.number < other.number
WHERE (one.is_new OR other.is_new) AND one.holders <= {MOST_WITH_KEY};
INSERT INTO met
SELECT one.number, other.number
FROM (FROM key_holders, range(1, {NEAREST + 1}) AS steps(step) WHERE holders > {MOST_WITH_KEY}) AS one
JOIN key_holders AS other ON one.key = other.key AND one.place + one.step = other.place
WHERE one.is_new OR other.is_new;
DROP TABLE key_holders;
CREATE OR REPLACE TEMP TABLE paired AS SELECT DISTINCT * FROM met;
DROP TABLE met;
CREATE OR REPLACE TEMP TABLE compared AS
SELECT article_id, number AS of_all, CAST(row_number() OVER (ORDER BY number) - 1 AS INTEGER) AS number
FROM numbered WHERE number IN (SELECT one FROM paired UNION SELECT other FROM paired);
DROP TABLE numbered;
"""
STAGED = "SELECT number, s.* FROM staged_sketches AS s JOIN compared USING (article_id)"
# The articles to compare without a staged sketch, numbered in their order, and their rows.
UNSTAGED = """
CREATE OR REPLACE TEMP TABLE unstaged AS
SELECT article_id, number, CAST(row_number() OVER (ORDER BY number) - 1 AS INTEGER) AS place
FROM compared WHERE article_id NOT IN (SELECT article_id FROM staged_sketches)
"""
ROWS = """
CREATE OR REPLACE TEMP TABLE unstaged_{table} AS
SELECT place, u.number, t.* FROM {table} AS t JOIN unstaged AS u USING (article_id) ORDER BY place
"""
# Equal sketches are one text: copies are compared with others once.
SORTED = f"""
CREATE OR REPLACE TEMP TABLE texts AS
SELECT of_all, number, CAST(min(number) OVER (PARTITION BY digest) AS INTEGER) AS text
FROM compared JOIN digests USING (number);
CREATE OR REPLACE TEMP TABLE sorted_pairs AS
WITH sorted AS (
    SELECT least(a.text, b.text) AS text, greatest(a.text, b.text) AS other_text,
        a.number AS one, b.number AS other
    FROM paired JOIN texts AS a ON a.of_all = paired.one JOIN texts AS b ON b.of_all = paired.other
    ORDER BY least(a.text, b.text) // {TEXTS_IN_A_BLOCK}, greatest(a.text, b.text) // {TEXTS_IN_A_BLOCK},
        1, 2, 3, 4
)
SELECT row_number() OVER () - 1 AS place, * FROM sorted;
DROP TABLE paired;
DROP TABLE texts;
"""
COLUMNS_OF_PAIRS = ("text", "other_text", "one", "other")
SORTED_PART = f"""
SELECT {", ".join(COLUMNS_OF_PAIRS)} FROM sorted_pairs
WHERE place >= $start AND place < $start + $most ORDER BY place
"""
NAMES = "SELECT number, article_id FROM compared WHERE number IN (SELECT unnest($numbers))"


def find_pairs(db: duckdb.DuckDBPyConnection) -> None:
    """Find the pairs of articles that share a key and have a new one in them: one of the table `good`.

    They are in the table `paired`, each once, the article with the smaller id first; `compared` numbers
    their articles.
    """
    are_many = _count(db, "good") > MANY_NEW
    db.execute(SHARED.format(only="" if are_many else OF_NEW))
    for statement in db.extract_statements(PAIRS):
        db.execute(statement)


def read_staged_sketches(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, StagedSketch]]:
    """Yield the staged sketches of the articles to compare with their numbers, in no order."""
    for batch in db.sql(STAGED).to_arrow_reader(ARTICLES_AT_ONCE):
        for row in batch.to_pylist():
            yield row.pop("number"), StagedSketch(**row)


def read_unstaged(
    db: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Yield the rows of some of the other articles to compare, by table, with the articles' numbers."""
    names = tuple(tables)
    db.execute(UNSTAGED)
    for table in names:
        db.execute(ROWS.format(table=table))
    for start in range(0, _count(db, "unstaged"), ARTICLES_AT_ONCE):
        end = start + ARTICLES_AT_ONCE
        yield {
            table: fetch_numbered(db, f"unstaged_{table}", start, end, number="place") for table in names
        }
    for table in names:
        db.execute(f"DROP TABLE unstaged_{table}")
    db.execute("DROP TABLE unstaged")


def count_compared(db: duckdb.DuckDBPyConnection) -> int:
    """Return how many articles are compared."""
    return _count(db, "compared")


def count_pairs(db: duckdb.DuckDBPyConnection) -> int:
    """Return how many pairs are sorted."""
    return _count(db, "sorted_pairs")


def _count(db: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def sort_pairs(db: duckdb.DuckDBPyConnection, digests: bytes | bytearray) -> None:
    """Sort the pairs by their texts; `digests` are those of the compared articles, one after another."""
    count = count_compared(db)
    width = pa.binary(len(digests) // max(count, 1))
    column = pa.Array.from_buffers(width, count, [None, pa.py_buffer(digests)])
    numbers = pa.array(range(count), pa.int64())
    db.register("digests", pa.table({"number": numbers, "digest": column}))
    for statement in db.extract_statements(SORTED):
        db.execute(statement)
    db.unregister("digests")


def read_pairs(db: duckdb.DuckDBPyConnection) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the sorted pairs, some at a time: a row has the numbers of two texts and of two articles."""
    for start in range(0, count_pairs(db), PAIRS_AT_ONCE):
        found = db.execute(SORTED_PART, {"start": start, "most": PAIRS_AT_ONCE}).fetchnumpy()
        yield np.column_stack([found[name] for name in COLUMNS_OF_PAIRS]).astype(np.int64)


def name_articles(db: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the ids of compared articles by their numbers."""
    return dict(db.execute(NAMES, {"numbers": list(numbers)}).fetchall())
