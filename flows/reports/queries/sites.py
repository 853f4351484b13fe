"""What the pages of sites ask of the warehouse."""

from flows.reports.queries.overview import NIGHTS
from flows.reports.words import DATA_ROLES

SHARES = """count(title) / count(*) AS titled, count(author) / count(*) AS signed,
    count(published_on) / count(*) AS dated, avg(kept_share) AS kept_share"""
# What has no address comes last, so that the articles of all rows are all articles.
LISTED = f"""
SELECT a.site, count(*) AS articles, {SHARES},
    list(DISTINCT language ORDER BY language)[:4] AS languages
FROM articles AS a GROUP BY a.site ORDER BY a.site IS NULL, articles DESC, a.site
"""
SITE = f"""
SELECT count(*) AS articles, sum(word_count)::BIGINT AS words, {SHARES},
    avg(CAST(is_truncated AS INT)) AS truncated
FROM articles WHERE site = $name HAVING count(*) > 0
"""
NAMES = "SELECT DISTINCT site AS name FROM articles WHERE site IS NOT NULL"
NIGHTS_OF = f"""
WITH nights AS (
    SELECT run_id, started_at FROM runs WHERE flow = 'ingest' AND status = 'completed'
    ORDER BY started_at DESC, run_id DESC LIMIT {NIGHTS}
)
SELECT n.run_id, n.started_at, coalesce(s.articles, 0) AS articles
FROM nights AS n LEFT JOIN run_sites AS s ON s.run_id = n.run_id AND s.site = $name
ORDER BY n.started_at, n.run_id
"""
NEWEST = """
SELECT article_id, title, a.language, published_on, published_precision, kept_share
FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
WHERE a.site = $name ORDER BY first_run_id DESC, article_id LIMIT 30
"""
# Lines that the cleaner removed from several documents of the site: its boilerplate.
BOILERPLATE = f"""
WITH chosen AS (
    SELECT document_id, text FROM documents WHERE site = $name
    ORDER BY first_run_id DESC, document_id LIMIT 200
)
SELECT trim(substring(d.text, s.start_char + 1, s.end_char - s.start_char), ' ' || chr(10)) AS line,
    any_value(s.role) AS role, any_value(s.rule) AS rule, count(DISTINCT s.document_id) AS documents
FROM segments AS s JOIN chosen AS d USING (document_id)
WHERE NOT s.is_kept AND s.role NOT IN {("blank", *DATA_ROLES)}
    AND s.end_char - s.start_char < 300
GROUP BY line ORDER BY documents DESC, line LIMIT 25
"""
SPEAKERS = """
SELECT coalesce(e.name, q.speaker) AS name, any_value(q.entity_id) AS entity_id, count(*) AS quotes
FROM quotes AS q JOIN articles AS a USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE a.site = $name AND q.speaker IS NOT NULL GROUP BY ALL ORDER BY quotes DESC, name LIMIT 12
"""
