"""Make a large warehouse out of the samples, and time the site on it.

    python -m tests.benchmarks.site make  big.duckdb --documents 100000 --runs 500
    python -m tests.benchmarks.site time  big.duckdb

The documents are copies of the samples under other names, addresses, dates and runs; one site falls
silent in the last two runs, and one run in the middle was refused.
"""

import argparse
import hashlib
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from tests.benchmarks.site_copies import copy_samples, write_raw
from tests.loading import SAMPLES, run
from warehouse.connection import attach
from warehouse.migration import create_database
from warehouse.paths import Layout
from warehouse.store import create_views
from warehouse.versions import RENEW_VERSIONS

LAST_NIGHT = datetime.fromisoformat("2026-11-25T03:00:00+00:00")
MEMORY = "4GB"
SILENT = "vestnik-primorya.example"


def make(path: Path, documents: int, runs: int) -> None:
    """Make the warehouse at `path` from one of the samples."""
    base = path.with_name("base.duckdb")
    if not base.exists():
        run(base, SAMPLES, checked=True)
    path.unlink(missing_ok=True)
    shutil.rmtree(Layout(path).raw_store, ignore_errors=True)
    create_database(path)
    with duckdb.connect(config={"memory_limit": MEMORY}) as db:
        attach(db, path, "warehouse", "RECOVERY_MODE NO_WAL_WRITES")
        attach(db, base, "base")
        db.execute("USE warehouse")
        db.execute("SET TimeZone = 'UTC'")
        write_runs(db, runs)
        copy_samples(db, documents)
        db.execute(HISTORY)
        db.execute("CREATE TEMP TABLE changed_urls AS SELECT url FROM captures")
        db.execute(RENEW_VERSIONS)
        create_views(db)
        db.execute("CHECKPOINT warehouse")
        write_raw(db, Layout(path).raw_store)  # a night reads which captures are known


def write_runs(db: duckdb.DuckDBPyConnection, runs: int) -> None:
    """Write the nights."""
    nights = [LAST_NIGHT - timedelta(days=runs - 1 - i) for i in range(runs)]
    names = [f"{night:%Y%m%dT%H%M%SZ}-{hashlib.md5(str(i).encode()).hexdigest()[:4]}"
             for i, night in enumerate(nights)]  # fmt: skip
    db.execute("CREATE TEMP TABLE nights (i BIGINT, run_id VARCHAR, night TIMESTAMPTZ)")
    db.executemany(
        "INSERT INTO nights VALUES (?, ?, ?)", list(zip(range(runs), names, nights, strict=True))
    )


HISTORY = f"""
DELETE FROM captures WHERE document_id IN (
    SELECT document_id FROM documents WHERE site = '{SILENT}'
    AND first_run_id IN (SELECT run_id FROM nights WHERE i >= (SELECT max(i) - 1 FROM nights)));
INSERT INTO run_sites BY NAME
    SELECT first_run_id AS run_id, coalesce(a.site, '') AS site, count(*) AS articles,
        avg(a.kept_share) AS kept_share, avg(CAST(title IS NULL AS DOUBLE)) AS untitled_share,
        avg(CAST(published_on IS NULL AS DOUBLE)) AS undated_share
    FROM articles AS a JOIN documents ON document_id = article_id
    WHERE NOT (a.site IS NOT DISTINCT FROM '{SILENT}'
        AND first_run_id IN (SELECT run_id FROM nights WHERE i >= (SELECT max(i) - 1 FROM nights)))
    GROUP BY ALL;
INSERT INTO run_languages BY NAME
    SELECT first_run_id AS run_id, language, count(*) AS articles
    FROM articles JOIN documents ON document_id = article_id GROUP BY ALL;
INSERT INTO quarantine BY NAME
    SELECT q.* REPLACE (n.run_id AS run_id, n.night AS first_seen_at,
        sha256(q.document_id || i) AS document_id, q.source_uri || '#' || i AS source_uri)
    FROM base.quarantine AS q, nights AS n WHERE i % 3 = 0;
INSERT INTO runs BY NAME
    SELECT r.* REPLACE (n.run_id AS run_id, n.night AS started_at,
        n.night + INTERVAL 40 SECONDS AS finished_at,
        n.i % 7 + 1 AS documents_unchanged, CAST(n.i % 3 = 0 AS BIGINT) AS documents_quarantined,
        coalesce(d.loaded, 0) AS documents_loaded,
        coalesce(d.loaded, 0) + n.i % 7 + 1 + CAST(n.i % 3 = 0 AS BIGINT) AS captures_seen)
    FROM nights AS n CROSS JOIN base.runs AS r
    LEFT JOIN (SELECT first_run_id, count(*) AS loaded FROM documents GROUP BY ALL) AS d
        ON d.first_run_id = n.run_id;
UPDATE runs SET status = 'refused', documents_loaded = 0, documents_unchanged = 0,
    documents_quarantined = 0, detail = '61% of 231 captures contain no article; the limit is 50%'
    WHERE run_id = (SELECT run_id FROM nights WHERE i = (SELECT max(i) - 12 FROM nights));
INSERT INTO expectation_results BY NAME
    SELECT e.* REPLACE (n.run_id AS run_id) FROM base.expectation_results AS e, nights AS n;
UPDATE expectation_results SET success = false, unexpected_count = 1, element_count = 13,
    observed = '"{SILENT}: 0 articles, usually about 4 (of 28 runs)"',
    sample = '["{SILENT}: 0 articles, usually about 4 (of 28 runs)"]'
    WHERE expectation = 'volume_is_usual' AND run_id IN (
        SELECT run_id FROM nights WHERE i >= (SELECT max(i) - 1 FROM nights));
"""


def time_pages(path: Path) -> None:
    """Print how long the report takes, how large it is, and what the live pages and searches take."""
    from tests.benchmarks.site_times import print_times

    print_times(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=["make", "time"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=500)
    given = parser.parse_args()
    started = time.monotonic()
    if given.task == "make":
        make(given.path, given.documents, given.runs)
    else:
        time_pages(given.path)
    print(f"{time.monotonic() - started:.1f} s")
