-- When is each entity written about, how often, and by how many sites?
CREATE OR REPLACE VIEW entities_over_time AS
SELECT
    CAST(date_trunc('month', a.published_on) AS DATE) AS month,
    m.entity_id,
    e.name,
    e.kind,
    count(*) AS mentions,
    count(DISTINCT m.article_id) AS articles,
    count(DISTINCT a.site) AS sites
FROM mentions AS m
JOIN articles AS a USING (article_id)
JOIN entities AS e USING (entity_id)
GROUP BY ALL
ORDER BY month, articles DESC, mentions DESC, m.entity_id;
