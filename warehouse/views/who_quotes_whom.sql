-- Who is quoted by which site, how often, and through whom at second hand?
CREATE OR REPLACE VIEW who_quotes_whom AS
SELECT
    coalesce(a.site, '(no site)') AS site,
    coalesce(e.name, q.speaker) AS speaker,
    coalesce(r.name, q.relayed_by) AS relayed_by,
    count(*) AS quotations,
    count(DISTINCT a.rowid) AS articles,
    min(a.published_on) AS first_published_on
FROM quotes AS q
JOIN articles AS a USING (article_id)
LEFT JOIN entities AS e ON e.entity_id = q.entity_id
LEFT JOIN entities AS r ON r.entity_id = q.relayed_by_entity_id
WHERE q.speaker IS NOT NULL
GROUP BY ALL
ORDER BY quotations DESC, site, speaker, relayed_by;
