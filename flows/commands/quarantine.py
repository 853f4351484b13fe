"""`winnow quarantine`: what was refused, and why; try it again, or let it rest."""

import os

import click
from rich.console import Console

from flows.commands.options import json_option, print_json, print_table, warehouse_option
from flows.temporary_server import starting_server
from warehouse.forgiveness import forgive as forgive_refused
from warehouse.layout import Layout
from warehouse.store import fetch_rows, read_published

LISTED = """
SELECT source_uri, left(document_id, 12) AS document, stage, reason, detail, first_seen_at, run_id
FROM quarantine WHERE $all OR resolved_at IS NULL ORDER BY first_seen_at DESC, source_uri
"""
SHOWN = ("source_uri", "document", "stage", "reason", "detail")


@click.group(invoke_without_command=True)
@warehouse_option
@click.option("--all", "show_all", is_flag=True, help="Also what has since been loaded or forgiven.")
@json_option
@click.pass_context
def quarantine(context: click.Context, layout: Layout, show_all: bool, as_json: bool) -> None:
    """List what was refused, and why; `retry` tries it again, `forgive` lets it rest.

    What could not be read is tried again by every run; what the cleaner refused, when the cleaner
    changes.
    """
    if context.invoked_subcommand:
        context.obj = layout
        return
    with read_published(layout) as db:
        rows = fetch_rows(db, LISTED, all=show_all)
    if as_json:
        print_json(rows)
    elif rows:
        print_table(SHOWN, [[row[name] for name in SHOWN] for row in rows])
    else:
        click.echo("Nothing is quarantined.")


@quarantine.command()
@click.pass_obj
def retry(layout: Layout) -> None:
    """Clean again what was refused, from the raw store, and load what is good now."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    messages = Console(stderr=True, highlight=False)
    with messages.status("Starting Prefect ..."), starting_server():
        from prefect import tags

        from flows.ingest import retry as retry_flow
        from flows.progress import shown_progress
        from flows.summary import summary_lines
    with shown_progress(messages), tags("winnow", layout.database.stem):
        run = retry_flow(layout.database)
    for line in summary_lines(run):
        click.echo(line)


@quarantine.command()
@click.argument("names", nargs=-1, required=True)
@click.pass_obj
def forgive(layout: Layout, names: tuple[str, ...]) -> None:
    """Settle what was refused, by NAMES: sources, or the beginnings of ids (four digits or more)."""
    settled = forgive_refused(layout, names)
    for source in settled:
        click.echo(f"forgiven: {source}")
    if not settled:
        raise click.UsageError("nothing in quarantine has that source or id")
