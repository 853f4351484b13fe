"""What the static form of the site has: the newest of each kind."""

from flows.reports.queries.names import LISTED as NAMES_LISTED
from flows.reports.queries.quarantine import KEY

DOCUMENTS, STORIES, SITES, NAMES, SPEAKERS, RUNS = 300, 150, 150, 150, 150, 60
PARTS, PARTS_IN_ORDER = 5, 2  # of a list, and of a list in another order than its own
REFUSED = 100  # captures in quarantine


def count_parts(address: str) -> int:
    """Return how many parts of the list at an address the static form has.

    >>> count_parts("documents.html"), count_parts("documents/by-title,2.html")
    (5, 2)
    """
    return PARTS_IN_ORDER if "/by-" in address else PARTS


# By folder, the keys of its pages.
KEYS = {
    "documents": f"""
        SELECT document_id AS key FROM documents
        ORDER BY first_run_id DESC, document_id LIMIT {DOCUMENTS}""",
    "stories": f"""
        SELECT story_id AS key FROM stories
        ORDER BY last_published_on DESC NULLS LAST, story_id LIMIT {STORIES}""",
    "sites": f"""
        SELECT site AS key FROM articles WHERE site IS NOT NULL
        GROUP BY site ORDER BY count(*) DESC, site LIMIT {SITES}""",
    "names": f"""
        SELECT entity_id AS key FROM ({NAMES_LISTED}) WHERE entity_id IS NOT NULL
        ORDER BY articles DESC, name LIMIT {NAMES}""",
    "quotes": f"""
        SELECT speaker AS key FROM quotes WHERE entity_id IS NULL AND speaker IS NOT NULL
        GROUP BY speaker ORDER BY count(*) DESC, speaker LIMIT {SPEAKERS}""",
    "rules": """
        SELECT DISTINCT rule AS key FROM segments WHERE role <> 'blank'
        UNION SELECT rule FROM quotes UNION SELECT rule FROM quantities ORDER BY key""",
    "runs": f"SELECT run_id AS key FROM runs ORDER BY started_at DESC, run_id DESC LIMIT {RUNS}",
    "quarantine": f"""
        SELECT DISTINCT reason AS key FROM quarantine WHERE resolved_at IS NULL
        UNION ALL SELECT key FROM (
            SELECT {KEY} AS key FROM quarantine WHERE resolved_at IS NULL
            ORDER BY first_seen_at DESC, source_uri, document_id LIMIT {REFUSED}
        ) ORDER BY key""",
}
