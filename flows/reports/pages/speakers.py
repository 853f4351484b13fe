"""Quotes: who is quoted how often, and what a speaker says."""

from collections import Counter

from flows.reports.pages.parts import parts_of, rows_of
from flows.reports.pages.site import Page, Site, find_name
from flows.reports.queries import speakers as ask


def list_all(site: Site, part: int) -> Page:
    """Return a page of the speakers, the most quoted first."""
    rows = site.once("speakers", lambda: site.rows(ask.LISTED))
    context = {
        "rows": rows_of(rows, part, ask.PER_PAGE),
        "total": len(rows),
        "totals": site.rows(ask.TOTALS)[0],
        "part": part,
        "top": max((row["quotes"] for row in rows), default=1),
        "sql": ask.LISTED,
    }
    return Page("quotes.html", context, parts_of(len(rows), ask.PER_PAGE))


def show(site: Site, key: str, _part: int) -> Page | None:
    """Return the page of a speaker who is no entity, by the slug of the name."""
    name = find_name(site, ask.NAMES, key)
    rows = site.rows(ask.OF_SPEAKER, name=name)
    if not rows:
        return None
    sites = Counter(row["site"] for row in rows if row["site"])
    context = {
        "name": name,
        "rows": rows[: ask.QUOTES_SHOWN],
        "total": len(rows),
        "articles": len({row["article_id"] for row in rows}),
        "sites": sites.most_common(15),
    }
    return Page("speaker.html", context)
