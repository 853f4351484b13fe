"""`winnow status`: the last runs, what they loaded, what is quarantined."""

import sys

import click

from flows.commands.options import json_option, print_json, print_table, warehouse_option
from warehouse.layout import Layout
from warehouse.store import fetch_rows, read_published

RUNS = """
SELECT run_id, flow, status,
    round(date_diff('millisecond', started_at, finished_at) / 1000.0, 1) AS seconds,
    captures_seen AS seen, documents_loaded AS loaded, documents_unchanged AS unchanged,
    documents_quarantined AS quarantined,
    (SELECT count(*) FROM expectation_results AS e WHERE e.run_id = r.run_id AND NOT success) AS failing
FROM runs AS r ORDER BY started_at DESC, run_id DESC LIMIT $count
"""
QUARANTINE = """
SELECT stage, reason, count(*) AS captures, min(first_seen_at) AS since
FROM quarantine WHERE resolved_at IS NULL GROUP BY ALL ORDER BY captures DESC, reason
"""
TOTALS = """
SELECT (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM articles) AS articles, (SELECT count(DISTINCT site) FROM articles) AS sites
"""
FAILING = """
SELECT suite, expectation, column_name, severity, observed FROM expectation_results
WHERE NOT success AND run_id = (SELECT max(run_id) FROM runs) ORDER BY severity, suite, expectation
"""


@click.command()
@warehouse_option
@click.option(
    "--runs", "count", type=click.IntRange(1), default=5, show_default=True, help="Runs to show."
)
@json_option
def status(layout: Layout, count: int, as_json: bool) -> None:
    """Show the last runs, what the warehouse holds, and what is quarantined.

    Exit status 1 if the last run was refused.
    """
    with read_published(layout) as db:
        answers = {
            "runs": fetch_rows(db, RUNS, count=count),
            "totals": fetch_rows(db, TOTALS),
            "quarantine": fetch_rows(db, QUARANTINE),
            "failing": fetch_rows(db, FAILING),
        }
    if as_json:
        print_json(answers)
    else:
        titles = {
            "runs": "Last runs",
            "totals": "The warehouse holds",
            "quarantine": "Quarantine",
            "failing": "Expectations that failed in the last run",
        }
        for name, rows in answers.items():
            if rows:
                print_table(list(rows[0]), [list(row.values()) for row in rows], titles[name])
                click.echo()
    if answers["runs"] and answers["runs"][0]["status"] != "completed":
        sys.exit(1)
