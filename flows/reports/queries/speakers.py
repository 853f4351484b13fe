"""What the pages of speakers ask of the warehouse: who is quoted, and with which words."""

PER_PAGE, QUOTES_SHOWN = 200, 100
# Speakers by the name of their entity, or as articles give it where they have none.
LISTED = """
SELECT coalesce(e.name, q.speaker) AS name, max(q.entity_id) AS entity_id, count(*) AS quotes,
    count(DISTINCT q.article_id) AS articles, count(DISTINCT a.site) AS sites,
    arg_max(q.text, coalesce(a.published_on, DATE '0001-01-01')) AS newest,
    max(a.published_on) AS last_published_on
FROM quotes AS q JOIN articles AS a USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE q.speaker IS NOT NULL GROUP BY 1 ORDER BY quotes DESC, name
"""
TOTALS = """
SELECT count(*) FILTER (kind = 'statement') AS quotes, count(speaker) AS attributed,
    count(*) FILTER (kind <> 'statement') AS terms
FROM quotes
"""
# Without an entity: those have pages of their own, which show what they say.
NAMES = "SELECT DISTINCT speaker AS name FROM quotes WHERE entity_id IS NULL AND speaker IS NOT NULL"
OF_SPEAKER = """
SELECT q.article_id, q.text, q.relayed_by, a.title, a.site, a.language, a.published_on,
    a.published_precision
FROM quotes AS q JOIN articles AS a USING (article_id)
WHERE q.speaker = $name AND q.entity_id IS NULL
ORDER BY a.published_on DESC NULLS LAST, q.article_id, q.position
"""
