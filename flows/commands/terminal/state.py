"""Print the state of a warehouse on a terminal: the last runs, the quarantine, failed checks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.text import Text

from flows.commands.output import plain, print_table
from flows.commands.terminal.moments import say_ago, say_started, say_took

Rows = Sequence[dict[str, Any]]
# As people say them, after a number.
COUNTS = {
    "captures_seen": "seen",
    "documents_loaded": "loaded",
    "documents_unchanged": "unchanged",
    "documents_quarantined": "quarantined",
}


def print_state(
    database: str, health: dict[str, Any], answers: dict[str, Rows], now: datetime, out: Console
) -> None:
    """Print what `winnow status` found out about a warehouse."""
    _print_totals(database, health, answers["totals"][0], now, out)
    if answers["runs"]:
        _print_runs(answers["runs"], answers["usual"], now, out)
    if answers["quarantine"]:
        out.print()
        cells = [
            (row["reason"], row["captures"], row["stage"], say_started(row["since"], now))
            for row in answers["quarantine"]
        ]
        print_table(("reason", "captures", "stage", "since"), cells, "In quarantine", out)
    if answers["failing"]:
        out.print()
        _print_failing(answers["failing"], out)
    if answers["corrections"]:
        out.print()
        cells = [tuple(row.values()) for row in answers["corrections"]]
        print_table(tuple(answers["corrections"][0]), cells, "Corrections that no longer apply", out)
    if health["is_running"]:
        out.print("\nA run is in progress.")


def _print_totals(
    database: str, health: dict[str, Any], totals: dict[str, Any], now: datetime, out: Console
) -> None:
    out.print(Text(plain(database), "bold"), soft_wrap=True)
    told = f"{totals['articles']:,} articles of {totals['sites']:,} sites"
    out.print(f"{told}, from {totals['captures']:,} captures")
    if (loaded_at := health["loaded_at"]) is None:
        out.print("Nothing was loaded yet.")
        return
    ago = say_ago(timedelta(seconds=health["age_seconds"]))
    out.print(f"Last load: {ago} ({say_started(loaded_at, now).strip()} UTC)")


def _print_runs(runs: Rows, usual: Rows, now: datetime, out: Console) -> None:
    """Print the runs, newest first, and the median of the loads before the last."""
    out.print()
    columns = (
        "started (UTC)",
        "outcome",
        "took",
        "seen",
        "loaded",
        "quarantined",
        "failed",
        "unchanged",
    )
    cells = [
        (
            say_started(row["started_at"], now),
            row["status"] if row["flow"] == "ingest" else f"{row['flow']} {row['status']}",
            say_took(row["seconds"]),
            row["seen"],
            row["loaded"],
            row["quarantined"],
            row["failing"],
            row["unchanged"],
        )
        for row in runs
    ]
    print_table(columns, cells, "Last runs; `failed` counts checks", out)
    if medians := {row["count"]: row["usual"] for row in usual if row["usual"] is not None}:
        told = (f"{medians[name]:,.4g} {noun}" for name, noun in COUNTS.items() if name in medians)
        out.print(f"Usual (median of the loads before): {', '.join(told)}")


def _print_failing(failing: Rows, out: Console) -> None:
    from flows.reports.words import say_observed

    cells = [
        (row["severity"], " ".join(filter(None, (row["expectation"], row["column_name"]))),
         say_observed(row["observed"]))
        for row in failing
    ]  # fmt: skip
    print_table(("severity", "check", "observed"), cells, "Failed checks of the last run", out)
