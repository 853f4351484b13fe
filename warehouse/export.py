"""Write the tables as files that other programs read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from warehouse.paths import Layout
from warehouse.schema.column import keys_of
from warehouse.schema.ddl import literal
from warehouse.schema.tables import TABLES
from warehouse.store import read_published

# By the ending of the files: how DuckDB is told to write them.
FORMATS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER",
    "jsonl": "FORMAT json",
}


def export_tables(
    layout: Layout, folder: Path, ending: str, names: Iterable[str] = TABLES
) -> Iterator[tuple[Path, int]]:
    """Write tables to a folder, a file each, rows in the order of their keys; yield files and rows.

    A file is whole or not there. All are of one state of the warehouse, whatever is loaded meanwhile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with read_published(layout) as db:
        for name in names:
            path = folder / f"{name}.{ending}"
            part = path.with_name(path.name + ".partial")
            query = f"FROM {name} ORDER BY {', '.join(keys_of(TABLES[name]))}"
            copied = db.execute(f"COPY ({query}) TO {literal(str(part))} ({FORMATS[ending]})").fetchall()
            part.replace(path)
            yield path, int(copied[0][0])
