"""`winnow rebuild`: clean everything again from the raw store."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console

from flows.commands.options import (
    entities_option,
    log_option,
    on_failure_option,
    own_list,
    warehouse_option,
    workers_option,
)
from flows.commands.output import print_table
from flows.server.temporary_server import starting_server
from warehouse.paths import Layout


@click.command()
@warehouse_option
@workers_option
@entities_option
@click.option("--accept", is_flag=True, help="Publish it though much changed.")
@on_failure_option
@log_option
def rebuild(layout: Layout, workers: int | None, entities: Path | None, accept: bool) -> None:
    """Clean everything again from the raw store alone, show what changed, and publish it.

    Nothing is published if more than 1 % of the articles are lost or 25 % changed, unless --accept is
    given.
    """
    if not any(layout.raw_store.glob("*.parquet")):
        raise click.UsageError(f"{layout.raw_store}: no raw store there; `winnow run` makes one")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    messages, own = Console(stderr=True, highlight=False), own_list(entities)
    with messages.status("Starting Prefect ..."), starting_server():
        from prefect import tags

        from flows.ingest import BatchRefused
        from flows.ingest import rebuild as rebuild_flow
        from flows.reports.summary import summary_lines
        from flows.steps.progress import shown_progress
        from transforms.options import CleaningOptions
    try:
        with shown_progress(messages), tags("winnow", layout.database.stem):
            run, changes = rebuild_flow(layout.database, workers, accept, CleaningOptions(entities=own))
    except BatchRefused as error:
        messages.print(f"[red]Not published[/], the warehouse is as it was before: {error}")
        messages.print("`winnow rebuild --accept` publishes it all the same.")
        sys.exit(1)
    for line in summary_lines(run):
        click.echo(line)
    click.echo(
        f"Of {changes.before:,} articles {changes.lost:,} were lost and {changes.changed:,} changed;"
        f" {changes.gained:,} are new."
    )
    if changes.articles:
        rows = [
            (one.article_id[:12], one.change, f"{one.words:+}", one.rule, one.title)
            for one in changes.articles
        ]
        print_table(("article", "change", "words", "rule", "title"), rows)
    if changes.removed_by_rule:
        rows_by_rule = [(rule, f"{characters:+,}") for rule, characters in changes.removed_by_rule]
        print_table(("rule", "characters removed"), rows_by_rule, "More or less removed, by rule")
