"""What the commands share: options, and how they print."""

import json
import os
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.alarm import TARGET
from warehouse.layout import DEFAULT_DATABASE, Layout

if TYPE_CHECKING:
    from transforms.facts.names.entities import OwnList


WAREHOUSE = "WINNOW_WAREHOUSE"  # the variable that names it for all commands


def warehouse_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --warehouse, given to the command as a Layout."""
    return click.option(
        "--warehouse",
        "layout",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_DATABASE,
        show_default=True,
        envvar=WAREHOUSE,
        show_envvar=True,
        callback=lambda _ctx, _param, path: Layout(path),
        help="The DuckDB file.",
    )(command)


def of_warehouse(layout: Layout) -> str:
    """Return what a command that is suggested needs to mean this warehouse, empty if nothing.

    >>> of_warehouse(Layout(Path("my news.duckdb")))
    " --warehouse 'my news.duckdb'"
    >>> of_warehouse(Layout(DEFAULT_DATABASE))
    ''
    """
    is_usual = str(layout.database) == os.environ.get(WAREHOUSE, str(DEFAULT_DATABASE))
    return "" if is_usual else f" --warehouse {shlex.quote(str(layout.database))}"


def workers_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --workers, None if not given."""
    return click.option(
        "--workers", type=click.IntRange(1, 256), help="Cleaning processes.  [default: one a processor]"
    )(command)


def on_failure_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --on-failure, which reaches the flows as a variable of the environment."""
    return click.option(
        "--on-failure",
        metavar="URL|COMMAND",
        envvar=TARGET,
        show_envvar=True,
        expose_value=False,
        callback=lambda _ctx, _param, target: target and os.environ.update({TARGET: target}),
        help="What to tell when a run fails: an address gets JSON by POST, a command by standard input.",
    )(command)


def log_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --log, which reaches Prefect as variables of the environment."""
    return click.option(
        "--log",
        type=click.Choice(list(LOGS)),
        expose_value=False,
        callback=lambda _ctx, _param, name: os.environ.update(LOGS.get(name, {})),
        help="Show Prefect's log, as text or a JSON object a line.",
    )(command)


LOGS = {
    "text": {"PREFECT_LOGGING_LEVEL": "INFO"},
    "json": {
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_LOGGING_COLORS": "false",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
    },
}


def mode_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --mode."""
    return click.option(
        "--mode",
        type=click.Choice(["best", "fast"]),
        default="best",
        show_default=True,
        help="How to judge a page: with trafilatura's vote, or by the model alone.",
    )(command)


def comments_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --comments."""
    return click.option(
        "--comments",
        type=click.Choice(["drop", "keep"]),
        default="drop",
        show_default=True,
        help="What to do with comments below an article.",
    )(command)


def entities_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --entities, given to the command as the path of a list of one's own."""
    return click.option(
        "--entities",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A list of entities of your own, with the columns of seeds/reference/entities.csv.",
    )(command)


def own_list(path: Path | None) -> "OwnList | None":
    """Return the list of entities at a path; one that is none is a wrong call."""
    from transforms.facts.names.entities import open_own_list

    try:
        return open_own_list(path.resolve()) if path else None
    except ValueError as error:
        raise click.UsageError(str(error)) from error


PIPE_WIDTH = 240
SHORT_CELL = 26  # characters; a run's id or a date is not to be folded
# What a terminal obeys: control characters, also those of Latin-1, but not tab and line end.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


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
