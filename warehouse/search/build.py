"""Build the index of the published warehouse: only what changed, in a copy that takes its place."""

import os
import sqlite3
import sys
from contextlib import closing, suppress
from glob import escape as glob_escape
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.file_copy import copy_file
from warehouse.paths import Layout
from warehouse.search.rows import SCHEMA, add_articles, prepare_rows, remove_articles
from warehouse.store import read_published

FORMAT = "1"  # an index of another format is built anew
MOST_DEAD = 0.2  # share of rows that were replaced: above it the index is built anew
BATCH = 500
KNOWN_AT_ONCE = 50_000

LAST_RUN = "SELECT run_id FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 1"
# What the index is made of: where the digest is as it was, so is all of it.
WANTED = """
CREATE OR REPLACE TEMP TABLE wanted AS
SELECT article_id, CAST(hash(a.title, a.text, a.site, a.language, a.published_on, a.story_id,
    a.is_truncated, d.cleaner_version) AS VARCHAR) AS digest
FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
"""
KNOWN = "CREATE OR REPLACE TEMP TABLE known (article_id VARCHAR, digest VARCHAR)"
STALE = """
SELECT k.article_id FROM known AS k LEFT JOIN wanted AS w USING (article_id)
WHERE w.digest IS DISTINCT FROM k.digest ORDER BY ALL
"""
CHANGED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT article_id, w.digest, row_number() OVER (ORDER BY article_id) - 1 AS number
FROM wanted AS w LEFT JOIN known AS k USING (article_id)
WHERE w.digest IS DISTINCT FROM k.digest ORDER BY number
"""


class IndexFailed(Exception):
    """The index cannot be brought to the published file; the warehouse is as good without it."""


def refresh_index(layout: Layout) -> int:
    """Bring the index to the published warehouse and return how many articles were indexed.

    It is made in a copy that takes the place of the old one in one step, so a reader or a kill never
    meets a half of it. Raises IndexFailed where the disk is full, or the files cannot be used.
    """
    try:
        return _refresh(layout)
    except (OSError, sqlite3.Error, duckdb.Error, WarehouseError) as error:
        raise IndexFailed(str(error)) from error


def _refresh(layout: Layout) -> int:
    with read_published(layout) as db:
        run_id = _last_run(db)
        if read_run_id(layout.search_index) == run_id:
            return 0
        _remove_left_over(layout)
        part = layout.search_index.with_name(f"{layout.search_index.name}.{os.getpid()}.part")
        try:
            done = _write(db, layout.search_index, part, run_id)
            part.replace(layout.search_index)
        finally:
            part.unlink(missing_ok=True)
    return done


def _remove_left_over(layout: Layout) -> None:
    """Remove what killed builds have left; another process that is still building fails, and retries."""
    for part in layout.search_index.parent.glob(f"{glob_escape(layout.search_index.name)}.*.part"):
        part.unlink(missing_ok=True)


def read_run_id(path: Path) -> str | None:
    """Return the run that an index belongs to, None if there is no index that can be used."""
    if not path.exists():
        return None
    with (
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as index,
    ):
        found = dict(index.execute("SELECT name, value FROM meta").fetchall())
        return found.get("run_id") if found.get("format") == FORMAT else None
    return None


def _last_run(db: duckdb.DuckDBPyConnection) -> str:
    rows = db.execute(LAST_RUN).fetchall()
    return str(rows[0][0]) if rows else ""


def _write(db: duckdb.DuckDBPyConnection, old: Path, part: Path, run_id: str) -> int:
    db.execute(WANTED)
    wanted = db.execute("SELECT count(*) FROM wanted").fetchall()[0][0]
    is_new = read_run_id(old) is None
    if not is_new:
        copy_file(old, part)
    with closing(sqlite3.connect(part)) as index:
        if not is_new and _count_dead(index) > MOST_DEAD * max(1, wanted):
            index.close()
            part.unlink()
            return _write(db, part, part, run_id)
        index.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000"
        )
        if is_new:
            index.executescript(SCHEMA)
        _write_known(db, index)
        remove_articles(index, [row[0] for row in db.execute(STALE).fetchall()])
        db.execute(CHANGED)
        prepare_rows(db)
        changed = int(db.execute("SELECT count(*) FROM changed").fetchall()[0][0])
        for start in range(0, changed, BATCH):
            add_articles(db, index, start, start + BATCH)
        rows = [("run_id", run_id), ("format", FORMAT)]
        index.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
        index.commit()
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return changed


def _write_known(db: duckdb.DuckDBPyConnection, index: sqlite3.Connection) -> None:
    """Write the digests that an index has to a temporary table, which can spill."""
    db.execute(KNOWN)
    answer = index.execute("SELECT article_id, digest FROM docs")
    while rows := answer.fetchmany(KNOWN_AT_ONCE):
        columns = dict(zip(("article_id", "digest"), zip(*rows, strict=True), strict=True))
        db.register("some_known", pa.table({name: list(column) for name, column in columns.items()}))
        db.execute("INSERT INTO known FROM some_known")
        db.unregister("some_known")


def _count_dead(index: sqlite3.Connection) -> int:
    """Return how many rows of the index belong to no article any more."""
    last, live = index.execute(
        "SELECT coalesce(max(rowid), 0), (SELECT count(*) FROM docs) FROM words"
    ).fetchone()
    return int(last) - int(live)


if __name__ == "__main__":
    refresh_index(Layout(Path(sys.argv[1])))
