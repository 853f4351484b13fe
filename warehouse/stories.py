"""Stories: the groups that the links of articles make, found anew where links have changed.

A story is named by the smallest article_id in it, so that it keeps its name whatever unrelated
articles come or go, and has the same name in whatever order its articles came. Groups that no changed
link leads to stay as they are, so a load costs what it brings, not what the warehouse holds.
"""

import duckdb

from warehouse.schema.address import ADDRESS
from warehouse.story_groups import Link, group

# One step along the links, until there is none: then all articles of a group are among them, or none.
FOLLOW_LINKS = """
INSERT INTO regrouped
    SELECT other_article_id FROM story_links WHERE article_id IN (FROM regrouped)
    UNION SELECT article_id FROM story_links WHERE other_article_id IN (FROM regrouped)
    EXCEPT FROM regrouped
"""
# A link goes with either of its articles; the links of what is loaded are staged anew. The articles at
# the ends of links that go, or that come, are those from which groups are found anew.
DROP_LINKS = f"""
CREATE TEMP TABLE regrouped AS
    SELECT document_id AS article_id FROM good UNION SELECT document_id FROM gone;
{FOLLOW_LINKS};
DELETE FROM story_links
WHERE article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone)
   OR other_article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone);
"""
LINKS = """
SELECT article_id, other_article_id, similarity, is_copy FROM story_links
WHERE article_id IN (FROM regrouped)
"""
# Before the rows of articles are replaced: the stories that may lose some.
STORIES_BEFORE = """
CREATE TEMP TABLE stories_before AS SELECT DISTINCT story_id FROM articles
WHERE article_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone);
"""
# Versions of one address count once; where they are all, they are no story.
NAME_STORIES = f"""
CREATE OR REPLACE TEMP TABLE addresses AS
    SELECT document_id AS article_id, {ADDRESS} AS address FROM documents AS d
    WHERE document_id IN (FROM regrouped);
DELETE FROM grouped WHERE story_id IN (
    SELECT story_id FROM grouped JOIN addresses USING (article_id)
    GROUP BY story_id HAVING count(DISTINCT address) < 2
);
INSERT INTO stories_before
    SELECT story_id FROM articles WHERE story_id IS NOT NULL AND article_id IN (FROM regrouped)
    UNION SELECT story_id FROM grouped;
UPDATE articles SET story_id = g.story_id
FROM grouped AS g
WHERE g.article_id = articles.article_id AND articles.story_id IS DISTINCT FROM g.story_id;
UPDATE articles SET story_id = NULL
WHERE story_id IS NOT NULL AND article_id IN (FROM regrouped)
  AND article_id NOT IN (SELECT article_id FROM grouped);
DELETE FROM stories WHERE story_id IN (FROM stories_before);
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

# Every group as it is, in place of those that changed links lead to.
AS_THEY_ARE = """
CREATE OR REPLACE TEMP TABLE grouped AS
    SELECT article_id, story_id FROM articles WHERE story_id IS NOT NULL;
CREATE OR REPLACE TEMP TABLE regrouped AS SELECT article_id FROM grouped;
CREATE OR REPLACE TEMP TABLE stories_before AS SELECT story_id FROM stories;
"""


def regroup_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Group the articles that changed links lead to, and write the groups down, within the load."""
    while db.execute(FOLLOW_LINKS).fetchall()[0][0]:
        pass
    links = db.execute(LINKS).fetchall()
    rows = sorted(group(Link(*link) for link in links).items())
    db.execute("CREATE OR REPLACE TEMP TABLE grouped (article_id VARCHAR, story_id VARCHAR)")
    if rows:
        db.execute(
            "INSERT INTO grouped SELECT unnest($ids), unnest($stories)",
            {"ids": [row[0] for row in rows], "stories": [row[1] for row in rows]},
        )
    db.execute(NAME_STORIES)


def count_stories_again(db: duckdb.DuckDBPyConnection) -> None:
    """Write all stories down again, with the groups that they have."""
    db.execute(AS_THEY_ARE)
    db.execute(NAME_STORIES)
