-- Which names stand in the same articles?
CREATE OR REPLACE VIEW named_together AS
WITH named AS (SELECT DISTINCT article_id, entity_id FROM mentions)
SELECT
    l.entity_id,
    e.name,
    r.entity_id AS other_entity_id,
    o.name AS other_name,
    count(*) AS articles
FROM named AS l
JOIN named AS r ON r.article_id = l.article_id AND l.entity_id < r.entity_id
JOIN entities AS e ON e.entity_id = l.entity_id
JOIN entities AS o ON o.entity_id = r.entity_id
GROUP BY ALL
ORDER BY articles DESC, l.entity_id, r.entity_id;
