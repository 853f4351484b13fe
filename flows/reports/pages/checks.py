"""Checks: each in words, its history, and the rows that failed it."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from flows.reports.check_words import SUITES, say_check
from flows.reports.described import describe_run
from flows.reports.kept import read_refused
from flows.reports.pages.site import Page, Site, slug
from flows.reports.queries import checks as ask
from warehouse.schema.document_tables import FACT_TABLES

WITHOUT_ADDRESS = "without an address"  # how warehouse/baselines.py names what is of no site


def list_all(site: Site, _part: int) -> Page:
    """Return the page of the last run's checks, those that failed first."""
    last = site.row(ask.LAST_CHECKED)
    rows = site.rows(ask.OF_RUN, run_id=last["run_id"]) if last else []
    suites = Counter(row["suite"] for row in rows)
    failed = Counter(row["suite"] for row in rows if not row["success"])
    context = {
        "last": last,
        "rows": with_keys(rows),
        "suites": sorted(
            suites.items(), key=lambda one: (not failed[one[0]], one[0] not in SUITES, one)
        ),
        "failed": failed,
    }
    return Page("checks.html", context)


def show(site: Site, key: str, _part: int) -> Page | None:
    """Return the page of a check by the slug of its name."""
    named = find_checks(site).get(key)
    history = site.rows(ask.HISTORY, **named) if named else []
    if not named or not history:
        return None
    now = history[-1]
    shown = next((row for row in reversed(history) if not row["success"]), now)
    context = {
        "row": now,
        "shown": shown,
        "title": say_check(now["expectation"]),
        "words": _words(site, [now["run_id"], shown["run_id"]], now),
        "history": history,
        "told": read_sample(shown),
        "articles": _articles(site, shown),
        "captures": _captures(site, shown),
        "most": ask.SHOWN,
        "fact_tables": FACT_TABLES,
    }
    return Page("check.html", context)


def check_key(row: dict[str, Any]) -> str:
    """Return the name of a check's page."""
    parts = (row["suite"], row["column_name"], row["expectation"])
    return ".".join(part for part in parts if part)


def read_sample(row: dict[str, Any]) -> list[str]:
    """Return the values of a check's sample, which is kept as a JSON list."""
    return list(map(str, json.loads(row["sample"]))) if row["sample"] else []


def with_keys(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return checks, each with the name of its page and its sample."""
    return [row | {"key": check_key(row), "told": read_sample(row)} for row in rows]


def find_checks(site: Site) -> dict[str, dict[str, str]]:
    """Return the checks of the last run that recorded any, by the slugs of their pages' names."""
    return site.once("checks", lambda: {slug(check_key(row)): row for row in site.rows(ask.LAST_ASKED)})


def _words(site: Site, run_ids: list[str], row: dict[str, Any]) -> dict[str, Any] | None:
    """Return a check in words from the newest of the runs whose validation is kept."""
    for run_id in run_ids:
        for suite in describe_run(site, run_id):
            for one in suite["expectations"] if suite["name"] == row["suite"] else ():
                if one["name"] == row["expectation"] and one["column"] in (row["column_name"], ""):
                    return dict(one)
    return None


def _articles(site: Site, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the articles of the run that a failed rule about the batch or the history counts."""
    if row["success"]:
        return []
    if row["suite"] == "batch" and (condition := ask.BATCH_ROWS.get(row["expectation"])):
        return site.rows(ask.ARTICLE_ROWS.format(condition=condition), run_id=row["run_id"])
    measure = row["expectation"].removesuffix("_is_usual")
    if row["suite"] != "history" or measure not in ask.HISTORY_ROWS:
        return []
    places = {told.partition(": ")[0] for told in read_sample(row)}
    query = ask.ARTICLE_ROWS.format(condition=ask.HISTORY_ROWS[measure])
    rows = site.rows(query, run_id=row["run_id"])
    return [one for one in rows if "all sites" in places or (one["site"] or WITHOUT_ADDRESS) in places]


def _captures(site: Site, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the captures that a failed check refused, those of a batch that was not loaded too."""
    if row["success"]:
        return []
    if row["suite"] == "batch":
        return read_refused(site.layout, row["run_id"])[: ask.SHOWN]
    named = f"{row['suite']}.{row['expectation']}"
    return site.rows(ask.REFUSED_ROWS, run_id=row["run_id"], named=named)
