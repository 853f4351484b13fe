-- Which figures were changed, added or removed after publication?
CREATE OR REPLACE VIEW changed_figures AS
SELECT v.url, v.captured_at, a.title, v.figures_removed, v.figures_added, v.article_id
FROM article_versions AS v
JOIN articles AS a USING (article_id)
WHERE len(v.figures_removed) > 0 OR len(v.figures_added) > 0
ORDER BY v.url, v.captured_at;
