"""Check the consistency of the published warehouse and its raw store.

Memory is bounded whatever the warehouse holds, and a run that loads meanwhile does no harm: what was
published when the look began is compared with the bytes that the raw store has then or later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.raw_store import list_files, list_merged
from warehouse.schema.invariants import OF_DOCUMENTS, OF_THE_WAREHOUSE
from warehouse.store import read_published

SHOWN = 3  # examples of a breach
ROWS_AT_ONCE = 64  # of the raw store: a row holds the bytes of a capture
HELD = """
SELECT document_id FROM documents UNION SELECT document_id FROM quarantine WHERE document_id <> ''
"""
DAMAGED = "SELECT document_id FROM stored WHERE document_id <> digest"
TWICE = "SELECT document_id FROM stored GROUP BY document_id HAVING count(*) > 1"
LOST = f"SELECT document_id FROM ({HELD}) EXCEPT SELECT document_id FROM stored"
STORED = pa.schema([("document_id", pa.string()), ("digest", pa.string())])


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a rule: the number of failures, some examples, and a description of the fault."""

    rule: str
    broken: str
    count: int
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the fault in a sentence."""
        more = f" and {self.count - len(self.examples):,} more"
        return f"{self.broken}: {', '.join(self.examples)}{more if self.count > SHOWN else ''}"


def find_faults(layout: Layout) -> Iterator[str]:
    """Yield the faults of the published warehouse and its raw store, each as a sentence."""
    yield from (str(finding) for finding in check_integrity(layout) if finding.count)


def check_integrity(layout: Layout) -> Iterator[Finding]:
    """Yield the result of each rule, first of the published warehouse, then of the raw store."""
    with read_published(layout) as db:
        for rule in (*OF_DOCUMENTS, *OF_THE_WAREHOUSE):
            yield _find(db, f"{rule.table}.{rule.name}", rule.broken, rule.select_broken())
        yield from _check_raw_store(db, layout)


def _check_raw_store(db: duckdb.DuckDBPyConnection, layout: Layout) -> Iterator[Finding]:
    """Yield the results of the raw store's rules: each document's bytes are there once, unchanged."""
    db.execute("CREATE TEMP TABLE stored (document_id VARCHAR, digest VARCHAR)")
    files, unreadable = list_whole_files(layout.raw_store)
    for file in files:
        try:
            _store_digests(db, file)
        except (OSError, pa.ArrowException) as error:
            unreadable.append(f"{file} ({error})")
    broken = "a file of the raw store cannot be read"
    yield Finding("raw_store.is_readable", broken, len(unreadable), tuple(unreadable[:SHOWN]))
    yield _find(db, "raw_store.bytes_are_whole", "the raw store's bytes are damaged", DAMAGED)
    yield _find(db, "raw_store.has_bytes", "the raw store lacks the bytes of a document", LOST)
    yield _find(db, "raw_store.has_bytes_once", "the raw store holds bytes twice", TWICE)


def list_whole_files(folder: Path) -> tuple[list[Path], list[str]]:
    """Return the readable files of a raw store without copies left by a merge, and its damaged files."""
    files, unreadable, copied = [], [], set()
    for file in list_files(folder):
        try:
            copied.update(list_merged(file))
            files.append(file)
        except (WarehouseError, OSError) as error:
            unreadable.append(str(error))
    return [file for file in files if file.name not in copied], unreadable


def _find(db: duckdb.DuckDBPyConnection, rule: str, broken: str, query: str) -> Finding:
    rows = db.execute(
        f"SELECT id, count(*) OVER () FROM (SELECT DISTINCT id FROM ({query}) AS t(id)) LIMIT {SHOWN}"
    ).fetchall()
    return Finding(rule, broken, rows[0][1] if rows else 0, tuple(sorted(str(row[0]) for row in rows)))


def _store_digests(db: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Store the id of each document whose bytes are in a file of the raw store, with their digest."""
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=ROWS_AT_ONCE, columns=["document_id", "content"]):
            held = [
                (name.as_py(), sha256(content.as_buffer()).hexdigest())
                for name, content in zip(*batch.columns, strict=True)
                if content.is_valid
            ]
            columns = [pa.array(column, pa.string()) for column in zip(*held, strict=True)] or [[], []]
            db.register("digests", pa.Table.from_arrays(columns, schema=STORED))
            db.execute("INSERT INTO stored FROM digests")
            db.unregister("digests")
