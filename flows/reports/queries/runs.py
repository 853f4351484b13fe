"""What the pages of runs ask of the warehouse."""

PER_PAGE = 100
LISTED = """
SELECT r.* EXCLUDE (versions), coalesce(e.checks, 0) AS checks, coalesce(e.failed, 0) AS failed FROM (
    FROM runs ORDER BY started_at DESC, run_id DESC LIMIT $limit OFFSET $offset
) AS r LEFT JOIN (
    SELECT run_id, count(*) AS checks, count(*) FILTER (WHERE NOT success) AS failed
    FROM expectation_results GROUP BY run_id
) AS e USING (run_id) ORDER BY started_at DESC, run_id DESC
"""
COUNTED = "SELECT count(*) AS n FROM runs"
RUN = "SELECT * FROM runs WHERE run_id = $run_id"
SHOWN = 50  # sites, new articles, and captures refused for one reason
SITES = f"FROM run_sites WHERE run_id = $run_id ORDER BY articles DESC, site LIMIT {SHOWN}"
REFUSED = f"""
SELECT source_uri, document_id, reason, detail, count(*) OVER (PARTITION BY reason) AS captures
FROM quarantine WHERE run_id = $run_id
QUALIFY row_number() OVER (PARTITION BY reason ORDER BY source_uri, document_id) <= {SHOWN}
ORDER BY reason, source_uri, document_id
"""
ARTICLES = f"""
SELECT article_id, title, a.site, a.language, kept_share
FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
WHERE d.first_run_id = $run_id ORDER BY article_id LIMIT {SHOWN}
"""
