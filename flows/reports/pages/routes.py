"""Which page stands at which address: the same in both forms of the site."""

import re
from collections.abc import Callable

from flows.reports.pages import (
    checks,
    disagreements,
    document,
    names,
    overview,
    quarantine,
    rules,
    runs,
    search,
    sites,
    speakers,
    story,
)
from flows.reports.pages.selection import IN_ORDER
from flows.reports.pages.site import Page, Site, render
from flows.reports.queries import document as of_documents
from flows.reports.queries import story as of_stories

# By folder: the page of the list, and a page of one of its things.
PAGES: dict[str, tuple[Callable[[Site, int], Page], Callable[[Site, str, int], Page | None]]] = {
    "documents": (document.list_all, document.show),
    "stories": (story.list_all, story.show),
    "quotes": (speakers.list_all, speakers.show),
    "disagreements": (disagreements.list_all, disagreements.show),
    "sites": (sites.list_all, sites.show),
    "names": (names.list_all, names.show),
    "rules": (rules.list_all, rules.show),
    "checks": (checks.list_all, checks.show),
    "quarantine": (quarantine.list_all, quarantine.show),
    "runs": (runs.list_all, runs.show),
}
# Lists with filters, and with other orders than their own.
CHOICES = {
    "documents": of_documents.SELECTED,
    "stories": of_stories.SELECTED,
    "disagreements": of_stories.DISAGREEMENTS,
}
# documents.html, documents,2.html, sites/a.example.html, quarantine/empty,2.html
ADDRESS = re.compile(
    r"(?P<folder>[a-z]+)(?:/(?P<key>[A-Za-z0-9._-]{1,120}))?(?:,(?P<part>[1-9][0-9]{0,5}))?\.html"
)


def has_filters(address: str) -> bool:
    """Return True if the page at an address is a list that can be narrowed down.

    >>> has_filters("documents,2.html"), has_filters("stories/s-0123456789ab.html")
    (True, False)
    """
    found = ADDRESS.fullmatch(address)
    if found is None or found["folder"] not in CHOICES:
        return False
    return found["key"] is None or found["key"].startswith(("without-", IN_ORDER))


def find_page(site: Site, address: str) -> Page | None:
    """Return the page at an address, None if there is none."""
    if address == "index.html":
        return overview.show(site)
    if address == "search.html" and not site.is_live:
        return search.show_static(site)
    found = ADDRESS.fullmatch(address)
    if found is None or found["folder"] not in PAGES:
        return None
    part = int(found["part"] or 1)
    list_all, show = PAGES[found["folder"]]
    page = list_all(site, part) if found["key"] is None else show(site, found["key"], part)
    return page if page is not None and part <= max(1, page.parts) else None


def make_page(site: Site, address: str) -> str | None:
    """Return the page at an address as HTML, None if there is none."""
    page = find_page(site, address)
    return None if page is None else render(site, address, page)
