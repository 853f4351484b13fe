-- How many articles does each site publish in each week?
CREATE OR REPLACE VIEW coverage_by_week AS
SELECT
    CAST(date_trunc('week', published_on) AS DATE) AS week,
    coalesce(site, '(no site)') AS site,
    count(*) AS articles,
    sum(word_count) AS words,
    count(DISTINCT story_id) AS stories
FROM articles
WHERE published_precision = 'day'
GROUP BY ALL
ORDER BY week, articles DESC, site;
