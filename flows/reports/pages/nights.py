"""What sites brought in the last nights, beside what is usual for each."""

from statistics import median
from typing import Any

from flows.reports.pages.site import Site
from flows.reports.queries import overview as ask
from flows.reports.words import say_short

SILENT_NIGHTS = 2  # one night without articles is a weekend at a small site


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
