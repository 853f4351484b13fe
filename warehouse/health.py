"""The warehouse's health, for monitors. Nothing is changed."""

from datetime import datetime, timedelta
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from warehouse.paths import Layout
from warehouse.store import fetch_rows

USUAL_RUNS = 30  # a month of nights
# The last run that loaded, and the median of those before it.
USUAL = """
WITH numbered AS (
    SELECT *, row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS back
    FROM runs WHERE flow = 'ingest' AND status = 'completed'
), counts AS (
    UNPIVOT numbered ON captures_seen, documents_loaded, documents_unchanged, documents_quarantined
    INTO NAME count VALUE number
)
SELECT count, min(number) FILTER (WHERE back = 1) AS last,
    median(number) FILTER (WHERE back > 1) AS usual
FROM counts WHERE back <= $runs + 1 GROUP BY count ORDER BY count
"""
LAST = """
SELECT
    arg_max(run_id, started_at) AS last_run,
    arg_max(status, started_at) AS status,
    arg_max(detail, started_at) AS detail,
    max(finished_at) FILTER (WHERE flow = 'ingest' AND status = 'completed') AS loaded_at
FROM runs
"""


def compare_with_usual(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the counts of the last run that loaded, each with the median of the runs before."""
    return fetch_rows(db, USUAL, runs=USUAL_RUNS)


def find_problems(
    db: duckdb.DuckDBPyConnection, layout: Layout, max_age: timedelta | None, now: datetime
) -> dict[str, Any]:
    """Return the time of the last load, whether a run is in progress, and a list of problems.

    Problems are a refused last run, runs that were killed or could not write, and, with `max_age`, a
    last load that is older.
    """
    (last,) = fetch_rows(db, LAST)
    problems = []
    if last["status"] not in (None, "completed"):
        problems.append(f"the last run, {last['last_run']}, was {last['status']}: {last['detail']}")
    is_running = is_locked(layout)
    if not is_running:
        problems += [f"run {run_id} was killed or could not write" for run_id in find_unfinished(layout)]
    seconds = None if last["loaded_at"] is None else round((now - last["loaded_at"]).total_seconds())
    if max_age is not None and (seconds is None or seconds >= max_age.total_seconds()):
        last_load = "there was no load yet"
        if seconds is not None:
            last_load = f"the last load was {timedelta(seconds=seconds)} ago"
        problems.append(f"overdue: {last_load}; the limit is {max_age}")
    return {
        "problems": problems,
        "is_running": is_running,
        "loaded_at": last["loaded_at"],
        "age_seconds": seconds,
    }


def is_locked(layout: Layout) -> bool:
    """Return True if a run holds the warehouse's lock."""
    if not layout.lock.exists():
        return False
    lock = FileLock(layout.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False


def find_unfinished(layout: Layout) -> list[str]:
    """Return the ids of runs whose staging folder still exists: a run that ends removes its folder."""
    return sorted(folder.name for folder in layout.staging.glob("*") if folder.is_dir())
