-- Where does a word stand, and between which words? Call it as in_context('word').
CREATE OR REPLACE MACRO in_context(word) AS TABLE
WITH lines AS (
    SELECT
        article_id,
        site,
        published_on,
        '(?is)^(.*?)(' || regexp_escape(word) || ')(.*)$' AS pattern,
        unnest(regexp_extract_all(text, '(?is).{0,50}' || regexp_escape(word) || '.{0,50}')) AS line
    FROM articles
    WHERE regexp_matches(text, '(?i)' || regexp_escape(word))
)
SELECT
    regexp_extract(line, pattern, 1) AS before,
    regexp_extract(line, pattern, 2) AS word,
    regexp_extract(line, pattern, 3) AS after,
    site,
    published_on,
    article_id
FROM lines
ORDER BY published_on NULLS LAST, article_id, line;
