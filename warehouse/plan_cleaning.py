"""Plan a run: which captures must be cleaned, and in which batches."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from warehouse.raw_store import FACTS, list_files
from warehouse.schema.ddl import literal
from warehouse.schema.tables import SCHEMA_VERSION
from warehouse.staging import Staging, create_parquet_view, create_staged_views

# Known documents were loaded or refused by the same cleaner version with the same corrections,
# dismissed or not. The first
# capture by name represents all that share a document, unless the warehouse already has one for it.
# Values that the warehouse has for a document are kept; all others come from the capture.
FROM_DOCUMENTS = ("document_id", "source_uri", "url", "captured_at")
FROM_CAPTURE = [name for name in FACTS if name not in FROM_DOCUMENTS]
PLAN = f"""
CREATE OR REPLACE TEMP TABLE plan AS
WITH first_seen AS (
    SELECT document_id, min_by(s, source_uri) AS s FROM staged_seen AS s GROUP BY document_id
)
SELECT
    f.document_id,
    coalesce(d.source_uri, s.source_uri) AS source_uri,
    CASE WHEN d.document_id IS NULL THEN s.url ELSE d.url END AS url,
    CASE WHEN d.document_id IS NULL THEN s.captured_at ELSE d.captured_at END AS captured_at,
    {", ".join(f"s.{name}" for name in FROM_CAPTURE)},
    coalesce(d.first_run_id, $run_id) AS first_run_id,
    stored.file AS raw_file
FROM first_seen AS f
JOIN stored USING (document_id)
LEFT JOIN documents AS d USING (document_id)
LEFT JOIN marks AS m USING (document_id)
WHERE $everything OR (
    d.cleaner_version IS DISTINCT FROM $version || coalesce(m.mark, '')
    AND NOT EXISTS (
        FROM quarantine AS q
        WHERE q.document_id = f.document_id AND d.document_id IS NULL
            AND q.cleaner_version = $version || coalesce(m.mark, '')
    )
)
"""
# The first run of a document and the file with its bytes do not affect the result of cleaning.
BATCHES = f"""
SELECT batch, count(*), left(sha256($maker || string_agg(
    to_json([{", ".join(f"CAST({name} AS VARCHAR)" for name in FACTS)}]), ''
    ORDER BY document_id
)), 16) FROM read_parquet($plan) GROUP BY batch ORDER BY batch
"""
STORED = """
CREATE OR REPLACE TEMP VIEW stored AS
SELECT document_id, min(raw_file) AS file FROM raw WHERE content IS NOT NULL GROUP BY document_id
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to clean together: the batch's number, its number of documents, and its key.

    Batches with the same key give the same rows: the key is a digest of the documents, their known
    values, the cleaner version and the tables.
    """

    number: int
    size: int
    key: str


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
    create_staged_views(db, staging)
    db.execute(STORED)
    db.execute(PLAN, {"run_id": run_id, "version": version, "everything": everything})
    db.execute(
        "COPY (SELECT dense_rank() OVER (ORDER BY raw_file) AS batch, * FROM plan"
        f" ORDER BY batch, document_id) TO {literal(str(staging.plan))} (FORMAT parquet)"
    )
    maker = f"{version} {SCHEMA_VERSION} {everything} {corrections} "
    rows = db.execute(BATCHES, {"maker": maker, "plan": str(staging.plan)}).fetchall()
    return [Batch(*row) for row in rows]


def open_raw(db: duckdb.DuckDBPyConnection, staging: Staging, raw_store: Path) -> bool:
    """Create the views on what is staged and on the raw store; return False if the store is empty."""
    create_staged_views(db, staging)
    if files := list_files(raw_store):
        create_parquet_view(db, "raw", files, filename="raw_file")
    return bool(files)


def read_plan(staging: Staging, batch: int) -> list[dict[str, object]]:
    """Return the known values of each document of a batch."""
    rows = pq.read_table(staging.plan, filters=[("batch", "=", batch)]).to_pylist()
    return [row for row in rows if row.pop("batch")]
