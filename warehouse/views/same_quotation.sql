-- How do articles word the same quotation, and whom do they give as its speaker?
-- Only what an address shows now is compared, not the versions that it has replaced. Words are found
-- after the joins, so that one story costs what it holds.
CREATE OR REPLACE VIEW same_quotation AS
WITH several AS (
    SELECT split_part(url, '#', 1) AS address FROM documents
    WHERE url IS NOT NULL GROUP BY address HAVING count(*) > 1
),
replaced AS (
    SELECT document_id FROM documents WHERE split_part(url, '#', 1) IN (FROM several)
    QUALIFY row_number() OVER (
        PARTITION BY split_part(url, '#', 1)
        ORDER BY captured_at DESC NULLS LAST, first_run_id DESC, document_id
    ) > 1
),
pairs AS (
    SELECT
        a.site, l.speaker, l.relayed_by, l.text, l.article_id, l.position,
        b.site AS other_site, r.speaker AS other_speaker, r.relayed_by AS other_relayed_by,
        r.text AS other_text, r.article_id AS other_article_id, r.position AS other_position,
        a.story_id
    FROM articles AS a
    JOIN quotes AS l ON l.article_id = a.article_id
    JOIN story_links AS k ON k.article_id = a.article_id
    JOIN quotes AS r ON r.article_id = k.other_article_id
    JOIN articles AS b ON b.article_id = r.article_id
    WHERE l.kind = 'statement' AND r.kind = 'statement'
        AND l.article_id NOT IN (FROM replaced) AND r.article_id NOT IN (FROM replaced)
),
worded AS (
    SELECT
        *,
        list_distinct(regexp_split_to_array(lower(trim(text, ' ,.!?')), '[^\p{L}\p{N}]+')) AS words,
        list_distinct(regexp_split_to_array(lower(trim(other_text, ' ,.!?')), '[^\p{L}\p{N}]+')) AS other_words,
        len(list_intersect(words, other_words)) AS shared,
        least(len(words), len(other_words)) AS shorter
    FROM pairs
)
SELECT
    round(shared / shorter, 2) AS shared_words,
    text = other_text AS is_same_wording,
    site,
    speaker,
    relayed_by,
    text,
    other_site,
    other_speaker,
    other_relayed_by,
    other_text,
    article_id,
    other_article_id,
    story_id
FROM worded
WHERE shorter >= 6 AND shared >= 0.7 * shorter
ORDER BY shared_words DESC, article_id, position, other_article_id, other_position;
