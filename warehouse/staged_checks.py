"""What the checks before a load ask of the staged rows, and what they refuse."""

from pathlib import Path
from typing import Any

from warehouse.baselines import create_history
from warehouse.connection import connect, connect_file
from warehouse.paths import Layout
from warehouse.schema.document_tables import document_key
from warehouse.staged_views import create_staged_views
from warehouse.staging import Staging
from warehouse.store import fetch_rows

# One row with the statistics of a whole batch; shares are null if there is nothing to count.
BATCH_FACTS = """
CREATE OR REPLACE VIEW batch_facts AS
WITH refused AS (SELECT count(*) AS refused FROM staged_refused WHERE stage <> 'read'),
articles AS (
    SELECT
        count(*) AS articles,
        avg(kept_share) AS mean_kept_share,
        avg(CAST(title IS NULL AS DOUBLE)) AS untitled_share,
        avg(CAST(language = 'und' AS DOUBLE)) AS unsure_language_share,
        avg(CAST(is_truncated AS DOUBLE)) AS truncated_share,
        avg(CAST(contains(text, chr(65533)) AS DOUBLE)) AS damaged_share
    FROM staged_articles WHERE article_id IN (SELECT document_id FROM staged_seen)
)
SELECT *, articles + refused AS cleaned, refused / nullif(articles + refused, 0) AS refused_share,
    (SELECT count(*) FROM staged_document_corrections WHERE NOT is_applied) AS lost_corrections
FROM articles, refused
"""


def create_check_database(staging: Staging, layout: Layout | None = None) -> tuple[Path, int, int]:
    """Create a small database of views on the staged files, for the checks before the load.

    If `layout` is given, it has the history of that warehouse too.

    Returns its path, how many captures were cleaned and how many articles they gave.
    """
    path = staging.folder / "check.duckdb"
    path.unlink(missing_ok=True)
    with connect_file(path) as db:
        create_staged_views(db, staging, kind="VIEW")
        db.execute(BATCH_FACTS)
        if layout is not None:
            create_history(db, layout)
        cleaned, articles = db.execute("SELECT cleaned, articles FROM batch_facts").fetchall()[0]
    return path, cleaned, articles


# What a refused batch refused, and the articles of which next to nothing was kept.
REFUSED = """
SELECT source_uri, document_id, stage, reason, detail FROM staged_refused
UNION ALL
SELECT source_uri, document_id, 'clean', 'little_is_kept',
    format('{:.1f} % of its text is kept', 100 * kept_share)
FROM staged_documents JOIN staged_articles ON article_id = document_id WHERE kept_share < 0.02
ORDER BY reason, source_uri LIMIT $most
"""


def list_refusals(staging: Staging, most: int) -> list[dict[str, Any]]:
    """Return what a run has refused so far: which captures, why, in a word and in a sentence."""
    with connect(staging.spill) as db:
        create_staged_views(db, staging)
        return fetch_rows(db, REFUSED, most=most)


def find_broken(staging: Staging, table: str, condition: str) -> list[tuple[str, str, int]]:
    """Return the id and source of each document with staged rows that fail a condition, and how many.

    As in a CHECK constraint, a condition that is null does not fail.
    """
    key = document_key(table)
    query = f"""
        SELECT d.document_id, d.source_uri, count(*)
        FROM (SELECT {key} AS document_id, ({condition}) AS is_good FROM staged_{table}) AS t
        JOIN staged_documents AS d USING (document_id)
        WHERE t.is_good IS FALSE GROUP BY ALL ORDER BY ALL
    """
    with connect(staging.spill) as db:
        create_staged_views(db, staging)
        return [(row[0], row[1], row[2]) for row in db.execute(query).fetchall()]
