"""List the documents in quarantine, and dismiss them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from warehouse.naming import IS_NAMED
from warehouse.paths import Layout
from warehouse.store import copy_published, only_run, open_next, publish

OPEN = "SELECT DISTINCT document_id FROM quarantine WHERE resolved_at IS NULL AND document_id <> ''"
FORGIVE = f"""
UPDATE quarantine SET resolved_at = $now, forgiven_at = $now
WHERE resolved_at IS NULL AND EXISTS (FROM unnest($names) AS t(name) WHERE {IS_NAMED})
RETURNING source_uri
"""


def list_refused(layout: Layout) -> frozenset[str]:
    """Return the ids of the documents in quarantine."""
    with open_next(layout) as db:
        return frozenset(row[0] for row in db.execute(OPEN).fetchall())


def forgive(layout: Layout, names: Sequence[str]) -> list[str]:
    """Dismiss the refused captures that one of the names names (`IS_NAMED`); return their sources.

    A dismissed capture is not listed, and is not loaded until its bytes or the cleaner change.
    """
    with only_run(layout):
        copy_published(layout)
        with open_next(layout) as db:
            rows = db.execute(FORGIVE, {"now": datetime.now(UTC), "names": list(names)}).fetchall()
        if rows:
            publish(layout)
    return sorted(row[0] for row in rows)
