-- When is each entity written about, how often, and by how many sites?
CREATE OR REPLACE VIEW entities_over_time AS
WITH counted AS (
    SELECT a.rowid, a.site, a.published_on, m.entity_id, count(*) AS mentions
    FROM mentions AS m
    JOIN articles AS a USING (article_id)
    GROUP BY ALL
)
SELECT
    CAST(date_trunc('month', published_on) AS DATE) AS month,
    entity_id,
    name,
    kind,
    CAST(sum(mentions) AS BIGINT) AS mentions,
    count(*) AS articles,
    count(DISTINCT site) AS sites
FROM counted
JOIN entities USING (entity_id)
GROUP BY ALL
ORDER BY month, articles DESC, mentions DESC, entity_id;
