-- Which names stand in the same articles?
CREATE OR REPLACE VIEW named_together AS
WITH named AS NOT MATERIALIZED (SELECT DISTINCT article_id, entity_id FROM mentions),
pairs AS (
    SELECT l.entity_id, r.entity_id AS other_entity_id, count(*) AS articles
    FROM named AS l
    JOIN named AS r ON r.article_id = l.article_id AND l.entity_id < r.entity_id
    GROUP BY ALL
)
SELECT p.entity_id, e.name, p.other_entity_id, o.name AS other_name, p.articles
FROM pairs AS p
JOIN entities AS e ON e.entity_id = p.entity_id
JOIN entities AS o ON o.entity_id = p.other_entity_id
ORDER BY p.articles DESC, p.entity_id, p.other_entity_id;
