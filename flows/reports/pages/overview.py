"""The first page: is the warehouse fresh, is anything lost, what to look at first."""

from math import ceil, floor
from typing import Any

from flows.reports.pages.attention import find_attention
from flows.reports.pages.nights import fold_sites, list_nights, name_last
from flows.reports.pages.site import Page, Site
from flows.reports.pages.story import with_differences
from flows.reports.pages.verdict import judge, tell, temper
from flows.reports.queries import overview as ask
from flows.reports.words import DATA_ROLES

ITEMS_SHOWN, SITES_SHOWN = 6, 15
ROLES_SHOWN = 6  # of removed text; style.css has as many colours
LEAST_REACH = 10  # per cent, of a line of completeness
FIELDS = {
    "title": "Title",
    "date": "Date of publication",
    "author": "Author",
    "language": "Language certain",
    "whole": "Whole text (not cut off)",
}


def show(site: Site) -> Page:
    """Return the overview."""
    runs = site.rows(ask.RUNS)
    last = runs[0] if runs else None
    every = list_nights(site)
    sites = [row for row in every if row["site"]]
    named = {"run_id": last["run_id"] if last else ""}
    items = find_attention(runs, site.rows(ask.FAILED, **named), sites, site.rows(ask.REFUSED, **named))
    problem = next((item.title for item in items if item.level == "bad"), None)
    to_look_at = sum(item.level != "todo" for item in items)
    level, headline = temper(*judge(last), to_look_at, problem)
    brought = sum(bool(row["nights"][-1]) for row in sites)
    context = {
        "last": last,
        "level": level,
        "headline": headline,
        "lede": tell(last, brought, len(sites)),
        "items": items[:ITEMS_SHOWN],
        "more_items": len(items) - ITEMS_SHOWN,
        "totals": site.rows(ask.TOTALS)[0],
        "nights": draw_nights(runs),
        "sites": fold_sites(every, SITES_SHOWN),
        "last_loaded": name_last(site),
        "fields": draw_fields(site),
        "stories": with_differences(site, site.rows(ask.STORIES)),
        "removed": draw_removed(site.rows(ask.REMOVED)),
    }
    return Page("overview.html", context)


def draw_nights(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the runs as bars, the oldest first, and the scale they are drawn to."""
    top = round_up(max((run["captures_seen"] for run in runs), default=0))
    parts = ("documents_loaded", "documents_unchanged", "documents_quarantined")
    bars = [
        run | {"heights": [round(100 * run[part] / top) for part in parts]} for run in reversed(runs)
    ]
    return {"bars": bars, "top": top, "refused": [run for run in runs if run["status"] == "refused"]}


def round_up(value: float) -> int:
    """Return the next round number that is not smaller.

    >>> round_up(231), round_up(7), round_up(0)
    (250, 7, 1)
    """
    size = 10 ** max(0, len(str(int(value))) - 1)
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10)
    return max(1, int(next(step * size for step in steps if step * size >= value)))


def draw_fields(site: Site) -> list[dict[str, Any]]:
    """Return the completeness of each field, with its trend as the points of a line."""
    now = site.row(ask.COMPLETENESS)
    weeks = site.rows(ask.TREND)
    if now is None:
        return []
    return [
        draw_line([week[field] for week in weeks])
        | {
            "name": name,
            "field": field,
            "share": now[field],
            "change": 100 * (weeks[-1][field] - weeks[-2][field]) if len(weeks) > 1 else None,
        }
        for field, name in FIELDS.items()
    ]


def draw_line(shares: list[float]) -> dict[str, Any]:
    """Return shares as the points of a line of 96 by 26, and the ends of its scale in per cent.

    The scale is at least LEAST_REACH wide, so that a change too small to matter does not look large.

    >>> draw_line([0.5, 1.0])
    {'points': '0.0,23.0 96.0,3.0', 'low': 50, 'high': 100}
    >>> draw_line([0.98, 0.99])["low"]
    90
    """
    high = max(LEAST_REACH, 5 * ceil(20 * max(shares)))
    low = max(0, min(5 * floor(20 * min(shares)), high - LEAST_REACH))
    step, reach = 96 / max(1, len(shares) - 1), high - low
    points = (f"{i * step:.1f},{23 - 20 * (100 * v - low) / reach:.1f}" for i, v in enumerate(shares))
    return {"points": " ".join(points), "low": low, "high": high}


def draw_removed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what was removed by role, the small ones as one, with shares of all that was.

    What is kept as data, and blank lines, are not removed text.
    """
    rows = [row for row in rows if row["role"] not in ("blank", *DATA_ROLES)]
    total = sum(row["characters"] for row in rows) or 1
    large = [row for row in rows if row["role"] != "other"][:ROLES_SHOWN]
    rest = total - sum(row["characters"] for row in large)
    listed = [*large, {"role": "other", "characters": rest}] if rest and rows else large
    return [row | {"share": row["characters"] / total} for row in listed]
