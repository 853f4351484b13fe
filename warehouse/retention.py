"""Keep the file of the warehouse small: old results go, and space that rows have left is given back."""

from datetime import datetime

from warehouse.paths import Layout
from warehouse.store import create_views, open_next, publish, read_published, rewrite_published

# A load replaces rows, and their space is used again by the next; more than this is not coming back.
MOST_FREE = 0.25
# That a check held long ago tells nothing; what did not hold stays.
OLD = "success AND run_id IN (SELECT run_id FROM {runs} WHERE started_at < TIMESTAMPTZ '{before}')"

SIZES = """
SELECT free_blocks, total_blocks FROM pragma_database_size()
WHERE database_name = current_database()
"""


def shrink(layout: Layout, before: datetime) -> int:
    """Remove results of checks that held in runs before a time, and write the file anew if it pays.

    Returns how many results went. To be called by a run that holds the lock; readers are not
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
