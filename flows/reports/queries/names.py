"""What the pages of names ask of the warehouse."""

PER_PAGE = 200
# Entities that articles mention, and speakers who are no entity: both by the articles that have them.
# Hashes of 64 bits are counted in two thirds of the time of ids; two articles never share one.
LISTED = """
WITH said AS MATERIALIZED (
    SELECT coalesce(e.name, q.speaker) AS name, count(*) AS quotes,
        count(DISTINCT hash(q.article_id)) AS articles
    FROM quotes AS q LEFT JOIN entities AS e USING (entity_id) WHERE q.speaker IS NOT NULL GROUP BY 1
), named AS MATERIALIZED (
    SELECT entity_id, count(*) AS mentions, count(DISTINCT hash(article_id)) AS articles
    FROM mentions GROUP BY entity_id
)
SELECT e.entity_id, e.name, e.kind, e.is_candidate, e.aliases, n.mentions, n.articles,
    coalesce(s.quotes, 0) AS quotes
FROM named AS n JOIN entities AS e USING (entity_id)
LEFT JOIN said AS s USING (name)
UNION ALL BY NAME SELECT name, articles, quotes FROM said WHERE name NOT IN (SELECT name FROM entities)
ORDER BY articles DESC, name
"""
NAME = "SELECT * FROM entities WHERE entity_id = $id"
SURFACES = """
SELECT surface, count(*) AS times FROM mentions WHERE entity_id = $id
GROUP BY surface ORDER BY times DESC, surface LIMIT 30
"""
MONTHS = """
SELECT date_trunc('month', a.published_on)::DATE AS month, count(*) AS articles,
    count(DISTINCT a.site) AS sites
FROM articles AS a
WHERE article_id IN (SELECT article_id FROM mentions WHERE entity_id = $id)
    AND a.published_on IS NOT NULL GROUP BY month ORDER BY month DESC LIMIT 24
"""
SITES = """
SELECT a.site, count(*) AS articles FROM articles AS a
WHERE article_id IN (SELECT article_id FROM mentions WHERE entity_id = $id) AND a.site IS NOT NULL
GROUP BY a.site ORDER BY articles DESC, a.site LIMIT 15
"""
SAID = """
SELECT q.article_id, q.position, q.text, a.title, a.site, a.language, a.published_on,
    a.published_precision
FROM quotes AS q JOIN articles AS a USING (article_id)
WHERE q.entity_id = $id OR (q.entity_id IS NULL AND q.speaker = $name)
ORDER BY a.published_on DESC NULLS LAST, q.article_id, q.position LIMIT 40
"""
FIGURES = """
SELECT q.article_id, q.position, q.text, q.sentence, a.title, a.site, a.language, a.published_on,
    a.published_precision
FROM quantities AS q JOIN articles AS a USING (article_id) WHERE q.entity_id = $id
ORDER BY a.published_on DESC NULLS LAST, q.article_id, q.position LIMIT 40
"""
WITH_IT = """
SELECT m.entity_id, e.name, count(DISTINCT m.article_id) AS articles
FROM mentions AS m JOIN entities AS e USING (entity_id)
WHERE m.article_id IN (SELECT DISTINCT article_id FROM mentions WHERE entity_id = $id LIMIT 2000)
    AND m.entity_id <> $id
GROUP BY ALL ORDER BY articles DESC, e.name LIMIT 15
"""
