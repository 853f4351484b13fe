"""Which page stands at which address: the same in both forms of the site."""

import re
from collections.abc import Callable

from flows.reports.pages import (
    checks,
    cleaning,
    disagreements,
    document,
    names,
    overview,
    quarantine,
    runs,
    search,
    sites,
    speakers,
    story,
)
from flows.reports.pages.selection import IN_ORDER
from flows.reports.pages.site import Page, Site, render

LISTS: dict[str, Callable[[Site, int], Page]] = {
    "documents": document.list_all,
    "stories": story.list_all,
    "quotes": speakers.list_all,
    "disagreements": disagreements.list_all,
    "sites": sites.list_all,
    "names": names.list_all,
    "rules": cleaning.list_all,
    "checks": checks.list_all,
    "quarantine": quarantine.list_all,
    "runs": runs.list_all,
}
SINGLES: dict[str, Callable[[Site, str, int], Page | None]] = {
    "documents": document.show,
    "stories": story.show,
    "quotes": speakers.show,
    "sites": sites.show,
    "disagreements": disagreements.show,
    "names": names.show,
    "rules": cleaning.show,
    "checks": checks.show,
    "quarantine": quarantine.show,
    "runs": runs.show,
}
SELECTED = ("documents", "stories", "disagreements")  # lists with an order and filters
# documents.html, documents,2.html, sites/a.example.html, quarantine/empty,2.html
ADDRESS = re.compile(
    r"(?P<folder>[a-z]+)(?:/(?P<key>[A-Za-z0-9._-]{1,120}))?(?:,(?P<part>[1-9][0-9]{0,5}))?\.html"
)


def is_list(address: str) -> bool:
    """Return True if the page at an address is a list that can be asked for in parts.

    >>> is_list("documents,2.html"), is_list("stories/s-0123456789ab.html")
    (True, False)
    """
    found = ADDRESS.fullmatch(address)
    if found is None or found["folder"] not in SELECTED:
        return False
    return found["key"] is None or found["key"].startswith(("without-", IN_ORDER))


def find_page(site: Site, address: str) -> Page | None:
    """Return the page at an address, None if there is none."""
    if address == "index.html":
        return overview.show(site)
    if address == "search.html" and not site.is_live:
        return search.show_static(site)
    found = ADDRESS.fullmatch(address)
    if found is None or found["folder"] not in LISTS:
        return None
    part = int(found["part"] or 1)
    if found["key"] is None:
        page: Page | None = LISTS[found["folder"]](site, part)
    else:
        page = SINGLES[found["folder"]](site, found["key"], part)
    return page if page is not None and part <= max(1, page.parts) else None


def make_page(site: Site, address: str) -> str | None:
    """Return the page at an address as HTML, None if there is none."""
    page = find_page(site, address)
    return None if page is None else render(site, address, page)
