"""What the page of a search asks of the warehouse: texts that the index has found, and removed lines."""

from flows.reports.queries.story import HEADLINE
from flows.reports.words import DATA_ROLES

ARTICLES = """
SELECT article_id, title, site, language, published_on, published_precision, word_count, text,
    coalesce(q.quotes, 0) AS quotes, coalesce(f.figures, 0) AS figures
FROM articles LEFT JOIN (
    SELECT article_id, count(*) AS quotes FROM quotes
    WHERE kind = 'statement' AND article_id IN (SELECT unnest($ids)) GROUP BY article_id
) AS q USING (article_id) LEFT JOIN (
    SELECT article_id, count(*) AS figures FROM quantities
    WHERE article_id IN (SELECT unnest($ids)) GROUP BY article_id
) AS f USING (article_id) WHERE article_id IN (SELECT unnest($ids))
"""
QUOTES = """
SELECT q.article_id, q.position, q.text, q.speaker, q.entity_id, e.name AS entity_name, q.relayed_by,
    a.title, a.site, a.language, a.published_on, a.published_precision
FROM quotes AS q JOIN articles AS a USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE q.article_id IN (SELECT unnest($ids))
"""
NAMES = "SELECT entity_id, name FROM entities WHERE entity_id IN (SELECT unnest($ids))"
TITLES = f"""
SELECT story_id, {HEADLINE} AS title FROM articles
WHERE story_id IN (SELECT unnest($ids)) GROUP BY story_id
"""
# Lines that were removed; no index has them, so texts are read until enough of them hold the terms.
REMOVED = f"""
WITH found AS (
    SELECT document_id, text FROM documents WHERE {{in_text}} LIMIT $documents
)
SELECT f.document_id AS article_id, s.position, s.rule, a.title, a.site, a.language, a.published_on,
    a.published_precision,
    trim(substring(f.text, s.start_char + 1, s.end_char - s.start_char), ' ' || chr(10)) AS line
FROM found AS f JOIN segments AS s USING (document_id)
JOIN articles AS a ON a.article_id = f.document_id
WHERE NOT s.is_kept AND s.role NOT IN {("blank", *DATA_ROLES)} AND {{in_line}}
ORDER BY a.published_on DESC NULLS LAST, f.document_id, s.position LIMIT $lines
"""
