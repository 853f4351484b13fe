"""Staging: the captures that a run has read and cleaned, as Parquet files, until they are loaded."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.baselines import create_history
from warehouse.batch_writer import BatchWriter, open_batch_writer
from warehouse.connection import connect, connect_file
from warehouse.disk import open_durable
from warehouse.parquet import write_parquet
from warehouse.paths import Layout
from warehouse.raw_store import FACTS_SCHEMA, StoredCapture, tabulate_facts
from warehouse.schema.arrow import arrow_schema, arrow_table
from warehouse.schema.ddl import literal, path_literal
from warehouse.schema.document_tables import STAGED_TABLES, document_key
from warehouse.store import fetch_rows

# What the memory of its site says of a document: see site_pages.
REMEMBERED_SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("cohort", pa.string()),
        ("memory", pa.list_(pa.int64())),
        ("is_cleaned_again", pa.bool_()),
    ]
)
AGAIN = "again-"  # begins the keys of batches that are cleaned again, with the memory of their sites
FILES_SCHEMA = pa.schema(
    [
        ("source_uri", pa.string()),
        ("stamp", pa.string()),
        ("reader_version", pa.string()),
        ("is_read", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Staging:
    """The staging folder of one run."""

    folder: Path

    @classmethod
    def of(cls, layout: Layout, run_id: str) -> "Staging":
        """Return the staging folder of a run."""
        return cls(layout.staging / run_id)

    @property
    def plan(self) -> Path:
        """File that lists the documents to clean, with their batches."""
        return self.folder / "plan.parquet"

    @property
    def plan_again(self) -> Path:
        """File that lists the documents to clean again, with the memory of their sites."""
        return self.folder / "plan-again.parquet"

    @property
    def listed(self) -> Path:
        """List of the files that the inputs name."""
        return self.folder / "listed.parquet"

    @property
    def changed(self) -> Path:
        """List of those of them to read: they are not as they were when they were last read."""
        return self.folder / "changed.parquet"

    @property
    def known_captures(self) -> Path:
        """List of the captures in files that are as they were when they were last read."""
        return self.folder / "seen-known.parquet"

    @property
    def known_files(self) -> Path:
        """List of the files that are as they were when they were last read."""
        return self.folder / "files-known.parquet"

    @property
    def spill(self) -> Path:
        """Folder for data of queries on staged files beyond the memory limit."""
        return self.folder / "spill"

    def batch(self, key: str) -> Path:
        """Return the folder of a batch, one file per table; it exists only if the batch is complete."""
        return self.folder / (key if key.startswith(AGAIN) else f"batch-{key}")

    def write_seen(self, number: int, captures: Iterable[StoredCapture]) -> None:
        """Write the list of captures that were read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_parquet(tabulate_facts(captures), self.folder / f"seen-{number:05}.parquet")

    def write_files(self, number: int, rows: Sequence[tuple[str, str | None]], reader: str) -> None:
        """Write the list of files that were read: name, and stamp or None; `reader` is a version."""
        self.folder.mkdir(parents=True, exist_ok=True)
        named = [dict(zip(FILES_SCHEMA.names, (*row, reader, True), strict=True)) for row in rows]
        file = self.folder / f"files-{number:05}.parquet"
        write_parquet(pa.Table.from_pylist(named, schema=FILES_SCHEMA), file)

    def write_remembered(self, number: int, rows: Sequence[Sequence[object]]) -> None:
        """Write what the memory of sites says of documents: id, cohort, memory, is_cleaned_again."""
        columns = dict(zip(REMEMBERED_SCHEMA.names, zip(*rows, strict=True), strict=True))
        table = pa.table({name: list(column) for name, column in columns.items()}, REMEMBERED_SCHEMA)
        write_parquet(table, self.folder / f"remembered-{number:05}.parquet")

    def write_unread(self, number: int, rows: Iterable[object]) -> None:
        """Write quarantine rows of inputs that could not be read."""
        folder = self.folder / f"unread-{number:05}"
        folder.mkdir(parents=True, exist_ok=True)
        write_parquet(arrow_table("quarantine", rows), folder / "refused.parquet")

    @contextmanager
    def open_batch(self, key: str) -> Iterator[BatchWriter]:
        """Open a batch for its rows, by table, and its refusals; it exists when the block ends well."""
        with self._new_batch(key) as part:
            files = {name: part / f"{name}.parquet" for name in STAGED_TABLES}
            with open_batch_writer(files | {"quarantine": part / "refused.parquet"}) as writer:
                yield writer

    def receive_batch(self, key: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a batch that was cleaned elsewhere, by their names."""
        with self._new_batch(key) as part:
            for name, content in files.items():
                with open_durable(part / name) as file:
                    file.write(content)

    @contextmanager
    def _new_batch(self, key: str) -> Iterator[Path]:
        """Yield an empty folder, which becomes the batch's when the block ends well."""
        part = self.folder / "unfinished" / key
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        part.rename(self.batch(key))

    def write_batch(self, key: str, tables: Mapping[str, Iterable[object]]) -> None:
        """Write the rows of a batch at once."""
        with self.open_batch(key) as writer:
            for name, rows in tables.items():
                writer.add(name, rows)

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def adopt_batches(layout: Layout, staging: Staging, keys: Iterable[str]) -> None:
    """Reuse the finished batches of killed runs that have the given keys, and remove the others.

    To be called by a run that holds the lock. Batches with the same key have the same rows.
    """
    staging.folder.mkdir(parents=True, exist_ok=True)
    for key in keys:
        for finished in sorted(layout.staging.glob(f"*/batch-{key}")):
            if not staging.batch(key).exists():
                finished.rename(staging.batch(key))
    for folder in layout.staging.iterdir():
        if folder != staging.folder:
            shutil.rmtree(folder, ignore_errors=True)


def create_staged_views(
    db: duckdb.DuckDBPyConnection,
    staging: Staging,
    kind: str = "TEMP VIEW",
    names: Collection[str] | None = None,
) -> None:
    """Create a view staged_TABLE on the staged files of each table, empty if nothing was staged.

    The rows of documents that were cleaned again replace those from before. With `names`, only these
    views are created, which must not be of documents that were cleaned again.
    """
    files = {name: (f"batch-*/{name}.parquet", arrow_schema(name)) for name in STAGED_TABLES}
    files["seen"] = ("seen-*.parquet", FACTS_SCHEMA)
    files["files"] = ("files-*.parquet", FILES_SCHEMA)
    files["refused"] = ("*/refused.parquet", arrow_schema("quarantine"))
    files["remembered"] = ("remembered-*.parquet", REMEMBERED_SCHEMA)
    for name, (pattern, schema) in files.items():
        if names and name not in names:
            continue
        found = _files_or_empty(staging.folder, name, pattern, schema)
        create_parquet_view(db, f"staged_{name}", found, kind)
    again = [] if names else sorted(staging.folder.glob(f"{AGAIN}*"))
    for name in STAGED_TABLES if again else ():
        create_parquet_view(db, f"again_{name}", [folder / f"{name}.parquet" for folder in again], kind)
    for name in set(STAGED_TABLES) - {"site_pages"} if again else ():
        _replace_with_again(db, staging, name, kind)


def _replace_with_again(db: duckdb.DuckDBPyConnection, staging: Staging, name: str, kind: str) -> None:
    """Let the view of a staged table have the rows of documents that were cleaned again."""
    before = _files_or_empty(staging.folder, name, f"batch-*/{name}.parquet", arrow_schema(name))
    create_parquet_view(db, f"before_{name}", before, kind)
    db.execute(f"""
        CREATE OR REPLACE {kind} staged_{name} AS
        FROM before_{name} WHERE {document_key(name)} NOT IN (SELECT document_id FROM again_documents)
        UNION ALL BY NAME FROM again_{name}
    """)


def create_parquet_view(
    db: duckdb.DuckDBPyConnection,
    name: str,
    files: Iterable[Path],
    kind: str = "TEMP VIEW",
    filename: str | None = None,
    numbered: bool = False,
) -> None:
    """Create a view on Parquet files, with the file's path as a column if a name for it is given.

    With `numbered`, the column `file_row_number` has the place of a row in its file.

    The files are listed one by one, since a path can contain characters with a meaning in patterns.
    """
    listed = ", ".join(path_literal(file) for file in files)
    named = f", filename = {literal(filename)}" if filename else ""
    named += ", file_row_number = true" if numbered else ""
    db.execute(f"CREATE OR REPLACE {kind} {name} AS SELECT * FROM read_parquet([{listed}]{named})")


def _files_or_empty(folder: Path, name: str, pattern: str, schema: pa.Schema) -> list[Path]:
    """Return the files of a table, or an empty file with its columns if there are none."""
    if found := sorted(folder.glob(pattern)):
        return found
    empty = folder / "empty" / f"{name}.parquet"
    if not empty.exists():
        empty.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(schema.empty_table(), empty)
    return [empty]


# One row with the statistics of a whole batch; shares are null if there is nothing to count.
BATCH_FACTS = """
CREATE OR REPLACE VIEW batch_facts AS
WITH refused AS (SELECT count(*) AS refused FROM staged_refused WHERE stage <> 'read'),
articles AS (
    SELECT
        count(*) AS articles,
        avg(kept_share) AS mean_kept_share,
        avg(CAST(title IS NULL AS DOUBLE)) AS untitled_share,
        avg(CAST(language = 'und' AS DOUBLE)) AS unsure_language_share,
        avg(CAST(is_truncated AS DOUBLE)) AS truncated_share,
        avg(CAST(contains(text, chr(65533)) AS DOUBLE)) AS damaged_share
    FROM staged_articles WHERE article_id IN (SELECT document_id FROM staged_seen)
)
SELECT *, articles + refused AS cleaned, refused / nullif(articles + refused, 0) AS refused_share,
    (SELECT count(*) FROM staged_document_corrections WHERE NOT is_applied) AS lost_corrections
FROM articles, refused
"""


def create_check_database(staging: Staging, layout: Layout | None = None) -> tuple[Path, int, int]:
    """Create a small database of views on the staged files, for the checks before the load.

    If `layout` is given, it has the history of that warehouse too.

    Returns its path, how many captures were cleaned and how many articles they gave.
    """
    path = staging.folder / "check.duckdb"
    path.unlink(missing_ok=True)
    with connect_file(path) as db:
        create_staged_views(db, staging, kind="VIEW")
        db.execute(BATCH_FACTS)
        if layout is not None:
            create_history(db, layout)
        cleaned, articles = db.execute("SELECT cleaned, articles FROM batch_facts").fetchall()[0]
    return path, cleaned, articles


# What a refused batch refused, and the articles of which next to nothing was kept.
REFUSED = """
SELECT source_uri, document_id, stage, reason, detail FROM staged_refused
UNION ALL
SELECT source_uri, document_id, 'clean', 'little_is_kept',
    format('{:.1f} % of its text is kept', 100 * kept_share)
FROM staged_documents JOIN staged_articles ON article_id = document_id WHERE kept_share < 0.02
ORDER BY reason, source_uri LIMIT $most
"""


def list_refusals(staging: Staging, most: int) -> list[dict[str, Any]]:
    """Return what a run has refused so far: which captures, why, in a word and in a sentence."""
    with connect(staging.spill) as db:
        create_staged_views(db, staging)
        return fetch_rows(db, REFUSED, most=most)


def find_broken(staging: Staging, table: str, condition: str) -> list[tuple[str, str, int]]:
    """Return the id and source of each document with staged rows that fail a condition, and how many.

    As in a CHECK constraint, a condition that is null does not fail.
    """
    key = document_key(table)
    query = f"""
        SELECT d.document_id, d.source_uri, count(*)
        FROM (SELECT {key} AS document_id, ({condition}) AS is_good FROM staged_{table}) AS t
        JOIN staged_documents AS d USING (document_id)
        WHERE t.is_good IS FALSE GROUP BY ALL ORDER BY ALL
    """
    with connect(staging.spill) as db:
        create_staged_views(db, staging)
        return [(row[0], row[1], row[2]) for row in db.execute(query).fetchall()]
