"""Sites: what each brought, night by night, how complete it is, and its typical boilerplate."""

from typing import Any

from flows.reports.pages.nights import list_nights, name_last
from flows.reports.pages.overview import round_up
from flows.reports.pages.parts import parts_of, rows_of
from flows.reports.pages.site import Page, Site, find_name
from flows.reports.queries import sites as ask

PER_PAGE = 200


def list_all(site: Site, part: int) -> Page:
    """Return a page of the sites, the largest first, with how long each has been silent."""
    rows = site.once("sites", lambda: site.rows(ask.LISTED))
    nights = {row["site"]: row for row in list_nights(site)}
    shown = [row | {"nights": nights.get(row["site"] or "")} for row in rows_of(rows, part, PER_PAGE)]
    context = {
        "rows": shown,
        "total": sum(row["site"] is not None for row in rows),
        "articles": sum(row["articles"] for row in rows),
        "last": name_last(site),
        "part": part,
    }
    return Page("sites.html", context, parts_of(len(rows), PER_PAGE))


def show(site: Site, key: str, _part: int) -> Page | None:
    """Return the page of a site by the slug of its name."""
    name = find_name(site, ask.NAMES, key)
    row = site.row(ask.SITE, name=name)
    if row is None:
        return None
    nights = site.rows(ask.NIGHTS_OF, name=name)
    context = {
        "name": name,
        "row": row,
        "nights": nights,
        "top": round_up(max((night["articles"] for night in nights), default=0)),
        "empty": _empty_nights(nights),
        "newest": site.rows(ask.NEWEST, name=name),
        "boilerplate": site.rows(ask.BOILERPLATE, name=name),
        "speakers": site.rows(ask.SPEAKERS, name=name),
    }
    return Page("site.html", context)


def _empty_nights(nights: list[dict[str, Any]]) -> int:
    """Return in how many of the last nights nothing came, 0 if nothing ever did."""
    brought = [i for i, night in enumerate(nights) if night["articles"]]
    return len(nights) - 1 - brought[-1] if brought else 0
