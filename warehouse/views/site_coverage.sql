-- How much is there of each site, and what do its articles lack?
CREATE OR REPLACE VIEW site_coverage AS
SELECT
    coalesce(site, '(no site)') AS site,
    count(*) AS articles,
    sum(word_count) AS words,
    min(published_on) AS first_published_on,
    max(published_on) AS last_published_on,
    count(*) FILTER (WHERE title IS NULL) AS without_title,
    count(*) FILTER (WHERE author IS NULL) AS without_author,
    count(*) FILTER (WHERE published_on IS NULL) AS without_date,
    count(*) FILTER (WHERE is_truncated) AS truncated,
    round(avg(kept_share), 3) AS mean_kept_share
FROM articles
GROUP BY ALL;
