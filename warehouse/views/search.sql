-- Which articles contain all of these words, and how often? Call it as search('two words').
CREATE OR REPLACE MACRO search(words) AS TABLE
WITH wanted AS (
    SELECT DISTINCT unnest(string_split_regex(lower(trim(words)), '\s+')) AS word
), counted AS (
    SELECT
        a.article_id,
        a.title,
        a.site,
        a.language,
        a.published_on,
        w.word,
        len(string_split(lower(concat_ws(' ', a.title, a.text)), w.word)) - 1 AS times
    FROM articles AS a
    CROSS JOIN wanted AS w
)
SELECT article_id, title, site, language, published_on, CAST(sum(times) AS BIGINT) AS times
FROM counted
GROUP BY ALL
HAVING min(times) > 0
ORDER BY times DESC, article_id;
