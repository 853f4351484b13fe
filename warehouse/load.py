"""Load the staged rows of a run into the copy that is then published."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from warehouse.baselines import REMEMBER
from warehouse.input_files import REMEMBER_FILES
from warehouse.parts import in_parts
from warehouse.schema.arrow import arrow_table
from warehouse.schema.column import keys_of
from warehouse.schema.document_tables import DOCUMENT_TABLES, document_key
from warehouse.schema.rows.facts import Entity
from warehouse.schema.rows.runs import ExpectationResult, Refusal, Run
from warehouse.schema.rows.stories import StoryLink
from warehouse.schema.tables import TABLES
from warehouse.site_memory import REMEMBER_SITES
from warehouse.staged_views import create_staged_views
from warehouse.staging import Staging
from warehouse.store import create_views
from warehouse.stories import DROP_LINKS, STORIES_BEFORE, regroup_stories
from warehouse.versions import RENEW_VERSIONS

LINKS_AT_ONCE = 10_000  # inserted together
# One thread sorts and joins millions of rows in the memory of a connection; of two each needs its own.
ONE_THREAD = "SET threads = 1"
# What a transaction has written takes memory while it is read. The copy is published at the end, or not.
SETTLE = "COMMIT; BEGIN"
# Every capture that the run has read, once, and the outcome of its document.
PREPARE = """
CREATE TEMP TABLE seen AS
    SELECT DISTINCT ON (source_uri) source_uri, document_id, url, captured_at
    FROM staged_seen ORDER BY source_uri, document_id;
-- Batches that a killed run had finished name that run: what is loaded is this one's.
CREATE TEMP TABLE refused AS
    SELECT DISTINCT ON (source_uri, document_id) * REPLACE ($run_id AS run_id) FROM (
        SELECT * FROM staged_refused
        UNION ALL BY NAME
        SELECT * FROM broken
    ) ORDER BY source_uri, document_id, stage, reason, detail;
-- What somebody let rest is left to rest while the reason is the same.
UPDATE refused AS r SET forgiven_at = q.forgiven_at, resolved_at = q.forgiven_at FROM quarantine AS q
    WHERE q.source_uri = r.source_uri AND q.document_id = r.document_id AND q.reason = r.reason
      AND q.cleaner_version = r.cleaner_version AND q.forgiven_at IS NOT NULL;
-- A refused document is refused wherever it was captured, unless this run has cleaned it after all.
INSERT INTO refused BY NAME
    SELECT DISTINCT ON (s.source_uri, s.document_id)
        r.* REPLACE (s.source_uri AS source_uri, r.forgiven_at AS resolved_at)
    FROM seen AS s JOIN (
        SELECT * FROM refused UNION ALL BY NAME
        SELECT * FROM quarantine WHERE split_part(cleaner_version, '#', 1) = $version
            AND document_id NOT IN (SELECT document_id FROM staged_documents)
            AND document_id NOT IN (SELECT document_id FROM documents)
    ) AS r USING (document_id)
    WHERE s.document_id <> '' AND NOT EXISTS (
        FROM refused AS k WHERE k.source_uri = s.source_uri AND k.document_id = s.document_id
    )
    ORDER BY s.source_uri, s.document_id, r.source_uri <> s.source_uri, r.forgiven_at NULLS FIRST,
        r.source_uri;
CREATE TEMP TABLE good AS
    SELECT document_id, coalesce(d.first_run_id, $run_id) AS first_run_id
    FROM staged_documents LEFT JOIN documents AS d USING (document_id)
    WHERE document_id NOT IN (SELECT document_id FROM refused);
"""
# A capture with a new document leaves its old one; a document without captures is deleted. So is one
# that an older cleaner loaded and this one refuses, unless the failure is transient.
CAPTURES = """
CREATE TEMP TABLE placed AS
    SELECT source_uri, document_id, url, captured_at FROM seen
    WHERE document_id IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM documents)
      AND document_id NOT IN (SELECT document_id FROM refused)
    EXCEPT SELECT * FROM captures;
CREATE TEMP TABLE left_behind AS
    SELECT document_id, url FROM captures WHERE source_uri IN (SELECT source_uri FROM placed);
DELETE FROM captures WHERE source_uri IN (SELECT source_uri FROM placed);
INSERT INTO captures SELECT * FROM placed;
CREATE TEMP TABLE fallen AS
    SELECT document_id FROM documents WHERE document_id IN (
        SELECT document_id FROM refused WHERE reason NOT IN ('timed_out', 'worker_died')
    );
CREATE TEMP TABLE changed_urls AS
    SELECT url FROM left_behind UNION SELECT url FROM placed
    UNION SELECT url FROM captures
        WHERE document_id IN (SELECT document_id FROM fallen UNION ALL SELECT document_id FROM good);
DELETE FROM captures WHERE document_id IN (SELECT document_id FROM fallen);
CREATE TEMP TABLE gone AS
    (SELECT document_id FROM left_behind UNION SELECT document_id FROM fallen)
    EXCEPT SELECT document_id FROM captures;
"""
REPLACE = """
DELETE FROM {table} WHERE {key} IN (SELECT document_id FROM good UNION ALL SELECT document_id FROM gone);
INSERT INTO {table} BY NAME
    SELECT * EXCLUDE (is_valid) FROM (SELECT *, {valid} AS is_valid FROM staged_{table})
    WHERE is_valid AND {key} IN (SELECT document_id FROM good) {order};
"""
UNSORTED = ("story_keys",)  # the largest table, and asked by no document
FIRST_RUNS = """
UPDATE documents SET first_run_id = g.first_run_id FROM good AS g
WHERE g.document_id = documents.document_id AND g.first_run_id <> documents.first_run_id;
"""
# The current list, and the persons that articles introduce; of several spellings one is chosen.
ENTITIES = """
DELETE FROM entities;
INSERT INTO entities BY NAME SELECT * FROM known ORDER BY entity_id;
INSERT INTO entities BY NAME
    SELECT
        entity_id,
        min(name) AS name,
        'person' AS kind,
        CAST([] AS VARCHAR[]) AS aliases,
        true AS is_candidate
    FROM candidates WHERE entity_id NOT IN (SELECT entity_id FROM known)
    GROUP BY entity_id ORDER BY entity_id;
"""
# A row keeps the time when it was first seen. A resolved row is reopened if its capture is refused
# again; a dismissed one stays dismissed if nothing has changed. A row is resolved when its capture is
# loaded or has another document.
QUARANTINE = """
DELETE FROM quarantine AS q USING refused AS r
    WHERE q.source_uri = r.source_uri AND q.document_id = r.document_id
      AND (q.resolved_at IS DISTINCT FROM r.resolved_at OR q.cleaner_version <> r.cleaner_version);
INSERT INTO quarantine BY NAME
    SELECT * FROM refused AS r WHERE NOT EXISTS (
        FROM quarantine AS q WHERE q.source_uri = r.source_uri AND q.document_id = r.document_id
    ) ORDER BY ALL;
UPDATE quarantine SET resolved_at = $now
    WHERE resolved_at IS NULL AND source_uri IN (SELECT source_uri FROM seen)
      AND (source_uri, document_id) NOT IN (SELECT source_uri, document_id FROM refused);
"""
COUNTS = """
SELECT
    (SELECT count(*) FROM (SELECT source_uri FROM seen UNION SELECT source_uri FROM refused)),
    (SELECT count(*) FROM good WHERE document_id IN (SELECT document_id FROM seen)),
    (SELECT count(DISTINCT source_uri) FROM refused),
    (SELECT count(*) FROM good WHERE document_id NOT IN (SELECT document_id FROM seen))
"""
SEEN_COUNT = """
SELECT count(*) FROM (SELECT source_uri FROM staged_seen UNION SELECT source_uri FROM staged_refused)
"""


@dataclass(frozen=True, slots=True)
class RunStart:
    """The data of a run that are known when it begins."""

    run_id: str
    flow: str
    started_at: datetime
    cleaner_version: str
    versions: str


@dataclass(frozen=True, slots=True)
class Load:
    """The input of a load: the documents that fail validation, and the results of the checks.

    `valid` has the SQL condition of the rows to load, of tables whose other rows are left out.
    """

    start: RunStart
    records_skipped: int
    broken: Sequence[Refusal]
    results: Sequence[ExpectationResult]
    refusal: str | None
    entities: Sequence[Entity] = ()
    skipped: str | None = None
    valid: Mapping[str, str] = field(default_factory=dict)
    link: Callable[[duckdb.DuckDBPyConnection], Iterable[StoryLink]] = lambda _: ()


def load(
    db: duckdb.DuckDBPyConnection, staging: Staging, brought: Load, clock: Callable[[], datetime]
) -> Run:
    """Load a run, or only its record if it was refused, and return the record.

    `clock` gives the time, at the end that at which the run has finished.
    """
    create_staged_views(db, staging)
    db.execute(ONE_THREAD)
    db.execute("BEGIN")
    run = _refuse(db, brought, clock) if brought.refusal else _merge(db, brought, clock)
    _insert(db, "runs", [run])
    _insert(db, "expectation_results", brought.results)
    create_views(db)
    db.execute("COMMIT")
    return run


def _merge(db: duckdb.DuckDBPyConnection, brought: Load, clock: Callable[[], datetime]) -> Run:
    db.register("broken", arrow_table("quarantine", brought.broken))
    start = brought.start
    _execute_all(db, PREPARE, version=start.cleaner_version, run_id=start.run_id)
    _execute_all(db, CAPTURES)
    _execute_all(db, STORIES_BEFORE)
    for table in (name for name in DOCUMENT_TABLES if name != "site_pages"):
        order = "" if table in UNSORTED else f"ORDER BY {', '.join(keys_of(TABLES[table]))}"
        valid = brought.valid.get(table, "true")
        script = REPLACE.format(table=table, key=document_key(table), order=order, valid=valid)
        _execute_all(db, script)
    _execute_all(db, FIRST_RUNS)
    _execute_all(db, REMEMBER_SITES)
    _execute_all(db, REMEMBER, run_id=start.run_id)
    _merge_entities(db, brought.entities)
    db.execute(SETTLE)
    _execute_all(db, DROP_LINKS)
    for links in in_parts(brought.link(db), LINKS_AT_ONCE):
        _insert(db, "story_links", links)
    _execute_all(db, RENEW_VERSIONS)
    regroup_stories(db)
    _execute_all(db, QUARANTINE, now=clock())
    _execute_all(db, REMEMBER_FILES, run_id=start.run_id)
    return _run(db, brought, clock(), *db.execute(COUNTS).fetchall()[0])


def _merge_entities(db: duckdb.DuckDBPyConnection, known: Sequence[Entity]) -> None:
    """Write the known entities and the persons that articles introduce."""
    db.register("known", arrow_table("entities", known))
    _execute_all(db, ENTITIES)
    db.unregister("known")


def _refuse(db: duckdb.DuckDBPyConnection, brought: Load, clock: Callable[[], datetime]) -> Run:
    seen = db.execute(SEEN_COUNT).fetchall()[0][0]
    return _run(db, brought, clock(), seen, 0, 0, 0)


def _run(
    db: duckdb.DuckDBPyConnection,
    brought: Load,
    now: datetime,
    seen: int,
    loaded: int,
    quarantined: int,
    cleaned_again: int,
) -> Run:
    start = brought.start
    unread = db.execute("SELECT count(*) FROM staged_files WHERE NOT is_read").fetchall()[0][0]
    return Run(
        run_id=start.run_id,
        flow=start.flow,
        started_at=start.started_at,
        finished_at=now,
        status="refused" if brought.refusal else "completed",
        captures_seen=seen,
        documents_loaded=loaded,
        documents_unchanged=0 if brought.refusal else seen - loaded - quarantined,
        documents_quarantined=quarantined,
        records_skipped=brought.records_skipped,
        versions=start.versions,
        detail=brought.refusal,
        skipped=brought.skipped,
        documents_cleaned_again=cleaned_again,
        files_unchanged=unread,
    )


def _insert(db: duckdb.DuckDBPyConnection, table: str, rows: Iterable[object]) -> None:
    db.register("incoming", arrow_table(table, rows))
    db.execute(f"INSERT INTO {table} BY NAME FROM incoming")
    db.unregister("incoming")


def _execute_all(db: duckdb.DuckDBPyConnection, script: str, **parameters: object) -> None:
    """Run the statements of a script, each with the parameters that it names."""
    for statement in db.extract_statements(script):
        named = {name: parameters[name] for name in statement.named_parameters}
        db.execute(statement, named)
