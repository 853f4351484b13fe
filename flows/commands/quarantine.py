"""`winnow quarantine`: what was refused, and why."""

import click

from flows.commands.options import json_option, print_json, print_table, warehouse_option
from warehouse.layout import Layout
from warehouse.store import fetch_rows, read_published

LISTED = """
SELECT source_uri, left(document_id, 12) AS document, stage, reason, detail, first_seen_at, run_id
FROM quarantine WHERE $all OR resolved_at IS NULL ORDER BY first_seen_at DESC, source_uri
"""
SHOWN = ("source_uri", "document", "stage", "reason", "detail")


@click.command()
@warehouse_option
@click.option("--all", "show_all", is_flag=True, help="Also what has since been loaded.")
@json_option
def quarantine(layout: Layout, show_all: bool, as_json: bool) -> None:
    """List what was refused, and why.

    What could not be read is tried again by every run; what the cleaner refused, when the cleaner
    changes.
    """
    with read_published(layout) as db:
        rows = fetch_rows(db, LISTED, all=show_all)
    if as_json:
        print_json(rows)
    elif rows:
        print_table(SHOWN, [[row[name] for name in SHOWN] for row in rows])
    else:
        click.echo("Nothing is quarantined.")
