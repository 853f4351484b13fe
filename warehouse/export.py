"""Export the tables as Parquet, CSV or JSON Lines files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from warehouse.csv_guard import guarded_sql
from warehouse.paths import Layout
from warehouse.schema.column import fields_of, keys_of
from warehouse.schema.ddl import path_literal
from warehouse.schema.tables import TABLES
from warehouse.store import read_published

# By the ending of the files: how DuckDB writes them.
FORMATS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER",
    "jsonl": "FORMAT json",
}


def export_tables(
    layout: Layout, folder: Path, ending: str, names: Iterable[str] = TABLES, raw: bool = False
) -> Iterator[tuple[Path, int]]:
    """Write tables to a folder, one file each, sorted by key; yield each path and its number of rows.

    Files are written atomically and all show the same state of the warehouse, even during a load.
    Texts in CSV are protected from formula injection (see `csv_guard`), unless `raw` is true.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with read_published(layout, allow_files=True) as db:
        for name in names:
            path = folder / f"{name}.{ending}"
            part = path.with_name(path.name + ".partial")
            columns = _guarded(name) if ending == "csv" and not raw else "*"
            query = f"SELECT {columns} FROM {name} ORDER BY {', '.join(keys_of(TABLES[name]))}"
            copied = db.execute(f"COPY ({query}) TO {path_literal(part)} ({FORMATS[ending]})").fetchall()
            part.replace(path)
            yield path, int(copied[0][0])


def _guarded(name: str) -> str:
    """Return the columns of a table with its texts guarded."""
    fields = fields_of(TABLES[name])
    return ", ".join(guarded_sql(field.name) if field.type is str else field.name for field in fields)
