"""A story: who told it when, where outlets differ, and why the articles belong together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from flows.reports.pages.figures import (
    SHAPES,
    Articles,
    compare_figures,
    find_difference,
    say_difference,
)
from flows.reports.pages.parts import parts_of, place_of
from flows.reports.pages.quotations import compare_quotes
from flows.reports.pages.selection import IN_ORDER, Selection, select
from flows.reports.pages.site import Page, Site
from flows.reports.queries import story as ask
from flows.reports.words import count, say_day

OUTLETS_SHOWN = 40
FIGURES_SHOWN, QUOTES_SHOWN = 8, 10
TICKS = 5
NAMED = 3  # figures that differ, in the first sentences


def list_all(site: Site, part: int) -> Page:
    """Return a page of the stories, the newest first, or as they are asked for."""
    return _listed(site, {}, part)


def _listed(site: Site, preset: dict[str, str], part: int) -> Page:
    chosen = select(site, "stories", ask.SELECTED, preset)
    rows, total, parts = find_stories(site, chosen, part)
    context = {
        "rows": with_differences(site, rows),
        "total": total,
        "chosen": chosen,
        "part": part,
    }
    return Page("stories.html", context, parts)


def find_stories(site: Site, chosen: Selection, part: int) -> tuple[list[dict[str, Any]], int, int]:
    """Return the stories of a part of a list, and how many stories and parts there are in all."""
    total = site.rows(ask.COUNTED.format(where=chosen.where), **chosen.values)[0]["n"]
    query = ask.LISTED.format(where=chosen.where, order=chosen.order)
    place = place_of(part, ask.PER_PAGE)
    return site.rows(query, **place, **chosen.values), total, parts_of(total, ask.PER_PAGE)


def with_differences(site: Site, stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return stories, each with the figure on which its articles differ, if there is one."""
    articles, now = gather_articles(site, [one["story_id"] for one in stories])
    figures = by_story(site.rows(ask.FIGURES, ids=now), articles)
    return [one | {"differ": find_difference(figures[one["story_id"]], articles)} for one in stories]


def gather_articles(site: Site, ids: list[str]) -> tuple[Articles, list[str]]:
    """Return the articles of stories by their ids, and the ids of those that may be compared.

    What an address shows now is compared, and not the versions that it has replaced.
    """
    rows = site.rows(ask.ARTICLES, ids=ids)
    return {row["article_id"]: row for row in rows}, [r["article_id"] for r in rows if r["is_current"]]


def by_story(rows: list[dict[str, Any]], articles: Articles) -> Mapping[str, list[dict[str, Any]]]:
    """Return rows of articles by the stories of these."""
    found = defaultdict(list)
    for row in rows:
        found[articles[row["article_id"]]["story_id"]].append(row)
    return found


def show(site: Site, key: str, part: int) -> Page | None:
    """Return the page of a story or of all in another order, None if there is none of that name."""
    if (order := key.removeprefix(IN_ORDER)) != key:
        return _listed(site, {"order": order}, part) if order in ask.SELECTED.orders else None
    story = site.row(ask.STORY, id=key)
    if story is None:
        return None
    by_id, now = gather_articles(site, [key])
    articles, ids = list(by_id.values()), list(by_id)
    figures = compare_figures(site.rows(ask.FIGURES, ids=now), by_id)
    quotes = compare_quotes(site.rows(ask.QUOTES, ids=now), by_id)
    first, last = story["first_published_on"], story["last_published_on"]
    without_it = site.rows(ask.WITHOUT_IT, id=key, first=first, last=last) if first else []
    context = {
        "story": story,
        "title": story["title"] or key,
        "lede": " ".join(_lede(story, articles, figures, quotes)),
        "outlets": list(draw_timeline(articles, first, last))[:OUTLETS_SHOWN],
        "ticks": list(_ticks(first, last)),
        "undated": sum(row["published_on"] is None for row in articles),
        "replaced": len(ids) - len(now),
        "figures": figures[:FIGURES_SHOWN],
        "more_figures": len(figures) - FIGURES_SHOWN,
        "shapes": SHAPES,
        "quotes": quotes[:QUOTES_SHOWN],
        "more_quotes": len(quotes) - QUOTES_SHOWN,
        "articles": _with_evidence(articles, site.rows(ask.LINKS, ids=ids)),
        "names": site.rows(ask.NAMES, ids=now),
        "without_it": without_it,
    }
    return Page("story.html", context)


def _lede(
    story: dict[str, Any],
    articles: list[dict[str, Any]],
    figures: list[dict[str, Any]],
    quotes: list[dict[str, Any]],
) -> Iterator[str]:
    languages = {row["language"] for row in articles}
    told = count(story["article_count"], "article")
    if story["site_count"]:
        told += f" by {count(story['site_count'], 'outlet')}"
    told += f" in {count(len(languages), 'language')}"
    if first := story["first_published_on"]:
        last = story["last_published_on"]
        told += f", {say_day(first)}" + (f" to {say_day(last)}" if last != first else "")
    if older := len(articles) - story["article_count"]:
        told += f", and {count(older, 'earlier version')}"
    yield told + "."
    if (day := _first_day(articles)) is not None:
        sites = {row["site"] for row in articles if row["published_on"] == day}
        if len(sites) == 1 and (site := next(iter(sites))):
            yield f"{site} told it first."
    if figures:
        yield f"They give {count(len(figures), 'figure')} in common{_say_differing(figures)}."
    yield from _say_quotes(quotes)


def _say_quotes(quotes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield how many quotations are worded differently, and credited to different speakers."""
    counted = (
        (sum(not one["is_same"] for one in quotes), "worded differently"),
        (sum(one["is_disputed"] for one in quotes), "credited to different speakers"),
    )
    for number, differ in counted:
        if number:
            yield f"{count(number, 'quotation')} {'is' if number == 1 else 'are'} {differ}."


def _say_differing(figures: list[dict[str, Any]]) -> str:
    """Return on which figures the articles differ."""
    differing = [say_difference(one) for one in figures if not one["agrees"]]
    if not differing:
        return " and agree on " + ("it" if len(figures) == 1 else "all of them")
    rest = f", and {len(differing) - NAMED} more" if len(differing) > NAMED else ""
    return f" and differ on {'; '.join(differing[:NAMED])}{rest}"


def draw_timeline(
    articles: list[dict[str, Any]], first: date | None, last: date | None
) -> Iterator[dict[str, Any]]:
    """Yield the outlets in the order of their first report, each with its articles on the line."""
    outlets: dict[str | None, list[dict[str, Any]]] = {}
    for row in articles:
        outlets.setdefault(row["site"], []).append(row)
    day = _first_day(articles)
    told_first = [site for site, rows in outlets.items() if day and rows[0]["published_on"] == day]
    label = "first report" if len(told_first) == 1 else "first day"
    for site, rows in outlets.items():
        dots = [row | {"left": _place(row["published_on"], first, last)} for row in rows]
        placed = [dot["left"] for dot in dots if dot["left"] is not None]
        yield {
            "site": site,
            "language": rows[0]["language"],
            "languages": len({row["language"] for row in rows}),
            "dots": dots,
            "label": label if site in told_first and site is not None else None,
            "from": min(placed, default=None),
            # Articles without an address are not of one outlet: no line joins them.
            "reach": max(placed) - min(placed) if placed and site else 0,
        }


def _first_day(articles: list[dict[str, Any]]) -> date | None:
    """Return the day of the first reports, None if an article of which only the month is known may be.

    `articles` are in the order of their dates, and a month stands at its first day.
    """
    day = articles[0]["published_on"]
    first = (row["published_precision"] for row in articles if row["published_on"] == day)
    return day if day and all(precision == "day" for precision in first) else None


def _place(day: date | None, first: date | None, last: date | None) -> int | None:
    """Return where a day stands between the first and the last, from 3 to 97 of 100."""
    if day is None or first is None or last is None:
        return None
    days = (last - first).days
    return 3 + round(94 * (day - first).days / days) if days else 3


def _ticks(first: date | None, last: date | None) -> Iterator[tuple[int, str]]:
    if first is None or last is None:
        return
    days = (last - first).days
    steps = min(TICKS, days + 1)
    for i in range(steps):
        day = first + timedelta(days=round(days * i / max(1, steps - 1)))
        named = f"{day.day} {day:%b}" + (f" {day:%Y}" if first.year != last.year else "")
        yield _place(day, first, last) or 3, named


def _with_evidence(articles: list[dict[str, Any]], links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the articles, each with the strongest evidence that it belongs to the story."""
    evidence: dict[str, str] = {}
    for link in links:
        for name in ("article_id", "other_article_id"):
            evidence.setdefault(link[name], link["evidence"])
    return [row | {"evidence": evidence.get(row["article_id"], "")} for row in articles]
