-- What was removed, where, and by which rule?
CREATE OR REPLACE VIEW removed_by_rule AS
SELECT
    coalesce(d.site, '(no site)') AS site,
    s.role,
    s.rule,
    count(*) AS segments,
    count(DISTINCT d.rowid) AS documents,
    sum(s.end_char - s.start_char) AS characters
FROM segments AS s
JOIN documents AS d USING (document_id)
WHERE NOT s.is_kept AND s.role <> 'blank'
GROUP BY ALL;
