"""Group linked articles into stories; rebuilt whenever links have changed.

A story's id is made from the smallest article_id in it, so that it does not depend on unrelated articles
or on the order of loads.
"""

from collections.abc import Iterable

import duckdb

# A link is deleted with either of its articles; the links of loaded articles are staged again.
DROP_LINKS = """
DELETE FROM story_links
WHERE article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone)
   OR other_article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone)
"""
NAME_STORIES = """
UPDATE articles SET story_id = g.story_id
FROM grouped AS g
WHERE g.article_id = articles.article_id AND articles.story_id IS DISTINCT FROM g.story_id;
UPDATE articles SET story_id = NULL
WHERE story_id IS NOT NULL AND article_id NOT IN (SELECT article_id FROM grouped);
DELETE FROM stories;
INSERT INTO stories BY NAME
    SELECT
        story_id,
        count(*) AS article_count,
        count(DISTINCT site) AS site_count,
        min(published_on) AS first_published_on,
        max(published_on) AS last_published_on
    FROM articles WHERE story_id IS NOT NULL GROUP BY story_id ORDER BY story_id;
"""


def rebuild_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Group the articles by their links, and store the groups, within the load's transaction."""
    links = db.execute("SELECT article_id, other_article_id FROM story_links").fetchall()
    rows = sorted(group(links).items())
    db.execute("CREATE OR REPLACE TEMP TABLE grouped (article_id VARCHAR, story_id VARCHAR)")
    if rows:
        db.execute(
            "INSERT INTO grouped SELECT unnest($ids), unnest($stories)",
            {"ids": [row[0] for row in rows], "stories": [row[1] for row in rows]},
        )
    for statement in db.extract_statements(NAME_STORIES):
        db.execute(statement)


def group(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the story of each article that is linked to another.

    >>> group([("b" * 64, "c" * 64), ("a" * 64, "c" * 64)])["c" * 64]
    's-aaaaaaaaaaaa'
    """
    parents: dict[str, str] = {}
    for pair in links:
        roots = sorted(_root(parents, article) for article in pair)
        parents[roots[1]] = roots[0]
    return {article: "s-" + _root(parents, article)[:12] for article in parents}


def _root(parents: dict[str, str], article: str) -> str:
    """Return the smallest article of a group, and shorten the path to it."""
    root = article
    while (parent := parents.setdefault(root, root)) != root:
        root = parent
    while parents[article] != root:
        parents[article], article = root, parents[article]
    return root
