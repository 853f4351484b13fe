"""`winnow rebuild`: clean everything again from the raw store."""

from pathlib import Path

import click
from rich.console import Console

from flows.commands.cleaning_options import corrections_option, entities_option, own_list, read_decided
from flows.commands.flow_run import shown_run, starting_prefect
from flows.commands.options import (
    accept_option,
    dask_option,
    log_option,
    on_failure_option,
    warehouse_option,
    workers_option,
)
from flows.commands.output import print_table
from warehouse.paths import Layout


@click.command()
@warehouse_option
@workers_option
@dask_option
@entities_option
@corrections_option
@accept_option
@on_failure_option
@log_option
def rebuild(
    layout: Layout,
    workers: int | None,
    dask: str | None,
    entities: Path | None,
    corrections: Path | None,
    accept: bool,
) -> None:
    """Clean everything again from the raw store alone, show what changed, and publish it.

    Nothing is published if more than 1 % of the articles are lost or 25 % changed, unless --accept is
    given.
    """
    if not any(layout.raw_store.glob("*.parquet")):
        raise click.UsageError(f"{layout.raw_store} does not exist; `winnow run` creates it")
    messages, own = Console(stderr=True, highlight=False), own_list(entities)
    read_decided(layout, corrections)
    with starting_prefect(messages):
        from flows.ingest import rebuild as rebuild_flow
        from flows.reports.summary import summary_lines
        from transforms.options import CleaningOptions
    with shown_run(layout, messages, "winnow rebuild"):
        options = CleaningOptions(entities=own, corrections=corrections)
        run, changes = rebuild_flow(layout.database, workers, accept, options, dask)
    for line in summary_lines(run):
        click.echo(line)
    click.echo(
        f"{changes.before:,} articles before: {changes.lost:,} lost, {changes.changed:,} changed;"
        f" {changes.gained:,} new."
    )
    if changes.articles:
        rows = [
            (one.article_id[:12], one.change, f"{one.words:+}", one.rule, one.title)
            for one in changes.articles
        ]
        print_table(("article", "change", "words", "rule", "title"), rows)
    if changes.removed_by_rule:
        rows_by_rule = [(rule, f"{characters:+,}") for rule, characters in changes.removed_by_rule]
        print_table(("rule", "characters"), rows_by_rule, "Change in removed characters, by rule")
