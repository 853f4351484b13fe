"""`winnow sql`: ask the warehouse."""

import csv
import sys

import click

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import print_json, print_table
from warehouse.errors import WrongQuery
from warehouse.paths import Layout
from warehouse.store import ask, read_published

SHOWN_ROWS = 100


@click.command()
@click.argument("query")
@warehouse_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
def sql(query: str, layout: Layout, as_csv: bool, as_json: bool) -> None:
    """Run QUERY on the warehouse, read-only, and print its answer; "-" reads it from standard input."""
    text = sys.stdin.read() if query == "-" else query
    with read_published(layout) as db:
        try:
            columns, rows = ask(db, text)
        except WrongQuery as error:
            click.echo(f"winnow: {error}", err=True)
            sys.exit(2)
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif as_csv:
        csv.writer(sys.stdout).writerows([columns, *rows])
    else:
        print_table(columns, rows[:SHOWN_ROWS])
        if len(rows) > SHOWN_ROWS:
            click.echo(f"... {len(rows) - SHOWN_ROWS:,} more rows; --csv or --json prints all", err=True)
