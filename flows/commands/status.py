"""`winnow status`: the last runs, the warehouse's content, and the quarantine."""

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import console, plain, print_json
from flows.commands.terminal.state import print_state
from warehouse.health import compare_with_usual, find_problems
from warehouse.paths import Layout
from warehouse.store import fetch_rows, read_published

RUNS = """
SELECT run_id, flow, status, started_at,
    round(date_diff('millisecond', started_at, finished_at) / 1000.0, 1) AS seconds,
    captures_seen AS seen, documents_loaded AS loaded, documents_unchanged AS unchanged,
    documents_quarantined AS quarantined,
    (SELECT count(*) FROM expectation_results AS e WHERE e.run_id = r.run_id AND NOT success) AS failing
FROM runs AS r ORDER BY started_at DESC, run_id DESC LIMIT $count
"""
QUARANTINE = """
SELECT stage, reason, count(*) AS captures, date_trunc('second', min(first_seen_at)) AS since
FROM quarantine WHERE resolved_at IS NULL GROUP BY ALL ORDER BY captures DESC, reason
"""
TOTALS = """
SELECT (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM articles) AS articles, (SELECT count(DISTINCT site) FROM articles) AS sites
"""
LOST_CORRECTIONS = """
SELECT left(document_id, 12) AS document, kind, left(value, 60) AS value, made_by, detail
FROM document_corrections WHERE NOT is_applied ORDER BY ALL LIMIT 20
"""
FAILING = """
SELECT suite, expectation, column_name, severity, observed FROM expectation_results
WHERE NOT success AND run_id = (SELECT max(run_id) FROM runs) ORDER BY severity, suite, expectation
"""
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def read_age(_ctx: object, _param: object, given: str | None) -> timedelta | None:
    """Return an age such as 90m, 26h or 8d."""
    if given is None:
        return None
    parts = re.fullmatch(r"([0-9]{1,6})([mhd])", given)
    if parts is None:
        raise click.BadParameter(f"{given!r} is not a valid age; use 90m, 26h or 8d")
    return timedelta(**{UNITS[parts[2]]: int(parts[1])})


@click.command()
@warehouse_option
@click.option(
    "--runs",
    "count",
    type=click.IntRange(1, 1_000_000),
    default=5,
    show_default=True,
    help="Runs to show.",
)
@click.option(
    "--max-age",
    metavar="AGE",
    callback=read_age,
    help="Maximum age of the last load: 90m, 26h or 8d.",
)
@json_option
def status(layout: Layout, count: int, max_age: timedelta | None, as_json: bool) -> None:
    """Show the last runs, the warehouse's content, and the captures in quarantine.

    Exit status 1 if the last run was refused, a run was killed, or the last load is older than
    --max-age.
    """
    now = datetime.now(UTC)
    with read_published(layout) as db:
        health = find_problems(db, layout, max_age, now)
        answers: dict[str, Sequence[dict[str, Any]]] = {
            "runs": fetch_rows(db, RUNS, count=count),
            "usual": compare_with_usual(db),
            "totals": fetch_rows(db, TOTALS),
            "quarantine": fetch_rows(db, QUARANTINE),
            "failing": fetch_rows(db, FAILING),
            "corrections": fetch_rows(db, LOST_CORRECTIONS),
        }
    if as_json:
        print_json(health | answers)
    else:
        print_state(str(layout.database), health, answers, now, console())
    for problem in health["problems"]:
        click.echo(f"winnow: {plain(problem)}", err=True)
    if health["problems"]:
        sys.exit(1)
