"""The first page: is the warehouse fresh, is anything lost, what to look at first."""

from math import ceil, floor
from statistics import median
from typing import Any

from flows.reports.pages.attention import SHOWN, find_attention
from flows.reports.pages.site import Page, Site
from flows.reports.pages.story import with_differences
from flows.reports.pages.verdict import judge, tell, temper
from flows.reports.queries import overview as ask
from flows.reports.words import DATA_ROLES, say_short

ROLES_SHOWN = 6  # of removed text; style.css has as many colours
SILENT_NIGHTS = 2  # one night without articles is a weekend at a small site
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
        "items": items[:SHOWN],
        "more_items": len(items) - SHOWN,
        "totals": site.rows(ask.TOTALS)[0],
        "nights": draw_nights(runs),
        "sites": fold_sites(every, ask.SITES_SHOWN),
        "last_loaded": name_last(site),
        "fields": draw_fields(site),
        "stories": with_differences(site, site.rows(ask.STORIES)),
        "removed": draw_removed(site.rows(ask.REMOVED)),
    }
    return Page("overview.html", context)


def list_nights(site: Site) -> list[dict[str, Any]]:
    """Return what sites brought in the last nights, the largest first, the one without a name last."""
    rows = site.rows(ask.SITES_BY_NIGHTS)
    nights = max((night["age"] for row in rows for night in row["nights"]), default=0)
    return [with_nights(row, nights) for row in rows]


def fold_sites(rows: list[dict[str, Any]], shown: int) -> list[dict[str, Any]]:
    """Return the largest sites, the other ones as one row, and what has no address: none is left out."""
    named, rest = [row for row in rows if row["site"]], [row for row in rows if not row["site"]]
    if len(named) <= shown + 1:  # one site more needs no more room than a row for it
        return [*named, *rest]
    others = named[shown:]
    nights = [sum(column) for column in zip(*(row["nights"] for row in others), strict=True)]
    folded = {"site": "", "others": len(others), "articles": sum(row["articles"] for row in others)}
    return [*named[:shown], folded | with_tones(nights) | {"silent": 0}, *rest]


def name_last(site: Site) -> str:
    """Return the name of the last run that loaded, with its day: pages are looked at days later."""
    at = site.rows(ask.LAST_LOADED)[0]["at"]
    return f"Last run, {say_short(at)}" if at else "Last run"


def with_nights(row: dict[str, Any], total: int) -> dict[str, Any]:
    """Return a site with a count for each night, the oldest first, and how each stands to the usual."""
    found = {night["age"]: night["articles"] for night in row["nights"]}
    nights = [found.get(age, 0) for age in range(total, 0, -1)]
    told = with_tones(nights)
    silent, since = row["silent_for"] - 1, total - nights.index(next(filter(None, nights)))
    # Only a site that brings something on most nights can fall silent.
    is_steady = row["site"] and told["usual"] > 0 and told["came"] >= since / 2
    return row | told | {"silent": silent if is_steady and silent >= SILENT_NIGHTS else 0}


def with_tones(nights: list[int]) -> dict[str, Any]:
    """Return a count for each night, how each stands to the usual, and how many brought something.

    The nights before the first that brought something are not counted in what is usual.
    """
    first = next((i for i, n in enumerate(nights) if n), 0)
    usual = median(nights[first:])
    tones = [heat(n, usual) for n in nights]
    return {"nights": nights, "usual": usual, "tones": tones, "came": sum(map(bool, nights))}


def heat(articles: int, usual: float) -> str:
    """Return the tone of a night: k0 none, k1 far less than usual, k2 less, k3 as usual, k4 more.

    >>> heat(0, 10), heat(3, 10), heat(6, 10), heat(10, 10), heat(14, 10)
    ('k0', 'k1', 'k2', 'k3', 'k4')
    """
    share = articles / usual if usual else 1.0
    steps = (0.4, 0.75, 1.25)
    return "k0" if not articles else f"k{1 + sum(share > step for step in steps)}"


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
