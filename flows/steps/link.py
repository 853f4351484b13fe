"""Link the articles of a load with each other and with those that the warehouse already has."""

from typing import Any

from transforms.facts.extract import Facts
from transforms.stories.link import MOST_WITH_KEY, NEAREST, link_stories
from transforms.stories.sketch import Sketch, make_sketch
from warehouse.schema.tables import TABLES, StoryLink
from warehouse.store import fetch_rows

# A person whom another article introduces must not change what this one shares.
KNOWN = "SELECT entity_id, kind FROM entities WHERE NOT is_candidate"
NEW = "SELECT document_id AS article_id FROM good"
# Those that share a key with a new article; no others can report the same events. Of a key that many
# hold, such as that of a text with copies without end, only the nearest in the order of their ids.
NEIGHBOURS = f"""
WITH keys AS (SELECT DISTINCT story_key FROM story_keys WHERE article_id IN ({NEW})),
held AS (
    SELECT
        story_key,
        article_id,
        article_id IN ({NEW}) AS is_new,
        row_number() OVER (PARTITION BY story_key ORDER BY article_id) AS place,
        count(*) OVER (PARTITION BY story_key) AS holders
    FROM story_keys WHERE story_key IN (SELECT story_key FROM keys)
)
SELECT DISTINCT other.article_id
FROM held AS one JOIN held AS other USING (story_key)
WHERE one.is_new AND NOT other.is_new
  AND (one.holders <= {MOST_WITH_KEY} OR abs(one.place - other.place) <= {NEAREST})
"""


def link_loaded(db: Any) -> list[StoryLink]:
    """Return the links of the articles that a load has just written, within its transaction."""
    return link_stories(_sketches(db, NEW), _sketches(db, NEIGHBOURS))


def _sketches(db: Any, wanted: str) -> list[Sketch]:
    facts = {
        table: _rows_by_article(db, table, wanted) for table in ("quotes", "quantities", "mentions")
    }
    articles = [row for rows in _rows_by_article(db, "articles", wanted).values() for row in rows]
    kinds = {row["entity_id"]: row["kind"] for row in fetch_rows(db, KNOWN)}
    return [_sketch(article, facts, kinds) for article in articles]


def _sketch(article: Any, facts: dict[str, dict[str, list[Any]]], kinds: dict[str, str]) -> Sketch:
    own = {table: tuple(rows.get(article.article_id, ())) for table, rows in facts.items()}
    return make_sketch(article, Facts(**own, candidates=()), kinds)


def _rows_by_article(db: Any, table: str, wanted: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in fetch_rows(db, f"SELECT * FROM {table} WHERE article_id IN ({wanted}) ORDER BY ALL"):
        found.setdefault(row["article_id"], []).append(TABLES[table](**row))
    return found
