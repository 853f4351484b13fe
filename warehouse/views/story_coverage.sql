-- Which sites tell a story, and which that wrote in the same weeks do not?
CREATE OR REPLACE VIEW story_coverage AS
SELECT
    s.story_id,
    d.site,
    count(DISTINCT coalesce(d.url, d.article_id)) FILTER (WHERE d.story_id = s.story_id) AS articles_on_it,
    count(*) AS articles_in_those_weeks
FROM stories AS s
JOIN articles AS d
    ON d.published_on BETWEEN s.first_published_on - 7 AND s.last_published_on + 7
WHERE d.site IS NOT NULL
GROUP BY ALL
ORDER BY s.story_id, articles_on_it DESC, d.site;
