-- Which articles were corrected after publication, and what else changed with the note?
CREATE OR REPLACE VIEW corrections_seen AS
SELECT v.url, v.captured_at, a.title, v.correction, v.changes, v.article_id
FROM article_versions AS v
JOIN articles AS a USING (article_id)
WHERE v.correction IS NOT NULL
ORDER BY v.url, v.captured_at;
