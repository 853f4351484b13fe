"""`winnow sql`: ask the warehouse."""

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import click

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import plain, print_json, print_table
from warehouse.csv_guard import guard
from warehouse.errors import WrongQuery
from warehouse.paths import Layout
from warehouse.store import ask, read_published

SHOWN_ROWS = 100


@click.command()
@click.argument("query")
@warehouse_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
@click.option(
    "--raw", is_flag=True, help="CSV with the values as they are: control characters, formulas."
)
@click.option("--allow-files", is_flag=True, help="Let the query read and write files of yours.")
def sql(query: str, layout: Layout, as_csv: bool, as_json: bool, raw: bool, allow_files: bool) -> None:
    """Run QUERY on the warehouse, read-only, and print its answer; "-" reads it from standard input.

    The query reaches the warehouse and nothing else: no files, no network, no settings.
    """
    text = sys.stdin.read() if query == "-" else query
    with read_published(layout, allow_files) as db:
        try:
            columns, rows = ask(db, text)
            if as_json:
                print_json([dict(zip(columns, row, strict=True)) for row in rows])
            elif as_csv:
                _print_csv(columns, rows, raw)
            else:
                _print_first(columns, rows)
        except WrongQuery as error:
            click.echo(f"winnow: {plain(error)}", err=True)
            sys.exit(2)


def _print_csv(columns: Sequence[str], rows: Iterator[Sequence[Any]], raw: bool) -> None:
    """Print rows as CSV, guarded against terminals and spreadsheets unless they are wanted raw."""
    writer = csv.writer(sys.stdout)
    writer.writerow(columns if raw else [plain(column) for column in columns])
    for row in rows:
        writer.writerow(row if raw else [_guarded(cell) for cell in row])


def _guarded(cell: object) -> object:
    return guard(plain(cell)) if isinstance(cell, str) else cell


def _print_first(columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    """Print the first rows as a table, and say how many more there are."""
    print_table(columns, list(islice(rows, SHOWN_ROWS)))
    if more := sum(1 for _ in rows):
        click.echo(f"... {more:,} more rows; --csv or --json prints all", err=True)
