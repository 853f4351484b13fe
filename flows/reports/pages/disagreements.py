"""Disagreements: where articles of a story give other figures, or credit others with the same words."""

from collections.abc import Sequence
from typing import Any

from flows.reports.pages.figures import SHAPES, Articles, compare_figures
from flows.reports.pages.quotations import find_disputed
from flows.reports.pages.selection import IN_ORDER, select
from flows.reports.pages.site import Page, Site
from flows.reports.pages.story import by_story, find_stories, gather_articles
from flows.reports.queries import story as ask

FIGURES_SHOWN, QUOTES_SHOWN, OUTLETS_SHOWN = 8, 10, 6
# What stories of a page are put in order by, the largest first.
MEASURES = {
    "apart": lambda one: max((f["apart"] or 0 for f in one["figures"]), default=-1),
    "most": lambda one: one["disagreements"],
}


def list_all(site: Site, part: int) -> Page:
    """Return a page of the disagreements, the newest stories first, or as they are asked for."""
    return _listed(site, {}, part)


def show(site: Site, key: str, part: int) -> Page | None:
    """Return a page of the disagreements in another order, None if there is no such order."""
    order = key.removeprefix(IN_ORDER)
    is_known = key != order and order in ask.DISAGREEMENTS.orders
    return _listed(site, {"order": order}, part) if is_known else None


def _listed(site: Site, preset: dict[str, str], part: int) -> Page:
    chosen = select(site, "disagreements", ask.DISAGREEMENTS, preset)
    stories, total, parts = find_stories(site, chosen, part)
    rows = [one for one in _compare(site, stories, chosen.asked.get("of")) if one["disagreements"]]
    if measure := MEASURES.get(chosen.asked.get("order", "")):
        rows.sort(key=measure, reverse=True)
    context = {
        "rows": rows,
        "disagreements": sum(one["disagreements"] for one in rows),
        "looked_at": len(stories),
        "total": total,
        "shapes": SHAPES,
        "chosen": chosen,
        "figures_shown": FIGURES_SHOWN,
        "quotes_shown": QUOTES_SHOWN,
        "part": part,
    }
    return Page("disagreements.html", context, parts)


def _compare(site: Site, stories: list[dict[str, Any]], of: str | None) -> list[dict[str, Any]]:
    """Return stories with what differs in them: figures, quotations, or both where neither is named."""
    ids = [one["story_id"] for one in stories]
    articles, now = gather_articles(site, ids)
    figures = by_story(site.rows(ask.FIGURES, ids=now) if of != "quotes" else [], articles)
    quotes = by_story(site.rows(ask.QUOTES, ids=now) if of != "figures" else [], articles)
    return [
        _describe(one, figures[key], quotes[key], articles)
        for one, key in zip(stories, ids, strict=True)
    ]


def _describe(
    story: dict[str, Any],
    figures: list[dict[str, Any]],
    quotes: list[dict[str, Any]],
    articles: Articles,
) -> dict[str, Any]:
    """Return a story with the figures that differ and the quotations that are credited to several.

    They are those that the page of the story tells of.
    """
    differing = [
        one | {"told": _by_value(one["rows"])}
        for one in compare_figures(figures, articles)
        if not one["agrees"]
    ]
    disputed = find_disputed(quotes, articles)
    return story | {
        "figures": differing,
        "quotes": disputed,
        "disagreements": len(differing) + len(disputed),
    }


def _by_value(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each value and shape that articles give, with the outlets that give it."""
    found: dict[tuple[float, str], dict[str, None]] = {}
    for row in rows:
        found.setdefault((row["value"], row["shape"]), {})[row["article"]["site"]] = None
    return [
        {"value": value, "shape": shape, "sites": list(sites)[:OUTLETS_SHOWN]}
        for (value, shape), sites in found.items()
    ]
