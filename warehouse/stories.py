"""Stories: the groups that the links of articles make, rebuilt whenever links have changed.

A story is named by the smallest article_id in it, so that it keeps its name whatever unrelated
articles come or go, and has the same name in whatever order its articles came.
"""

import duckdb

from warehouse.schema.address import ADDRESS
from warehouse.story_groups import Link, group

# A link goes with either of its articles; the links of what is loaded are staged anew.
DROP_LINKS = """
DELETE FROM story_links
WHERE article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone)
   OR other_article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone)
"""
# Versions of one address count once; where they are all, they are no story.
NAME_STORIES = f"""
CREATE OR REPLACE TEMP TABLE addresses AS
    SELECT document_id AS article_id, {ADDRESS} AS address FROM documents AS d;
DELETE FROM grouped WHERE story_id IN (
    SELECT story_id FROM grouped JOIN addresses USING (article_id)
    GROUP BY story_id HAVING count(DISTINCT address) < 2
);
UPDATE articles SET story_id = g.story_id
FROM grouped AS g
WHERE g.article_id = articles.article_id AND articles.story_id IS DISTINCT FROM g.story_id;
UPDATE articles SET story_id = NULL
WHERE story_id IS NOT NULL AND article_id NOT IN (SELECT article_id FROM grouped);
DELETE FROM stories;
INSERT INTO stories BY NAME
    SELECT
        story_id,
        count(DISTINCT address) AS article_count,
        count(DISTINCT site) AS site_count,
        min(published_on) AS first_published_on,
        max(published_on) AS last_published_on
    FROM articles JOIN addresses USING (article_id)
    WHERE story_id IS NOT NULL GROUP BY story_id ORDER BY story_id;
"""


def rebuild_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Group the articles by their links, and write the groups down, within the load's transaction."""
    links = db.execute(
        "SELECT article_id, other_article_id, similarity, is_copy FROM story_links"
    ).fetchall()
    rows = sorted(group(Link(*link) for link in links).items())
    db.execute("CREATE OR REPLACE TEMP TABLE grouped (article_id VARCHAR, story_id VARCHAR)")
    if rows:
        db.execute(
            "INSERT INTO grouped SELECT unnest($ids), unnest($stories)",
            {"ids": [row[0] for row in rows], "stories": [row[1] for row in rows]},
        )
    for statement in db.extract_statements(NAME_STORIES):
        db.execute(statement)
