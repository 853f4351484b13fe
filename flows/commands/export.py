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
    help="What to write.",
)  # fmt: skip
@click.option(
    "--table", "tables", multiple=True, type=click.Choice(list(TABLES)), metavar="TABLE",
    help="Export only this table (repeatable).  [default: all]",
)  # fmt: skip
@click.option(
    "--raw", is_flag=True, help="CSV with texts as they are, without the mark that guards formulas."
)
def export(folder: Path, layout: Layout, ending: str, tables: tuple[str, ...], raw: bool) -> None:
    """Write the tables to FOLDER, a file each, rows in the order of their keys.

    All files are of one state of the warehouse, whatever is loaded meanwhile. Files of the same names
    are replaced. A text in CSV that a spreadsheet would take for a formula, or that begins with an
    apostrophe, has an apostrophe in front.
    """
    for path, rows in export_tables(layout, folder, ending, tables or tuple(TABLES), raw):
        click.echo(f"{path}: {rows:,} rows")
