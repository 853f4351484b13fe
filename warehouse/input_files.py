"""Which input files a warehouse knows, so that a run does not read a file again that has not changed.

A row of `input_files` says how a file was when it was read, and what it held. A file is known if it
has the same stamp (size and time of change, or ETag), the same reader would read it, and the raw store
still has just those captures as the last ones from it. All else is read again.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.raw_store import FACTS, NEWEST_FIRST
from warehouse.schema.ddl import path_literal
from warehouse.staged_views import create_parquet_view
from warehouse.staging import Staging

LISTED_SCHEMA = pa.schema(
    [
        ("source_uri", pa.string()),
        ("path", pa.binary()),  # the name of a file on a local disk need not be UTF-8
        ("file_system", pa.int64()),
        ("skip", pa.string()),
        ("stamp", pa.string()),
    ]
)
# Of two inputs that name a file, one counts that has it read.
EACH_ONCE = """
FROM found
QUALIFY row_number() OVER (PARTITION BY source_uri ORDER BY skip IS NOT NULL, file_system) = 1
ORDER BY source_uri
"""
# The captures of some files: those with the file's own name, and those with a part behind it.
OF_FILES = """
SELECT f.source_uri AS file, s.* FROM {captures} AS s JOIN {files} AS f ON f.source_uri = s.source_uri
UNION ALL
SELECT f.source_uri AS file, s.* FROM {captures} AS s
JOIN {files} AS f ON f.source_uri = split_part(s.source_uri, '#', 1) AND f.source_uri <> s.source_uri
"""
# What files hold does not depend on the order in which it is counted.
HELD = """
SELECT file, count(*) AS captures,
    CAST(bit_xor(md5_number_lower(concat(source_uri, chr(10), document_id))) AS VARCHAR) AS held
FROM ({captures}) GROUP BY file
"""
# The last sighting of a place counts.
LATEST = f"""
SELECT DISTINCT ON (file, source_uri) file, {", ".join(FACTS)}
FROM ({OF_FILES.format(captures="raw", files="unchanged")})
ORDER BY file, source_uri, {NEWEST_FIRST}
"""
FIND = f"""
CREATE OR REPLACE TEMP TABLE unchanged AS
    SELECT i.* FROM input_files AS i JOIN listed USING (source_uri, stamp)
    WHERE reader_version = $reader;
CREATE OR REPLACE TEMP TABLE last_seen AS {LATEST};
CREATE OR REPLACE TEMP TABLE known AS
    SELECT u.* FROM unchanged AS u
    LEFT JOIN ({HELD.format(captures="FROM last_seen")}) AS h ON h.file = u.source_uri
    WHERE coalesce(h.captures, 0) = u.captures AND h.held IS NOT DISTINCT FROM u.held;
"""
FILES_READ = "(FROM staged_files WHERE is_read)"
# Of the files that this run has read, those are remembered that have a stamp.
REMEMBER_FILES = f"""
DELETE FROM input_files WHERE source_uri IN (SELECT source_uri FROM staged_files WHERE is_read);
INSERT INTO input_files BY NAME
SELECT source_uri, stamp, reader_version, $run_id AS run_id, coalesce(h.captures, 0) AS captures, h.held
FROM (FROM staged_files WHERE is_read AND stamp IS NOT NULL) AS f
LEFT JOIN ({HELD.format(captures=OF_FILES.format(captures="seen", files=FILES_READ))}) AS h
    ON h.file = f.source_uri
ORDER BY source_uri;
"""


def write_listed(db: duckdb.DuckDBPyConnection, staging: Staging, found: Iterable[pa.Table]) -> None:
    """Stage the list of the files of a run, each once, by name; `found` has them in any order."""
    db.register("nothing", LISTED_SCHEMA.empty_table())
    db.execute("CREATE OR REPLACE TEMP TABLE found AS FROM nothing")
    for table in found:
        db.register("more", table)
        db.execute("INSERT INTO found FROM more")
    _copy(db, EACH_ONCE, staging.listed)


def find_changed(db: duckdb.DuckDBPyConnection, staging: Staging, reader_version: str) -> None:
    """Stage what the known ones of the listed files hold, and the list of all others.

    Needs the view `raw`.
    """
    create_parquet_view(db, "listed", [staging.listed])
    for statement in db.extract_statements(FIND):
        db.execute(statement, {"reader": reader_version} if statement.named_parameters else {})
    _copy(
        db,
        f"SELECT {', '.join(FACTS)} FROM last_seen SEMI JOIN known ON file = known.source_uri"
        " ORDER BY source_uri",
        staging.known_captures,
    )
    _copy(
        db,
        "SELECT source_uri, stamp, reader_version, false AS is_read FROM known ORDER BY source_uri",
        staging.known_files,
    )
    _copy(db, "FROM listed ANTI JOIN known USING (source_uri) ORDER BY source_uri", staging.changed)


def _copy(db: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    db.execute(f"COPY ({query}) TO {path_literal(file)} (FORMAT parquet)")
