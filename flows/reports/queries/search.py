"""What the page of a search asks of the warehouse: the texts of what the index has found."""

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
TITLES = """
SELECT story_id, arg_min(title, coalesce(published_on, DATE '9999-01-01')) AS title FROM articles
WHERE title IS NOT NULL AND story_id IN (SELECT unnest($ids)) GROUP BY story_id
"""
