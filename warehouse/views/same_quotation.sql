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
said AS NOT MATERIALIZED (
    SELECT q.article_id, q.position, q.text, q.speaker, q.relayed_by, a.site, a.story_id
    FROM articles AS a
    JOIN quotes AS q USING (article_id)
    WHERE q.kind = 'statement' AND q.article_id NOT IN (FROM replaced)
),
worded AS (
    SELECT *, list_distinct(regexp_split_to_array(lower(trim(text, ' ,.!?')), '[^\p{L}\p{N}]+')) AS words
    FROM said
    WHERE len(words) >= 6
),
compared AS (
    SELECT
        l.*,
        r.* RENAME (article_id AS other_article_id, position AS other_position, text AS other_text,
            speaker AS other_speaker, relayed_by AS other_relayed_by, site AS other_site,
            story_id AS other_story_id),
        list_distinct(regexp_split_to_array(lower(trim(r.text, ' ,.!?')), '[^\p{L}\p{N}]+')) AS other_words,
        len(list_intersect(words, other_words)) AS shared,
        least(len(words), len(other_words)) AS shorter
    FROM worded AS l
    JOIN story_links AS k ON k.article_id = l.article_id
    JOIN said AS r ON r.article_id = k.other_article_id
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
FROM compared
WHERE len(other_words) >= 6 AND shared >= 0.7 * shorter
ORDER BY shared_words DESC, article_id, position, other_article_id, other_position;
