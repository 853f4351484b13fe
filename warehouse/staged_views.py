"""Views on the files of a staging folder, one for each table."""

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.raw_store import FACTS_SCHEMA
from warehouse.schema.arrow import arrow_schema
from warehouse.schema.ddl import literal, path_literal
from warehouse.schema.document_tables import STAGED_TABLES, document_key
from warehouse.staging import AGAIN, FILES_SCHEMA, REMEMBERED_SCHEMA, Staging


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
