"""Print the output of commands: tables, JSON, and text without control characters."""

import json
import re
from collections.abc import Sequence

import click
from rich.console import Console
from rich.text import Text

from flows.commands.terminal.table import Laid, is_numeric, lay_out, one_line

PIPE_WIDTH = 240  # the widest table on a file or pipe; wider rows are printed one field a line
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
    click.echo(escape_obeyed(json.dumps(value, default=str, ensure_ascii=False, indent=2)))


def escape_obeyed(text: str) -> str:
    """Return JSON with the characters that a terminal obeys as escapes."""
    return TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def note(out: Console, text: str) -> None:
    """Print what to do next below an answer; on standard error if a file or pipe gets the answer."""
    if out.is_terminal:
        out.print(Text(text, style="dim"))
    else:
        click.echo(text, err=True)


def print_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    title: str | None = None,
    out: Console | None = None,
) -> Laid:
    """Print rows as a table that fits the terminal; on a file or pipe nothing is cut.

    Returns what was laid out, so that the caller can say what is missing.
    """
    out = out or console()
    cells = [["" if cell is None else one_line(plain(cell)) for cell in row] for row in rows]
    names = [one_line(plain(name)) for name in columns]
    numeric = [is_numeric([row[at] for row in rows]) for at in range(len(columns))]
    laid = lay_out(names, cells, numeric, out.width if out.is_terminal else None, PIPE_WIDTH)
    if title:
        out.print(Text(title, style="italic"))
    for line in laid.lines:
        out.print(line, soft_wrap=True)
    return laid
