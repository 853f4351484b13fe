"""Keep the warehouse's file small: delete old check results, and free unused space."""

from datetime import datetime

from warehouse.paths import Layout
from warehouse.store import create_views, open_next, publish, read_published, rewrite_published

# A load replaces rows, and the next load uses their space again; more free space than this is wasted.
MOST_FREE = 0.25
# Old results of passed checks are not useful; results of failed checks are kept.
OLD = "success AND run_id IN (SELECT run_id FROM {runs} WHERE started_at < TIMESTAMPTZ '{before}')"

SIZES = """
SELECT free_blocks, total_blocks FROM pragma_database_size()
WHERE database_name = current_database()
"""


def shrink(layout: Layout, before: datetime) -> int:
    """Delete results of passed checks of runs before a time, and rewrite the file if that frees enough.

    Returns the number of deleted results. To be called by a run that holds the lock; readers are not
    disturbed.
    """
    with read_published(layout) as db:
        query = (
            f"SELECT count(*) FROM expectation_results WHERE {OLD.format(runs='runs', before=before)}"
        )
        old = int(db.execute(query).fetchall()[0][0])
        (sizes,) = db.execute(SIZES).fetchall()
    if not old and sizes[0] <= MOST_FREE * sizes[1]:
        return 0
    kept = {"expectation_results": f"NOT ({OLD.format(runs='old.runs', before=before)})"}
    rewrite_published(layout, kept)
    with open_next(layout) as db:
        create_views(db)
    publish(layout)
    return old
