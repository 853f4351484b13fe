"""What the pages of rules ask of the warehouse."""

from flows.reports.words import DATA_ROLES

# Characters that each rule decided about: kept, taken as data (in a field of the article) or removed.
LISTED = f"""
SELECT rule, list(DISTINCT role ORDER BY role) AS roles, sum(segments)::BIGINT AS segments,
    sum(n)::BIGINT AS characters, coalesce(sum(n) FILTER (is_kept), 0)::BIGINT AS kept,
    coalesce(sum(n) FILTER (NOT is_kept AND role IN {DATA_ROLES}), 0)::BIGINT AS taken,
    characters - kept - taken AS removed
FROM (
    SELECT rule, role, is_kept, count(*) AS segments, sum(end_char - start_char) AS n
    FROM segments WHERE role <> 'blank' GROUP BY rule, role, is_kept
) GROUP BY rule ORDER BY removed DESC, characters DESC, rule
"""
ROLES = """
SELECT role, is_kept, count(*) AS segments, sum(end_char - start_char)::BIGINT AS characters,
    avg(score) AS score
FROM segments WHERE rule = $rule GROUP BY role, is_kept ORDER BY segments DESC, role
"""
# The same rule under each version of the cleaner: what changed with an update.
VERSIONS = """
WITH ruled AS (
    SELECT document_id, count(*) AS segments FROM segments WHERE rule = $rule GROUP BY document_id
)
SELECT split_part(d.cleaner_version, '#', 1) AS cleaner_version,
    min(d.first_run_id) FILTER (r.segments > 0) AS since, sum(r.segments)::BIGINT AS segments,
    count(r.segments) AS documents, count(*) AS of_documents
FROM documents AS d LEFT JOIN ruled AS r USING (document_id)
GROUP BY 1 HAVING count(r.segments) > 0 ORDER BY since DESC LIMIT 10
"""
EXAMPLES = """
WITH chosen AS (
    SELECT document_id, start_char, end_char, role, is_kept FROM segments
    WHERE rule = $rule AND role <> 'blank' LIMIT 3000
)
SELECT DISTINCT ON (line)
    trim(
        substring(d.text, c.start_char + 1, least(c.end_char - c.start_char, 300)), ' ' || chr(10)
    ) AS line,
    c.role, c.is_kept, a.article_id, a.title, a.language
FROM chosen AS c JOIN documents AS d USING (document_id)
JOIN articles AS a ON a.article_id = c.document_id
ORDER BY line, a.article_id LIMIT 40
"""
FACTS = {
    "quotes": """
        SELECT q.text AS line, a.article_id, a.title, a.language FROM quotes AS q JOIN articles AS a
        USING (article_id) WHERE q.rule = $rule ORDER BY q.article_id, q.position LIMIT 40""",
    "quantities": """
        SELECT q.text AS line, a.article_id, a.title, a.language FROM quantities AS q JOIN articles AS a
        USING (article_id) WHERE q.rule = $rule ORDER BY q.article_id, q.position LIMIT 40""",
}
# What is in quotation marks and said by nobody is no quote, here as on all other pages.
FACT_RULES = """
SELECT CASE kind WHEN 'statement' THEN 'quotes' ELSE 'terms' END AS found, rule, count(*) AS n
FROM quotes GROUP BY found, rule
UNION ALL SELECT 'figures', rule, count(*) FROM quantities GROUP BY rule
ORDER BY found = 'terms', found = 'figures', n DESC, rule
"""
NAMES = """
SELECT DISTINCT rule AS name FROM segments
UNION SELECT rule FROM quotes UNION SELECT rule FROM quantities
"""
