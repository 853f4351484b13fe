"""How commands print: tables, JSON, and text without control characters."""

import json
import re
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 240
SHORT_CELL = 26  # characters; a run's id or a date is not to be folded
# What a terminal obeys: control characters, also those of Latin-1, but not tab and line end.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def console() -> Console:
    """Return the console for what a command answers; a file or pipe is as wide as its lines."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def plain(text: object) -> str:
    r"""Return text from data without the codes by which it could take hold of the terminal.

    >>> plain("\x1b[31mred\x1b]0;title\x07")
    'red]0;title'
    """
    return CONTROL.sub("", click.unstyle(str(text)))


def print_json(value: object) -> None:
    """Print a value as JSON, times in ISO 8601."""
    click.echo(json.dumps(value, default=str, ensure_ascii=False, indent=2))


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None
) -> None:
    """Print rows as a table; text from data is shown as it is, not read as markup."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    cells = [["" if cell is None else plain(cell) for cell in row] for row in rows]
    for i, name in enumerate(columns):
        is_short = all(len(row[i]) <= SHORT_CELL for row in cells)
        table.add_column(name, overflow="fold", no_wrap=is_short)
    for row in cells:
        table.add_row(*map(Text, row))
    console().print(table)
