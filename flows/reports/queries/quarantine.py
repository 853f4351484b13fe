"""What the pages of the quarantine ask of the warehouse."""

PER_PAGE = 50
GROUPS = """
SELECT reason, count(*) AS captures, min(first_seen_at) AS since,
    list({'source_uri': source_uri, 'document_id': document_id, 'detail': detail}
        ORDER BY first_seen_at DESC, source_uri)[:3] AS sample
FROM quarantine WHERE resolved_at IS NULL GROUP BY reason ORDER BY captures DESC, reason
"""
SETTLED = "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NOT NULL"
COUNTED = "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NULL AND reason = $reason"
OF_REASON = """
SELECT source_uri, document_id, run_id, detail, first_seen_at FROM quarantine
WHERE resolved_at IS NULL AND reason = $reason
ORDER BY first_seen_at DESC, source_uri, document_id LIMIT $limit OFFSET $offset
"""
# The name of a capture's page; as pages/quarantine.py makes it.
KEY = "'c-' || left(sha256(source_uri || chr(10) || document_id), 16)"
CAPTURE = f"SELECT * FROM quarantine WHERE {KEY} = $key"
REFUSED_RUNS = (
    "SELECT run_id FROM runs WHERE status = 'refused' ORDER BY started_at DESC, run_id DESC LIMIT 30"
)
NEWEST = """
SELECT document_id FROM quarantine WHERE resolved_at IS NULL
ORDER BY first_seen_at DESC, source_uri, document_id LIMIT $limit
"""
