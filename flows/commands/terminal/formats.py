"""Write the rows of a query as CSV, JSON, Markdown or Parquet, each row as it comes."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from flows.commands.output import escape_obeyed, plain
from flows.reports.summary import escape
from warehouse.csv_guard import guard

Rows = Iterator[Sequence[Any]]


def write_csv(columns: Sequence[str], rows: Rows, raw: bool) -> None:
    """Write CSV, guarded against terminals and spreadsheets unless it is wanted raw."""
    writer = csv.writer(sys.stdout, lineterminator="\n")  # as commands read it
    writer.writerow(columns if raw else [plain(column) for column in columns])
    for row in rows:
        writer.writerow(row if raw else [_guarded(cell) for cell in row])


def write_json(columns: Sequence[str], rows: Rows, _raw: bool) -> None:
    """Write a list of objects, with times in ISO 8601 and control characters as escapes."""
    number = -1
    click.echo("[", nl=False)
    for number, row in enumerate(rows):
        text = json.dumps(
            dict(zip(columns, row, strict=True)), default=str, ensure_ascii=False, indent=2
        )
        indented = text.replace("\n", "\n  ")
        click.echo(f"{',' if number else ''}\n  {escape_obeyed(indented)}", nl=False)
    click.echo("]" if number < 0 else "\n]")


def write_markdown(columns: Sequence[str], rows: Rows, _raw: bool) -> None:
    """Write a table of Markdown; line ends in cells are <br>, and markup is not read."""
    click.echo(f"| {' | '.join(map(_marked_down, columns))} |")
    click.echo(f"|{' --- |' * len(columns)}")
    for row in rows:
        click.echo(f"| {' | '.join(map(_marked_down, row))} |")


def write_parquet(batches: Any) -> None:
    """Write record batches of Arrow as Parquet; UsageError on a terminal, since it is binary."""
    if sys.stdout.isatty():
        raise click.UsageError("Parquet is binary; send it to a file: --format parquet > rows.parquet")
    import pyarrow.parquet

    with pyarrow.parquet.ParquetWriter(sys.stdout.buffer, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _guarded(cell: object) -> object:
    return guard(plain(cell)) if isinstance(cell, str) else cell


def _marked_down(cell: object) -> str:
    """Return a value as a cell of a table of Markdown.

    >>> _marked_down("a|b\\n*c*"), _marked_down(None)
    ('a\\\\|b<br>\\\\*c\\\\*', '')
    """
    text = "" if cell is None else escape(plain(cell))
    return "<br>".join(text.splitlines())


# By the name of a format that prints rows.
WRITERS: dict[str, Callable[[Sequence[str], Rows, bool], None]] = {
    "csv": write_csv,
    "json": write_json,
    "markdown": write_markdown,
}
