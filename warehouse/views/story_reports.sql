-- Which articles tell each story, who told it first, and what shows that they belong together?
CREATE OR REPLACE VIEW story_reports AS
WITH ends AS (
    SELECT article_id AS of, * FROM story_links
    UNION ALL
    SELECT other_article_id AS of, * FROM story_links
),
strongest AS (
    SELECT of, first(evidence ORDER BY similarity DESC, article_id, other_article_id) AS evidence
    FROM ends GROUP BY of
)
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
LEFT JOIN strongest AS l ON l.of = a.article_id
WINDOW w AS (PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.article_id)
ORDER BY a.story_id, report;
