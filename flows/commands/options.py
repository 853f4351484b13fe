"""What the commands share: options, and how they print."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from warehouse.layout import DEFAULT_DATABASE, Layout


def warehouse_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --warehouse, given to the command as a Layout."""
    return click.option(
        "--warehouse",
        "layout",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_DATABASE,
        show_default=True,
        envvar="WINNOW_WAREHOUSE",
        callback=lambda _ctx, _param, path: Layout(path),
        help="The DuckDB file.",
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


def console() -> Console:
    """Return the console for what a command answers."""
    return Console(highlight=False)


def print_json(value: object) -> None:
    """Print a value as JSON, times in ISO 8601."""
    click.echo(json.dumps(value, default=str, ensure_ascii=False, indent=2))


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None
) -> None:
    """Print rows as a table; text from data is shown as it is, not read as markup."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(click.unstyle("" if cell is None else str(cell)) for cell in row))
    console().print(table, markup=False)
