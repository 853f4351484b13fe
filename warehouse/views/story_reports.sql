-- Which articles tell each story, who told it first, and what shows that they belong together?
CREATE OR REPLACE VIEW story_reports AS
WITH ends AS (
    SELECT a.story_id, a.article_id AS of, k.*
    FROM articles AS a JOIN story_links AS k ON k.article_id = a.article_id
    UNION ALL
    SELECT a.story_id, a.article_id AS of, k.*
    FROM articles AS a JOIN story_links AS k ON k.other_article_id = a.article_id
),
strongest AS (
    SELECT story_id, of, first(evidence ORDER BY similarity DESC, article_id, other_article_id) AS evidence
    FROM ends WHERE story_id IS NOT NULL GROUP BY story_id, of
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
LEFT JOIN strongest AS l ON l.story_id = a.story_id AND l.of = a.article_id
WINDOW w AS (PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.article_id)
ORDER BY a.story_id, report;
