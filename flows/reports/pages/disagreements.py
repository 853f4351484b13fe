"""Disagreements: where articles of a story give other figures, or credit others with the same words."""

from collections.abc import Sequence
from typing import Any

from flows.reports.pages.figures import SHAPES, Articles, compare_figures
from flows.reports.pages.quotations import find_disputed
from flows.reports.pages.site import Page, Site
from flows.reports.pages.story import by_story, gather
from flows.reports.queries import story as ask

FIGURES_SHOWN, QUOTES_SHOWN, OUTLETS_SHOWN = 5, 5, 6


def list_all(site: Site, part: int) -> Page:
    """Return a page of the disagreements in some of the stories, the newest first."""
    total = site.rows(ask.COUNTED)[0]["n"]
    stories = site.rows(ask.LISTED, limit=ask.PER_PAGE, offset=ask.PER_PAGE * (part - 1))
    ids = [one["story_id"] for one in stories]
    articles, now = gather(site, ids)
    figures = by_story(site.rows(ask.FIGURES, ids=now), articles)
    quotes = by_story(site.rows(ask.QUOTES, ids=now), articles)
    found = [
        _describe(one, figures[key], quotes[key], articles)
        for one, key in zip(stories, ids, strict=True)
    ]
    parts = -(-total // ask.PER_PAGE)
    context = {
        "rows": [one for one in found if one["figures"] or one["quotes"]],
        "looked_at": len(stories),
        "total": total,
        "shapes": SHAPES,
        "part": part,
        "parts": parts,
    }
    return Page("disagreements.html", context, parts)


def _describe(
    story: dict[str, Any],
    figures: list[dict[str, Any]],
    quotes: list[dict[str, Any]],
    articles: Articles,
) -> dict[str, Any]:
    """Return a story with the figures that differ and the quotations that are credited to several."""
    differing = [
        one | {"told": _by_value(one["rows"])}
        for one in compare_figures(figures, articles)
        if not one["agrees"]
    ]
    return story | {"figures": differing[:FIGURES_SHOWN], "quotes": find_disputed(quotes)[:QUOTES_SHOWN]}


def _by_value(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each value and shape that articles give, with the outlets that give it."""
    found: dict[tuple[float, str], dict[str, None]] = {}
    for row in rows:
        found.setdefault((row["value"], row["shape"]), {})[row["article"]["site"]] = None
    return [
        {"value": value, "shape": shape, "sites": list(sites)[:OUTLETS_SHOWN]}
        for (value, shape), sites in found.items()
    ]
