"""What the pages of checks ask of the warehouse."""

NIGHTS = 30
SHOWN = 100  # articles, and captures
LAST_CHECKED = """
SELECT run_id, started_at FROM runs WHERE run_id IN (SELECT run_id FROM expectation_results)
ORDER BY started_at DESC, run_id DESC LIMIT 1
"""
OF_RUN = """
SELECT suite, expectation, column_name, severity, success, observed, element_count, unexpected_count,
    sample
FROM expectation_results WHERE run_id = $run_id
ORDER BY success, severity, suite, column_name, expectation
"""
# A check in the last runs that asked it, the oldest first.
HISTORY = f"""
FROM (
    SELECT r.run_id, r.started_at, e.success, e.severity, e.observed, e.element_count,
        e.unexpected_count, e.sample, e.suite, e.expectation, e.column_name
    FROM expectation_results AS e JOIN runs AS r USING (run_id)
    WHERE e.suite = $suite AND e.expectation = $expectation AND e.column_name = $column_name
    ORDER BY r.started_at DESC, r.run_id DESC LIMIT {NIGHTS}
) ORDER BY started_at, run_id
"""
LAST_ASKED = f"""
SELECT DISTINCT suite, expectation, column_name FROM expectation_results
WHERE run_id = (SELECT run_id FROM ({LAST_CHECKED}))
"""
# Of the last run of all, even if it recorded no check.
FAILED = """
SELECT count(*) AS n FROM expectation_results WHERE NOT success AND run_id = (
    SELECT run_id FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 1)
"""
# Documents that a contract refused in a run, by the name of the check in the detail.
REFUSED_ROWS = f"""
SELECT source_uri, document_id, reason, detail FROM quarantine
WHERE run_id = $run_id AND reason = 'contract_broken' AND contains(detail, $named)
ORDER BY source_uri LIMIT {SHOWN}
"""
# Articles of a run that a rule about the batch or the history counts; {condition} is one of BATCH_ROWS.
ARTICLE_ROWS = f"""
SELECT article_id, title, a.site, a.language, published_on, published_precision, kept_share
FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
WHERE d.first_run_id = $run_id AND {{condition}} ORDER BY a.site, article_id LIMIT {SHOWN}
"""
BATCH_ROWS = {
    "titles_are_missing": "title IS NULL",
    "languages_are_unsure": "language = 'und'",
    "articles_break_off": "is_truncated",
    "texts_are_damaged": "contains(a.text, chr(65533))",
    "too_little_is_kept": "kept_share < 0.1",
    "too_much_is_kept": "kept_share > 0.995",
}
HISTORY_ROWS = {
    "untitled_share": "title IS NULL",
    "undated_share": "published_on IS NULL",
    "kept_share": "true",
    "volume": "true",
}
