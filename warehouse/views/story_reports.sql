-- Which articles tell each story, who told it first, and what shows that they belong together?
CREATE OR REPLACE VIEW story_reports AS
SELECT
    a.story_id,
    s.article_count,
    s.site_count,
    row_number() OVER w AS report,
    a.published_on,
    a.site,
    a.title,
    a.article_id,
    l.evidence
FROM articles AS a
JOIN stories AS s USING (story_id)
LEFT JOIN LATERAL (
    SELECT first(evidence ORDER BY similarity DESC, article_id, other_article_id) AS evidence FROM (
        SELECT * FROM story_links WHERE article_id = a.article_id
        UNION ALL
        SELECT * FROM story_links WHERE other_article_id = a.article_id
    )
) AS l ON true
WINDOW w AS (PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.article_id)
ORDER BY a.story_id, report;
