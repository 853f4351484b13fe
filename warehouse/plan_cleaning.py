"""Plan a run: which captures must be cleaned, and in which batches."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from warehouse.raw_store import FACTS, NEWEST_FIRST, list_files
from warehouse.schema.ddl import path_literal
from warehouse.schema.tables import SCHEMA_VERSION
from warehouse.staged_views import create_parquet_view, create_staged_views
from warehouse.staging import AGAIN, Staging

# Known documents were loaded or refused by the same cleaner version with the same corrections,
# dismissed or not. The first capture by name represents all that share a document, unless the warehouse
# already has one for it.
# Values that the warehouse has for a document are kept; all others come from the capture.
FROM_DOCUMENTS = ("document_id", "source_uri", "url", "captured_at")
FROM_CAPTURE = [name for name in FACTS if name not in FROM_DOCUMENTS]
PLAN = f"""
CREATE OR REPLACE TEMP TABLE plan AS
WITH first_seen AS (
    SELECT document_id, min_by(s, source_uri) AS s FROM sightings AS s GROUP BY document_id
)
SELECT
    f.document_id,
    coalesce(d.source_uri, s.source_uri) AS source_uri,
    CASE WHEN d.document_id IS NULL THEN s.url ELSE d.url END AS url,
    CASE WHEN d.document_id IS NULL THEN s.captured_at ELSE d.captured_at END AS captured_at,
    {", ".join(f"s.{name}" for name in FROM_CAPTURE)},
    coalesce(d.first_run_id, $run_id) AS first_run_id,
    stored.file AS raw_file,
    coalesce(remembered.memory, []) AS memory
FROM first_seen AS f
JOIN stored USING (document_id)
LEFT JOIN documents AS d USING (document_id)
LEFT JOIN marks AS m USING (document_id)
LEFT JOIN remembered USING (document_id)
WHERE $everything OR (
    d.cleaner_version IS DISTINCT FROM $version || coalesce(m.mark, '')
    AND NOT EXISTS (
        FROM quarantine AS q
        WHERE q.document_id = f.document_id AND d.document_id IS NULL
            AND q.cleaner_version = $version || coalesce(m.mark, '')
    )
)
"""
# The first run of a document and the file with its bytes do not affect the result of cleaning. The rows
# of a batch are distinct, so their hashes together (XOR) stand for the set; lists of rows do not spill.
BATCHES = f"""
SELECT batch, count(*), left(sha256($maker || count(*) || ' ' || bit_xor(md5_number(CAST(
    to_json([{", ".join(f"CAST({name} AS VARCHAR)" for name in (*FACTS, "memory"))}]) AS VARCHAR
)))), 16) FROM read_parquet($plan) GROUP BY batch ORDER BY batch
"""
STORED = """
CREATE OR REPLACE TEMP VIEW stored AS
SELECT document_id, min(raw_file) AS file FROM raw WHERE content IS NOT NULL GROUP BY document_id
"""


# Captures of a first cleaning are those that the run has seen; nothing is known of their sites yet.
SEEN = """
CREATE OR REPLACE TEMP VIEW sightings AS FROM staged_seen;
CREATE OR REPLACE TEMP VIEW remembered AS
    SELECT document_id, CAST([] AS BIGINT[]) AS memory FROM staged_remembered WHERE false;
"""
# A document that this run has not seen is cleaned again as its captures were last seen.
SEEN_BEFORE = f"""
CREATE OR REPLACE TEMP VIEW remembered AS
    SELECT document_id, memory FROM staged_remembered WHERE is_cleaned_again;
CREATE OR REPLACE TEMP TABLE sightings AS
    SELECT * FROM staged_seen WHERE document_id IN (SELECT document_id FROM remembered)
    UNION ALL BY NAME
    SELECT * FROM (
        SELECT DISTINCT ON (document_id, source_uri) {", ".join(FACTS)} FROM raw
        WHERE document_id IN (SELECT document_id FROM remembered)
          AND document_id NOT IN (SELECT document_id FROM staged_seen)
        ORDER BY document_id, source_uri, {NEWEST_FIRST}
    );
"""


# A batch reads its rows of the plan alone if the groups are about as large as it is.
ROWS_IN_A_GROUP = 4_096


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to clean together: the batch's number, its number of documents, its key, its plan.

    Batches with the same key give the same rows: the key is a digest of the documents, their known
    values, the cleaner version and the tables. `is_again` is true for documents that are cleaned again
    with the memory of their sites.
    """

    number: int
    size: int
    key: str
    plan: Path
    is_again: bool = False


def plan_batches(
    db: duckdb.DuckDBPyConnection,
    staging: Staging,
    run_id: str,
    version: str,
    everything: bool = False,
    corrections: str = "",
) -> list[Batch]:
    """Write the plan of a run and return its batches; one batch reads one file of the raw store.

    With `everything`, known documents are cleaned again too. Needs the views of `open_raw` and the
    table `marks`; `corrections` is the digest of their file.
    """
    create_staged_views(db, staging, names=("seen", "remembered"))
    db.execute(SEEN)
    known = {"run_id": run_id, "version": version, "everything": everything}
    rows = _write_plan(db, staging.plan, known, corrections)
    return [Batch(number, size, key, staging.plan) for number, size, key in rows]


def plan_again(
    db: duckdb.DuckDBPyConnection, staging: Staging, run_id: str, version: str, corrections: str = ""
) -> list[Batch]:
    """Write the plan of the documents to clean again with the memory of their sites.

    Needs the views of `open_raw` and the table `marks`.
    """
    db.execute(SEEN_BEFORE)
    known = {"run_id": run_id, "version": version, "everything": True}
    plan = staging.plan_again
    rows = _write_plan(db, plan, known, corrections)
    return [Batch(number, size, f"{AGAIN}{key}", plan, is_again=True) for number, size, key in rows]


def _write_plan(
    db: duckdb.DuckDBPyConnection, plan: Path, known: dict[str, object], corrections: str
) -> list[tuple[int, int, str]]:
    """Write a plan and return the number, size and key of each batch."""
    db.execute(STORED)
    db.execute(PLAN, known)
    db.execute(
        "COPY (SELECT dense_rank() OVER (ORDER BY raw_file) AS batch, * FROM plan"
        f" ORDER BY batch, document_id) TO {path_literal(plan)}"
        f" (FORMAT parquet, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})"
    )
    maker = f"{known['version']} {SCHEMA_VERSION} {known['everything']} {corrections} "
    return db.execute(BATCHES, {"maker": maker, "plan": str(plan.absolute())}).fetchall()


def open_raw(db: duckdb.DuckDBPyConnection, staging: Staging, raw_store: Path) -> bool:
    """Create the views on what is staged and on the raw store; return False if the store is empty."""
    create_staged_views(db, staging)
    return view_raw(db, raw_store)


def view_raw(db: duckdb.DuckDBPyConnection, raw_store: Path) -> bool:
    """Create the view `raw` on the raw store; return False if the store is empty."""
    if files := list_files(raw_store):
        create_parquet_view(db, "raw", files, filename="raw_file", numbered=True)
    return bool(files)


def read_plan(batch: Batch) -> list[dict[str, object]]:
    """Return the known values of each document of a batch."""
    rows = pq.read_table(batch.plan, filters=[("batch", "=", batch.number)]).to_pylist()
    return [row for row in rows if row.pop("batch")]
