"""`winnow sql`: ask the warehouse."""

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import click

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import note, plain, print_table
from flows.commands.terminal.formats import WRITERS, write_parquet
from flows.commands.terminal.pager import paged, pager_option
from warehouse.errors import WrongQuery
from warehouse.paths import Layout
from warehouse.store import ask, ask_arrow, read_published

SHOWN_ROWS = 100
FORMATS = ("table", *WRITERS, "parquet")


@click.command()
@click.argument("query")
@warehouse_option
@click.option(
    "--format", "ending", type=click.Choice(FORMATS), help="How to print the rows.  [default: table]"
)
@click.option("--csv", "as_csv", is_flag=True, help="The same as --format csv.")
@json_option
@click.option(
    "--raw", is_flag=True, help="CSV with the values as they are: control characters, formulas."
)
@click.option("--allow-files", is_flag=True, help="Let the query read and write files of yours.")
@pager_option
def sql(
    query: str,
    layout: Layout,
    ending: str | None,
    as_csv: bool,
    as_json: bool,
    raw: bool,
    allow_files: bool,
    pager: bool,
) -> None:
    """Run QUERY on the warehouse, read-only, and print its answer; "-" reads it from standard input.

    The query reaches the warehouse and nothing else: no files, no network, no settings. A table fits
    the terminal and has the first 100 rows; the other formats have every row and every value in full.
    """
    text = sys.stdin.read() if query == "-" else query
    ending = _choose_format(ending, as_csv, as_json)
    with read_published(layout, allow_files) as db:
        try:
            if ending == "parquet":
                write_parquet(ask_arrow(db, text))
                return
            columns, rows = ask(db, text)
            if ending == "table":
                _print_first(columns, rows, pager)
            else:
                WRITERS[ending](columns, rows, raw)
        except WrongQuery as error:
            click.echo(f"winnow: {plain(error)}", err=True)
            sys.exit(2)


def _choose_format(ending: str | None, as_csv: bool, as_json: bool) -> str:
    """Return the one format that was asked for; UsageError if there are several."""
    asked = {*filter(None, (ending, "csv" if as_csv else None, "json" if as_json else None))}
    if len(asked) > 1:
        raise click.UsageError(f"one format at a time, not {' and '.join(sorted(asked))}")
    return asked.pop() if asked else "table"


def _print_first(columns: Sequence[str], rows: Iterator[Sequence[Any]], pager: bool) -> None:
    """Print the first rows as a table, and say what is not shown."""
    shown = list(islice(rows, SHOWN_ROWS))
    more = sum(1 for _ in rows)
    with paged(pager) as out:
        laid = print_table(columns, shown, out=out)
        notes = []
        if more:
            notes.append(f"... {more:,} more rows.")
        if laid.left_out:
            notes.append(f"Columns that do not fit: {', '.join(laid.left_out)}.")
        if notes or laid.is_cut:
            notes.append("`--format csv`, `json`, `markdown` or `parquet` has everything.")
        if notes:
            note(out, " ".join(notes))
