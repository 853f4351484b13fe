"""`winnow export`: the tables as Parquet, CSV or JSON Lines."""

from pathlib import Path

import click

from flows.commands.options import warehouse_option
from warehouse.export import FORMATS, export_tables
from warehouse.paths import Layout
from warehouse.schema.tables import TABLES


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@warehouse_option
@click.option(
    "--format", "ending", type=click.Choice(list(FORMATS)), default="parquet", show_default=True,
    help="File format.",
)  # fmt: skip
@click.option(
    "--table", "tables", multiple=True, type=click.Choice(list(TABLES)), metavar="TABLE",
    help="Export only this table (repeatable).  [default: all]",
)  # fmt: skip
@click.option(
    "--raw", is_flag=True, help="Write CSV without the apostrophe that protects from formulas."
)
def export(folder: Path, layout: Layout, ending: str, tables: tuple[str, ...], raw: bool) -> None:
    """Write the tables to FOLDER, one file per table, sorted by key.

    All files show the same state of the warehouse, even if a run loads meanwhile. Existing files are
    replaced. In CSV, a text that a spreadsheet would read as a formula, or that begins with an
    apostrophe, gets an apostrophe in front.
    """
    for path, rows in export_tables(layout, folder, ending, tables or tuple(TABLES), raw):
        click.echo(f"{path}: {rows:,} rows")
