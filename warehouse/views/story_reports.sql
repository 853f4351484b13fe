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
    (
        SELECT l.evidence FROM story_links AS l
        WHERE a.article_id IN (l.article_id, l.other_article_id)
        ORDER BY l.similarity DESC, l.article_id, l.other_article_id LIMIT 1
    ) AS evidence
FROM articles AS a
JOIN stories AS s USING (story_id)
WINDOW w AS (PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.article_id)
ORDER BY a.story_id, report;
