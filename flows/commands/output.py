"""Print the output of commands: tables, JSON, and text without control characters."""

import json
import re
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 240
SHORT_CELL = 26  # characters; a run id or a date must not be wrapped
# Characters that control a terminal: control characters, including those of Latin-1, except tab and line
# end; and marks of writing direction, which can disguise a text (Unicode's Bidi_Control).
OBEYED = r"\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f{OBEYED}]")
TO_ESCAPE = re.compile(rf"[{OBEYED}]")


def console() -> Console:
    """Return the console for a command's output; a file or pipe is as wide as its lines."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def plain(text: object) -> str:
    r"""Return text from data without characters that control the terminal.

    >>> plain("\x1b[31mred\x1b]0;title\x07")
    'red]0;title'
    """
    return CONTROL.sub("", click.unstyle(str(text)))


def print_json(value: object) -> None:
    """Print a value as JSON, with times in ISO 8601 and control characters as escapes."""
    text = json.dumps(value, default=str, ensure_ascii=False, indent=2)
    click.echo(TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None
) -> None:
    """Print rows as a table; text from data is not interpreted as markup."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    cells = [["" if cell is None else plain(cell) for cell in row] for row in rows]
    for i, name in enumerate(columns):
        is_short = all(len(row[i]) <= SHORT_CELL for row in cells)
        table.add_column(name, overflow="fold", no_wrap=is_short)
    for row in cells:
        table.add_row(*map(Text, row))
    console().print(table)
