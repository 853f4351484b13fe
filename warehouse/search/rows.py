"""The rows of the index: its tables, and what stands in them of an article."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import duckdb

from warehouse.search.words import TOKENIZER, index_text
from warehouse.store import fetch_numbered

SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE docs (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
    site TEXT, language TEXT, day TEXT, story TEXT,
    has_quote INTEGER, has_figure INTEGER, is_truncated INTEGER
);
CREATE TABLE said (
    doc INTEGER NOT NULL, position INTEGER NOT NULL, speaker TEXT, quote INTEGER NOT NULL
);
CREATE TABLE named (
    doc INTEGER NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (entity, doc)
) WITHOUT ROWID;
CREATE INDEX named_by_doc ON named (doc);
CREATE INDEX said_by_doc ON said (doc);
CREATE INDEX said_by_speaker ON said (speaker);
CREATE INDEX said_by_quote ON said (quote);
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize="{TOKENIZER}");
CREATE VIRTUAL TABLE quoted USING fts5(body, content='', tokenize="{TOKENIZER}");
"""
# The rows of the articles in the table `changed`, in the order of their numbers: they are found in one
# pass, so that a part of them is read quickly.
PREPARE = """
CREATE OR REPLACE TEMP TABLE changed_articles AS
SELECT number, article_id, title, text, site, language, CAST(published_on AS VARCHAR) AS day, story_id,
    is_truncated, article_id IN (SELECT article_id FROM quantities) AS has_figure, c.digest
FROM articles JOIN changed AS c USING (article_id) ORDER BY number;
CREATE OR REPLACE TEMP TABLE changed_said AS
SELECT number, article_id, position, text, coalesce(e.name, speaker) AS speaker
FROM quotes JOIN changed USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE quotes.kind = 'statement' ORDER BY number, position;
CREATE OR REPLACE TEMP TABLE changed_named AS
SELECT DISTINCT number, article_id, entity_id FROM mentions JOIN changed USING (article_id)
ORDER BY number, entity_id;
"""


def remove_articles(index: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Forget articles; their words stay in the index, under numbers that no article has."""
    gone = [(one,) for one in ids]
    for table in ("said", "named"):
        index.executemany(
            f"DELETE FROM {table} WHERE doc = (SELECT id FROM docs WHERE article_id = ?)", gone
        )
    index.executemany("DELETE FROM docs WHERE article_id = ?", gone)


def prepare_rows(db: duckdb.DuckDBPyConnection) -> None:
    """Find the rows of the articles in the table `changed`, which numbers them from 0."""
    for statement in db.extract_statements(PREPARE):
        db.execute(statement)


def add_articles(db: duckdb.DuckDBPyConnection, index: sqlite3.Connection, start: int, end: int) -> None:
    """Index the changed articles from one number up to another under the next numbers of the index."""
    said, named = (fetch_numbered(db, table, start, end) for table in ("changed_said", "changed_named"))
    rows = fetch_numbered(db, "changed_articles", start, end)
    last = index.execute("SELECT coalesce(max(rowid), 0) FROM words").fetchone()[0]
    numbers = {row["article_id"]: last + 1 + i for i, row in enumerate(rows)}
    quoting = {row["article_id"] for row in said}
    index.executemany(
        "INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_doc(row, numbers, quoting) for row in rows],
    )
    index.executemany(
        "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
        [
            (numbers[row["article_id"]], index_text(row["title"] or ""), index_text(row["text"]))
            for row in rows
        ],
    )
    _add_quotes(index, said, numbers)
    pairs = sorted((numbers[row["article_id"]], row["entity_id"]) for row in named)
    index.executemany("INSERT INTO named (doc, entity) VALUES (?, ?)", pairs)


def _doc(row: dict[str, Any], numbers: dict[str, int], quoting: set[str]) -> tuple[Any, ...]:
    name = row["article_id"]
    told = (row["site"], row["language"], row["day"], row["story_id"])
    return (
        numbers[name],
        name,
        row["digest"],
        *told,
        name in quoting,
        row["has_figure"],
        row["is_truncated"],
    )


def _add_quotes(
    index: sqlite3.Connection, said: Sequence[dict[str, Any]], numbers: dict[str, int]
) -> None:
    last = index.execute("SELECT coalesce(max(rowid), 0) FROM quoted").fetchone()[0]
    quotes = [(last + 1 + i, row) for i, row in enumerate(said)]
    index.executemany(
        "INSERT INTO quoted (rowid, body) VALUES (?, ?)",
        [(n, index_text(row["text"])) for n, row in quotes],
    )
    index.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?)",
        [(numbers[row["article_id"]], row["position"], row["speaker"], n) for n, row in quotes],
    )
