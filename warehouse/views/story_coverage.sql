-- Which sites tell a story, and which that wrote in the same weeks do not?
CREATE OR REPLACE VIEW story_coverage AS
WITH days AS (
    SELECT site, published_on, count(*) AS articles FROM articles
    WHERE site IS NOT NULL AND published_on IS NOT NULL GROUP BY ALL
),
in_those_weeks AS (
    SELECT s.story_id, d.site, CAST(sum(d.articles) AS BIGINT) AS articles
    FROM stories AS s
    JOIN days AS d ON d.published_on BETWEEN s.first_published_on - 7 AND s.last_published_on + 7
    GROUP BY ALL
),
on_it AS (
    SELECT story_id, site, count(DISTINCT coalesce(url, article_id)) AS articles FROM articles
    WHERE site IS NOT NULL AND published_on IS NOT NULL AND story_id IS NOT NULL GROUP BY ALL
)
SELECT
    w.story_id,
    w.site,
    coalesce(o.articles, 0) AS articles_on_it,
    w.articles AS articles_in_those_weeks
FROM in_those_weeks AS w
LEFT JOIN on_it AS o ON o.story_id = w.story_id AND o.site = w.site
ORDER BY w.story_id, articles_on_it DESC, w.site;
