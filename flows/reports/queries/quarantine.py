"""What the pages of the quarantine ask of the warehouse."""

PER_PAGE = 50
GROUPS = """
SELECT reason, count(*) AS captures, min(first_seen_at) AS since, max(first_seen_at) AS latest,
    list({'source_uri': source_uri, 'detail': detail}
        ORDER BY first_seen_at DESC, source_uri)[:3] AS sample
FROM quarantine WHERE resolved_at IS NULL GROUP BY reason ORDER BY captures DESC, reason
"""
SETTLED = "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NOT NULL"
COUNTED = "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NULL AND reason = $reason"
OF_REASON = """
SELECT source_uri, document_id, run_id, stage, detail, first_seen_at FROM quarantine
WHERE resolved_at IS NULL AND reason = $reason
ORDER BY first_seen_at DESC, source_uri, document_id LIMIT $limit OFFSET $offset
"""
