"""What a run asks DuckDB of all its captures at once spills to disk, and needs little memory."""

from dataclasses import fields
from hashlib import sha256

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from warehouse.connection import MEMORY_VARIABLE, connect
from warehouse.plan_cleaning import open_raw, plan_batches
from warehouse.raw_store import FACTS_SCHEMA, SCHEMA, RawStore, StoredCapture, read_contents
from warehouse.schema.arrow import arrow_schema
from warehouse.site_memory import COHORT, COHORTS
from warehouse.staging import Staging

CAPTURES, FILES = 100_000, 50
PAGES, SITES = 200_000, 500
LIMIT = "128MB"  # not enough for aggregates that list all rows


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.setenv(MEMORY_VARIABLE, LIMIT)
    with connect(tmp_path / "spill") as db:
        yield db


def tabulate(schema: pa.Schema, known: dict) -> pa.Table:
    """Return a table with the columns of a schema; those that are not known are null."""
    empty = {field.name: pa.nulls(CAPTURES, field.type) for field in schema}
    return pa.table(empty | known, schema=schema)


def test_plan(db, tmp_path):
    staging, raw = Staging(tmp_path / "staging"), tmp_path / "raw"
    staging.folder.mkdir()
    raw.mkdir()
    known = {
        "document_id": [sha256(b"%d" % n).hexdigest() for n in range(CAPTURES)],
        "source_uri": [f"posts.jsonl#{n}" for n in range(CAPTURES)],
        "url": [f"https://site-{n % 100}.example/{n}" for n in range(CAPTURES)],
    }
    pq.write_table(tabulate(FACTS_SCHEMA, known), staging.folder / "seen-00001.parquet")
    stored, size = tabulate(SCHEMA, known | {"content": [b"text"] * CAPTURES}), CAPTURES // FILES
    for file in range(FILES):
        pq.write_table(stored.slice(file * size, size), raw / f"{file:02}.parquet")
    for table in ("documents", "quarantine"):
        db.register(table, arrow_schema(table).empty_table())
    db.execute("CREATE TEMP TABLE marks (document_id VARCHAR, mark VARCHAR)")
    open_raw(db, staging, raw)
    batches = plan_batches(db, staging, "run", "version")
    assert [batch.size for batch in batches] == [size] * FILES
    assert len({batch.key for batch in batches}) == FILES


def test_cohorts(db):
    db.execute(f"""
        CREATE TABLE site_members AS
        SELECT sha256(n::VARCHAR) AS document_id, concat('site-', n % {SITES}, '.example') AS site,
            concat('https://site-', n % {SITES}, '.example/2014/05/27/', n) AS address,
            TIMESTAMPTZ '2014-05-27' + INTERVAL 1 MINUTE * n AS captured_at,
            'a-version-of-the-cleaner' AS cleaner_version
        FROM range({PAGES}) AS given(n)
    """)
    db.execute(COHORTS)
    found = db.execute("SELECT count(*) FROM site_cohorts GROUP BY cohort").fetchall()
    sizes = [size for (size,) in found]
    assert sum(sizes) == PAGES
    assert min(sizes) >= COHORT
    assert max(sizes) < 2 * COHORT


def test_large_contents(tmp_path):
    large, pages = 500_000, 240
    captures = [stored_capture(n) for n in range(pages)]
    contents = [bytes([n]) * large for n in range(pages)]
    store = RawStore(tmp_path / "raw")
    store.append("one", zip(captures, contents, strict=True))
    (file,) = store.files()
    default = pa.default_memory_pool()
    pool = pa.proxy_memory_pool(default)
    pa.set_memory_pool(pool)
    try:
        found = read_contents(file, [one.document_id for one in captures])
    finally:
        pa.set_memory_pool(default)
    assert list(found.values()) == contents
    assert pool.max_memory() < large * pages / 2  # beside the contents themselves


def stored_capture(n: int) -> StoredCapture:
    known = {field.name: None for field in fields(StoredCapture)}
    return StoredCapture(**known | {"document_id": f"{n:064}", "source_uri": f"{n}.html"})
