"""`winnow maintain`: compact, prune and check a warehouse."""

import os
import sys
from dataclasses import asdict

import click
from rich.console import Console

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import print_json
from flows.server.temporary_server import starting_server
from warehouse.paths import Layout


@click.command()
@warehouse_option
@click.option(
    "--keep-days",
    type=click.IntRange(1, 36_500),
    default=90,
    show_default=True,
    help="Delete results of passed checks and report pages older than this many days.",
)
@json_option
def maintain(layout: Layout, keep_days: int, as_json: bool) -> None:
    """Compact the raw store and the database, remove old results and pages, and check the rest.

    Readers are not disturbed. Exit status 1 if the warehouse is inconsistent, or a document's bytes are
    missing in the raw store.
    """
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    messages = Console(stderr=True, highlight=False)
    with messages.status("Starting Prefect ..."), starting_server():
        from flows.maintain import WarehouseDamaged
        from flows.maintain import maintain as maintain_flow
    try:
        done = maintain_flow(layout.database, keep_days)
    except WarehouseDamaged as error:
        click.echo(f"winnow: {layout.database} is damaged: {error}", err=True)
        click.echo("`winnow rebuild` restores it from the raw store.", err=True)
        sys.exit(1)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"Raw store: {done.raw_files_before:,} files before, {done.raw_files:,} now.")
    click.echo(f"Database: {done.database_bytes_before:,} bytes before, {done.database_bytes:,} now.")
    click.echo(f"Removed: {done.results_removed:,} check results, {done.pages_removed:,} pages.")
    click.echo("Checked: segments, spans, run counts, raw files.")
