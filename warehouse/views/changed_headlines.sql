-- Which headlines were rewritten after publication?
CREATE OR REPLACE VIEW changed_headlines AS
SELECT v.url, v.captured_at, v.previous_title, a.title, v.article_id
FROM article_versions AS v
JOIN articles AS a USING (article_id)
WHERE v.previous_title IS NOT NULL
ORDER BY v.url, v.captured_at;
