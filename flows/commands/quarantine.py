"""`winnow quarantine`: captures in quarantine, with reasons; retry or dismiss them."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from flows.commands.cleaning_options import corrections_option, entities_option, own_list
from flows.commands.flow_run import shown_run, starting_prefect
from flows.commands.options import accept_option, json_option, warehouse_option
from flows.commands.output import console, plain, print_json, print_table
from transforms.captures.names import as_stored
from warehouse.naming import IS_NAMED
from warehouse.paths import Layout
from warehouse.quarantine import forgive as forgive_refused
from warehouse.schema.vocabulary import Reason
from warehouse.store import fetch_rows, read_published

LISTED = """
SELECT source_uri, left(document_id, 12) AS document, stage, reason, detail, first_seen_at, run_id
FROM quarantine WHERE $all OR resolved_at IS NULL ORDER BY first_seen_at DESC, source_uri
"""
FULL = f"""
FROM quarantine WHERE EXISTS (FROM unnest($names) AS t(name) WHERE {IS_NAMED})
ORDER BY source_uri, first_seen_at
"""
# Transient failures; other captures are refused again until their bytes or the cleaner change.
PASSING: frozenset[Reason] = frozenset({"timed_out", "worker_died"})
NOT_FOUND = "nothing in quarantine has that source or id; `winnow quarantine --all` lists everything"
SHOWN = ("source_uri", "document", "stage", "reason", "detail")


@click.group(invoke_without_command=True)
@warehouse_option
@click.option(
    "--all", "show_all", is_flag=True, help="Include captures that were loaded or dismissed since."
)
@json_option
@click.pass_context
def quarantine(context: click.Context, layout: Layout, show_all: bool, as_json: bool) -> None:
    """List the captures in quarantine; `show` prints details, `retry` tries again, `forgive` dismisses.

    Every run retries captures that could not be read. Captures without an article are cleaned again
    after an update.
    """
    if context.invoked_subcommand:
        return
    print_listed(layout, show_all, as_json)


@quarantine.command("list")
@warehouse_option
@json_option
def list_(layout: Layout, as_json: bool) -> None:
    """List the captures in quarantine (the default)."""
    print_listed(layout, show_all=False, as_json=as_json)


def print_listed(layout: Layout, show_all: bool, as_json: bool) -> None:
    """Print the captures in quarantine, newest first."""
    with read_published(layout) as db:
        rows = fetch_rows(db, LISTED, all=show_all)
    if as_json:
        print_json(rows)
    elif rows:
        print_table(SHOWN, [[row[name] for name in SHOWN] for row in rows])
    else:
        click.echo("Quarantine is empty.")


@quarantine.command()
@click.argument("names", nargs=-1, required=True)
@warehouse_option
@json_option
def show(layout: Layout, names: tuple[str, ...], as_json: bool) -> None:
    """Show all details of captures by NAMES: sources, ends of sources, or prefixes of ids (4 digits)."""
    with read_published(layout) as db:
        rows = fetch_rows(db, FULL, names=[*map(as_stored, names)])
    if not rows:
        raise click.UsageError(NOT_FOUND)
    rows = [row | {"next": what_comes_next(row)} for row in rows]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        for name, value in row.items():
            if value not in (None, ""):
                console().print(Text(f"{name:16}{plain(value)}"), soft_wrap=True)
        click.echo()


def what_comes_next(row: dict[str, Any]) -> str:
    """Return what happens next with a refused capture, and what the user can do."""
    if row["forgiven_at"]:
        return "nothing: it was dismissed"
    if row["resolved_at"]:
        return "nothing: it was loaded later, or its source has changed"
    if row["stage"] == "read":
        return "tried again in every run"
    lines = f"`winnow explain {row['document_id'][:12]}` shows its lines"
    if row["reason"] in PASSING:
        return f"`winnow quarantine retry` may help; {lines}"
    return f"cleaned again after an update, or by `winnow quarantine retry`; {lines}"


@quarantine.command()
@warehouse_option
@entities_option
@corrections_option
@accept_option
def retry(layout: Layout, entities: Path | None, corrections: Path | None, accept: bool) -> None:
    """Clean the captures in quarantine again, from the raw store, and load those that pass now."""
    messages, own = Console(stderr=True, highlight=False), own_list(entities)
    with starting_prefect(messages):
        from flows.ingest import retry as retry_flow
        from flows.reports.summary import summary_lines
        from transforms.options import CleaningOptions
    with shown_run(layout, messages, "winnow quarantine retry"):
        options = CleaningOptions(entities=own, corrections=corrections)
        run = retry_flow(layout.database, None, accept, options)
    for line in summary_lines(run):
        click.echo(line)


@quarantine.command()
@click.argument("names", nargs=-1, required=True)
@warehouse_option
def forgive(layout: Layout, names: tuple[str, ...]) -> None:
    """Dismiss captures by NAMES: sources, ends of sources, or prefixes of ids (four digits or more)."""
    settled = forgive_refused(layout, [*map(as_stored, names)])
    for source in settled:
        click.echo(f"Dismissed: {source}")
    if not settled:
        raise click.UsageError(NOT_FOUND)
