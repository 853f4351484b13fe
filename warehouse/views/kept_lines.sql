-- Which lines of a document were kept, which removed, and why?
CREATE OR REPLACE VIEW kept_lines AS
SELECT
    s.document_id,
    d.source_uri,
    s.position,
    s.is_kept,
    s.role,
    s.rule,
    s.score,
    trim(substring(d.text, s.start_char + 1, s.end_char - s.start_char), ' ' || chr(10)) AS line
FROM segments AS s
JOIN documents AS d USING (document_id)
WHERE s.role <> 'blank';
