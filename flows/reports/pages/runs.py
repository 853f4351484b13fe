"""Runs: what each saw and did, and for a refused batch what caused it."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from flows.reports.described import describe_run
from flows.reports.kept import read_refused
from flows.reports.pages.checks import with_keys
from flows.reports.pages.parts import parts_of, place_of
from flows.reports.pages.site import Page, Site
from flows.reports.pages.verdict import judge, judge_briefly
from flows.reports.queries import runs as ask
from flows.reports.queries.checks import OF_RUN


def list_all(site: Site, part: int) -> Page:
    """Return a page of the runs, the newest first."""
    total = site.rows(ask.COUNTED)[0]["n"]
    rows = site.rows(ask.LISTED, **place_of(part, ask.PER_PAGE))
    parts = parts_of(total, ask.PER_PAGE)
    listed = [row | {"outcome": judge_briefly(row)} for row in rows]
    return Page("runs.html", {"rows": listed, "total": total, "part": part}, parts)


def show(site: Site, key: str, _part: int) -> Page | None:
    """Return the page of a run by its id."""
    run = site.row(ask.RUN, run_id=key)
    if run is None:
        return None
    checks = site.rows(OF_RUN, run_id=key)
    failed = [row for row in checks if not row["success"]]
    critical = sum(row["severity"] == "critical" for row in failed)
    counted = run | {"checks": len(checks), "failed": len(failed), "critical": critical}
    context = {
        "run": counted,
        "verdict": judge(counted),
        "versions": json.loads(run["versions"]),
        "failed": with_keys(failed),
        "sites": site.rows(ask.SITES, run_id=key),
        "refused": list(_refused(site, key)),
        "articles": site.rows(ask.ARTICLES, run_id=key),
        "most": ask.SHOWN,
        "suites": describe_run(site, key),
    }
    return Page("run.html", context)


def _refused(site: Site, run_id: str) -> Iterator[tuple[str, int, list[dict[str, Any]]]]:
    """Yield each reason for which a run refused captures, with how many, and the first of them."""
    in_order = sorted(read_refused(site.layout, run_id), key=itemgetter("reason"))
    for reason, rows in groupby(site.rows(ask.REFUSED, run_id=run_id), key=itemgetter("reason")):
        shown = list(rows)
        yield reason, shown[0]["captures"], shown
    for reason, rows in groupby(in_order, key=itemgetter("reason")):
        listed = list(rows)
        yield reason, len(listed), listed[: ask.SHOWN]
