"""The memory of sites: which documents are compared, what came of it, and what sites have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from warehouse.staged_views import create_staged_views
from warehouse.staging import Staging
from warehouse.store import fetch_rows

# Documents of a site are compared in cohorts of 32 to 63, in the order of their captures: so a document
# is compared with those of its time, a new capture changes nothing but the last cohort, and no site is
# too large. Where the time is not known, cohorts are ranges of document ids.
COHORT = 32
# The documents that the warehouse will have: those that this run has cleaned, and those of earlier runs
# unless every place where they were seen has another document now, or this run has refused them.
KNOWN_PAGES = """
CREATE OR REPLACE TEMP VIEW known_pages AS
SELECT s.*, d.cleaner_version, true AS is_new
FROM staged_site_pages AS s JOIN staged_documents AS d USING (document_id)
UNION ALL BY NAME
SELECT p.*, d.cleaner_version, false AS is_new
FROM site_pages AS p JOIN documents AS d USING (document_id)
WHERE document_id NOT IN (SELECT document_id FROM staged_documents)
"""
# Only sites are compared in which a document may be new, or gone.
MEMBERS = """
CREATE OR REPLACE TEMP TABLE site_members AS
WITH now_seen AS (
    SELECT DISTINCT ON (source_uri) source_uri, document_id FROM staged_seen
    WHERE document_id IN (
        SELECT document_id FROM staged_documents UNION ALL SELECT document_id FROM documents
    )
    ORDER BY source_uri, document_id
),
fallen AS (
    SELECT document_id FROM staged_refused WHERE reason NOT IN ('timed_out', 'worker_died')
    EXCEPT SELECT document_id FROM staged_documents
),
left_behind AS (
    SELECT c.document_id FROM captures AS c JOIN now_seen AS s USING (source_uri)
    WHERE c.document_id <> s.document_id
),
changed_sites AS (
    SELECT site FROM staged_site_pages
    UNION SELECT site FROM site_pages WHERE cohort IS NULL
    UNION SELECT site FROM site_pages WHERE document_id IN (FROM fallen UNION ALL FROM left_behind)
),
pages AS MATERIALIZED (
    SELECT document_id, site, address, captured_at, cohort, cleaner_version, is_new FROM known_pages
    WHERE site IN (FROM changed_sites)
),
staying AS (
    SELECT document_id FROM captures
    WHERE document_id IN (SELECT document_id FROM pages)
      AND source_uri NOT IN (SELECT source_uri FROM now_seen)
    UNION SELECT document_id FROM now_seen
)
FROM pages WHERE document_id IN (FROM staying) AND document_id NOT IN (FROM fallen)
"""
COHORTS = f"""
CREATE OR REPLACE TEMP TABLE site_cohorts AS
WITH sized AS (
    SELECT document_id, site, address, captured_at IS NULL AS is_timeless, cleaner_version,
        row_number() OVER (kin ORDER BY captured_at, document_id) - 1 AS place,
        greatest(count(*) OVER kin // {COHORT}, 1) AS cohorts
    FROM site_members WINDOW kin AS (PARTITION BY site, captured_at IS NULL)
),
numbered AS (
    SELECT *, if(
        is_timeless,
        ('0x' || left(document_id, 8))::UBIGINT * CAST(2 ^ floor(log2(cohorts)) AS BIGINT) // 4294967296,
        least(place // {COHORT}, cohorts - 1)
    ) AS number FROM sized
),
named AS (
    SELECT site, is_timeless, number, left(sha256(concat(
        bit_xor(md5_number(concat_ws(' ', document_id, address, cleaner_version)))
    )), 16) AS cohort FROM numbered GROUP BY ALL
)
SELECT document_id, cohort FROM numbered JOIN named USING (site, is_timeless, number)
"""
# All pages of the cohorts in which something has changed, in the order in which they are asked.
CHANGED = """
SELECT site, c.cohort, document_id, address, texts, places, log_odds, words, memory,
    starts_with(cleaner_version, $version) AS is_current
FROM known_pages JOIN site_cohorts AS c USING (document_id)
WHERE c.cohort IN (
    SELECT o.cohort FROM site_members AS n JOIN site_cohorts AS o USING (document_id)
    WHERE n.is_new OR n.cohort IS DISTINCT FROM o.cohort
)
ORDER BY site, c.cohort, captured_at, document_id
"""
# What a load keeps: cohort and memory of each page compared, and the lines that sites have in common.
# A document that was only cleaned again keeps its row.
REMEMBER_SITES = """
DELETE FROM site_pages WHERE document_id IN (FROM gone)
    OR document_id IN (SELECT document_id FROM staged_site_pages)
    OR document_id IN (
        SELECT document_id FROM good EXCEPT SELECT document_id FROM staged_remembered
    );
INSERT INTO site_pages BY NAME
    FROM staged_site_pages WHERE document_id IN (SELECT document_id FROM good) ORDER BY document_id;
UPDATE site_pages SET cohort = r.cohort, memory = r.memory FROM staged_remembered AS r
    WHERE r.document_id = site_pages.document_id
      AND (r.cohort IS DISTINCT FROM site_pages.cohort OR r.memory <> site_pages.memory);
CREATE TEMP TABLE compared AS
    SELECT DISTINCT site FROM site_pages JOIN staged_remembered USING (document_id);
DELETE FROM site_lines
    WHERE site IN (FROM compared) OR site NOT IN (SELECT site FROM site_pages);
INSERT INTO site_lines BY NAME
    WITH lines AS (
        SELECT DISTINCT site, unnest(texts) AS line_key, address, captured_at FROM site_pages
        WHERE site IN (FROM compared)
    )
    SELECT site, line_key, count(DISTINCT address) AS documents,
        min(captured_at) AS first_seen_at, max(captured_at) AS last_seen_at
    FROM lines GROUP BY site, line_key HAVING count(DISTINCT address) > 1 ORDER BY site, line_key;
"""
# The pages with which a document was compared, itself among them.
COHORT_OF = """
SELECT p.document_id, p.cohort, p.address, p.texts, p.places, p.log_odds, p.words, p.memory,
    true AS is_current
FROM site_pages AS p JOIN site_pages AS o USING (site, cohort)
WHERE o.document_id = $id ORDER BY p.captured_at, p.document_id
"""
ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page of a site as the warehouse keeps it, and the memory by which it was cleaned."""

    document_id: str
    cohort: str
    address: str
    texts: list[int]
    places: list[int]
    log_odds: list[int]
    words: list[int]
    memory: list[int]
    is_current: bool  # cleaned by this version of the cleaner, in this run or before


def changed_cohorts(
    db: duckdb.DuckDBPyConnection, staging: Staging, version: str
) -> Iterator[list[StoredPage]]:
    """Yield the cohorts in which a document is new, gone or cleaned again, one at a time."""
    create_staged_views(db, staging, names=("site_pages", "documents", "seen", "refused"))
    db.execute(KNOWN_PAGES)
    db.execute(MEMBERS)
    db.execute(COHORTS)
    rows = _rows(db, version)
    for _, cohort in groupby(rows, key=itemgetter("site", "cohort")):
        yield [StoredPage(**{name: row[name] for name in StoredPage.__slots__}) for row in cohort]


def _rows(db: duckdb.DuckDBPyConnection, version: str) -> Iterator[dict[str, Any]]:
    answer = db.execute(CHANGED, {"version": version})
    columns = [column[0] for column in answer.description or ()]
    while rows := answer.fetchmany(ROWS_AT_ONCE):
        yield from (dict(zip(columns, row, strict=True)) for row in rows)


def read_cohort(db: duckdb.DuckDBPyConnection, document_id: str) -> list[StoredPage]:
    """Return the pages with which a document was compared, itself among them; none without a site."""
    return [StoredPage(**row) for row in fetch_rows(db, COHORT_OF, id=document_id)]
