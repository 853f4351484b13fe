-- Which figures do outlets give for the same thing, and how far are they apart?
CREATE OR REPLACE VIEW figures_side_by_side AS
WITH told AS (
    SELECT
        coalesce(e.name, q.subject) AS thing,
        q.unit,
        coalesce(q.verb, '') AS verb,
        a.site,
        a.published_on,
        a.article_id,
        q.hedge,
        q.value,
        coalesce(q.value_high, q.value) AS value_high,
        q.sentence
    FROM quantities AS q
    JOIN articles AS a USING (article_id)
    LEFT JOIN entities AS e USING (entity_id)
    WHERE q.unit IS NOT NULL AND q.subject IS NOT NULL
)
SELECT
    thing,
    unit,
    count(*) OVER w AS told_times,
    round(max(value_high) OVER w / nullif(min(value) OVER w, 0), 2) AS highest_to_lowest,
    value,
    hedge,
    verb,
    site,
    published_on,
    article_id,
    sentence
FROM told
WINDOW w AS (PARTITION BY thing, unit)
ORDER BY told_times DESC, thing, unit, value, article_id;
