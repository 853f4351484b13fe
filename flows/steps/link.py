"""Link the articles of a load to each other and to the articles in the warehouse."""

from typing import Any

from transforms.facts.extract import Facts
from transforms.stories.link import link_stories
from transforms.stories.sketch import Sketch, make_sketch
from warehouse.schema.tables import TABLES, StoryLink
from warehouse.store import fetch_rows

NEW = "SELECT document_id AS article_id FROM good"
# Articles that share a key with a new one; no others can be about the same events.
NEIGHBOURS = f"""
SELECT DISTINCT article_id FROM story_keys
WHERE story_key IN (SELECT story_key FROM story_keys WHERE article_id IN ({NEW}))
  AND article_id NOT IN ({NEW})
"""


def link_loaded(db: Any) -> list[StoryLink]:
    """Return the links of the articles that a load has just written, within its transaction."""
    return link_stories(_sketches(db, NEW), _sketches(db, NEIGHBOURS))


def _sketches(db: Any, wanted: str) -> list[Sketch]:
    facts = {
        table: _rows_by_article(db, table, wanted) for table in ("quotes", "quantities", "mentions")
    }
    articles = [row for rows in _rows_by_article(db, "articles", wanted).values() for row in rows]
    kinds = {
        row["entity_id"]: row["kind"] for row in fetch_rows(db, "SELECT entity_id, kind FROM entities")
    }
    return [_sketch(article, facts, kinds) for article in articles]


def _sketch(article: Any, facts: dict[str, dict[str, list[Any]]], kinds: dict[str, str]) -> Sketch:
    own = {table: tuple(rows.get(article.article_id, ())) for table, rows in facts.items()}
    return make_sketch(article, Facts(**own, candidates=()), kinds)


def _rows_by_article(db: Any, table: str, wanted: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in fetch_rows(db, f"SELECT * FROM {table} WHERE article_id IN ({wanted}) ORDER BY ALL"):
        found.setdefault(row["article_id"], []).append(TABLES[table](**row))
    return found
