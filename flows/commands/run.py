"""`winnow run`: the main job."""

import os
import sys
from dataclasses import asdict
from importlib import import_module
from threading import Thread
from typing import Literal

import click
from rich.console import Console
from rich.markup import escape

from flows.commands.options import json_option, plain, print_json, warehouse_option
from warehouse.layout import Layout

Mode = Literal["best", "fast"]
Comments = Literal["drop", "keep"]
NEXT = """
Ask next:
  winnow sql "SELECT title, site, published_on, word_count FROM articles ORDER BY published_on"
  winnow explain {example}
  winnow report --open
"""


@click.command()
@click.argument("inputs", nargs=-1)
@warehouse_option
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Cleaning processes.  [default: one a processor]"
)
@click.option("--accept", is_flag=True, help="Load a batch though it breaks a critical rule.")
@click.option(
    "--mode",
    type=click.Choice(["best", "fast"]),
    default="best",
    show_default=True,
    help="How to judge a page: with trafilatura's vote, or by the model alone.",
)
@click.option(
    "--comments",
    type=click.Choice(["drop", "keep"]),
    default="drop",
    show_default=True,
    help="What to do with comments below an article.",
)
@click.option("--verbose", is_flag=True, help="Show Prefect's log.")
@json_option
def run(
    inputs: tuple[str, ...],
    layout: Layout,
    workers: int | None,
    accept: bool,
    mode: Mode,
    comments: Comments,
    verbose: bool,
    as_json: bool,
) -> None:
    """Read, clean, check and load captures.

    INPUTS are files, folders, globs or URLs of .txt, .html, .gz, .zst, .zip, .warc, .wet, .jsonl and
    .parquet; with none, the sample captures that come with Winnow. Running it again changes nothing.
    """
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if verbose else "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "ERROR")
    messages = Console(stderr=True, highlight=False)
    if not inputs:
        messages.print("No input given: running on the sample captures that come with Winnow.")
    with messages.status("Starting Prefect ..."):
        from flows.ingest import BatchRefused, ingest  # Prefect takes seconds to import
        from flows.progress import shown_progress
        from flows.summary import summary_lines
        from transforms.captures.inputs import InputMissing
        from transforms.clean import CleaningOptions
    # Great Expectations is imported while Prefect waits for its server; the checks come last.
    Thread(target=import_module, args=("expectations.check",), daemon=True).start()
    try:
        with shown_progress(messages):
            done = ingest(
                list(inputs), layout.database, workers, accept, CleaningOptions(mode, comments)
            )
    except InputMissing as error:
        raise click.UsageError(str(error)) from error
    except BatchRefused as error:
        messages.print(f"[red]The batch was refused[/], the warehouse is as it was before: {error}")
        messages.print("`winnow report` shows the figures; `winnow run --accept` loads it all the same.")
        sys.exit(1)
    if as_json:
        print_json(asdict(done))
        return
    for line in summary_lines(done):
        click.echo(line)
    for warning in _warnings(layout, done.run_id):
        messages.print(f"[yellow]Warning[/] {escape(plain(warning))}", soft_wrap=True)
    if done.documents_quarantined:
        click.echo("`winnow quarantine` lists what was refused, and why.")
    click.echo(NEXT.format(example=_example(layout)).rstrip())


WARNINGS = """
SELECT expectation || coalesce(': ' || observed, '') AS told FROM expectation_results
WHERE run_id = $run_id AND NOT success AND severity = 'warning' ORDER BY suite, expectation
"""


def _warnings(layout: Layout, run_id: str) -> list[str]:
    """Return what the checks of a run remarked without stopping it."""
    from warehouse.store import fetch_rows, read_published

    with read_published(layout) as db:
        return [row["told"] for row in fetch_rows(db, WARNINGS, run_id=run_id)]


def _example(layout: Layout) -> str:
    """Return a document worth explaining: the one with most pieces removed among the short ones."""
    from warehouse.store import read_published

    with read_published(layout) as db:
        row = db.execute(
            "SELECT left(document_id, 8) FROM segments WHERE NOT is_kept"
            " GROUP BY document_id ORDER BY abs(count(*) - 12), document_id LIMIT 1"
        ).fetchone()
    return str(row[0]) if row else "DOCUMENT"
