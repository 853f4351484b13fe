-- Who said which words, in which article?
CREATE OR REPLACE VIEW said AS
SELECT
    coalesce(e.name, q.speaker) AS speaker,
    q.text AS words,
    coalesce(r.name, q.relayed_by) AS relayed_by,
    a.site,
    a.published_on,
    a.title,
    q.article_id,
    q.position
FROM quotes AS q
JOIN articles AS a USING (article_id)
LEFT JOIN entities AS e ON e.entity_id = q.entity_id
LEFT JOIN entities AS r ON r.entity_id = q.relayed_by_entity_id
WHERE q.kind = 'statement'
ORDER BY a.published_on NULLS LAST, q.article_id, q.position;
