-- How do articles word the same quotation, and whom do they give as its speaker?
-- Only what an address shows now is compared, not the versions that it has replaced.
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
    SELECT
        q.article_id,
        q.position,
        q.text,
        q.speaker,
        q.relayed_by,
        a.site,
        a.story_id,
        list_distinct(regexp_split_to_array(lower(trim(q.text, ' ,.!?')), '[^\p{L}\p{N}]+')) AS words
    FROM quotes AS q
    JOIN articles AS a USING (article_id)
    WHERE q.kind = 'statement' AND q.article_id NOT IN (FROM replaced) AND len(words) >= 6
)
SELECT
    round(len(list_intersect(l.words, r.words)) / least(len(l.words), len(r.words)), 2) AS shared_words,
    l.text = r.text AS is_same_wording,
    l.site,
    l.speaker,
    l.relayed_by,
    l.text,
    r.site AS other_site,
    r.speaker AS other_speaker,
    r.relayed_by AS other_relayed_by,
    r.text AS other_text,
    l.article_id,
    r.article_id AS other_article_id,
    l.story_id
FROM said AS l
JOIN story_links AS k ON k.article_id = l.article_id
JOIN said AS r ON r.article_id = k.other_article_id
WHERE len(list_intersect(l.words, r.words)) >= 0.7 * least(len(l.words), len(r.words))
ORDER BY shared_words DESC, l.article_id, l.position, r.article_id, r.position;
