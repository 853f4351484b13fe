"""The static form of the site: pages in a folder that can be opened from the disk, and mailed."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from flows.reports.kept import write_whole
from flows.reports.pages import document
from flows.reports.pages.checks import find_checks
from flows.reports.pages.quarantine import list_of_batches
from flows.reports.pages.routes import CHOICES, PAGES, find_page
from flows.reports.pages.selection import IN_ORDER
from flows.reports.pages.site import STATIC, Page, Site, address_of, render
from flows.reports.queries import document as of_documents
from flows.reports.queries import included as ask
from warehouse.paths import Layout
from warehouse.store import read_published

BATCH = 100  # documents that are asked for at once


def build_report(layout: Layout) -> Path:
    """Build the static site from the published warehouse and return the path of its first page.

    It has the newest of each kind of page (queries/included.py says how many) and needs no network.
    Pages of an earlier build that this one does not make are removed.
    """
    home = layout.reports
    with read_published(layout) as db:
        site = Site(db, layout)
        site = replace(site, included=frozenset(list_addresses(site)))
        home.mkdir(parents=True, exist_ok=True)
        shutil.copytree(STATIC, home / "static", dirs_exist_ok=True)
        written = set(write_pages(site))
    for old in set(home.glob("*.html")) | set(home.glob("*/*.html")):
        if old.relative_to(home).as_posix() not in written:
            old.unlink()
    return home / "index.html"


def list_addresses(site: Site) -> Iterator[str]:
    """Yield the addresses of the pages that the static form has."""
    yield "index.html"
    yield "search.html"
    yield from (f"{folder}.html" for folder in PAGES)
    yield from (f"documents/without-{field}.html" for field in of_documents.WITHOUT)
    for folder, choices in CHOICES.items():
        yield from (f"{folder}/{IN_ORDER}{name}.html" for name in islice(choices.orders, 1, None))
    for folder, query in ask.KEYS.items():
        yield from (address_of(folder, row["key"]) for row in site.rows(query))
    yield from (address_of("quarantine", key) for key in islice(list_of_batches(site), ask.REFUSED))
    yield from (address_of("checks", key) for key in find_checks(site))


def write_pages(site: Site) -> Iterator[str]:
    """Write each page with its first parts, and yield the addresses."""
    documents = site.rows(ask.KEYS["documents"])
    for i in range(0, len(documents), BATCH):
        ids = [row["key"] for row in documents[i : i + BATCH]]
        for document_id, found in document.gather(site, ids).items():
            address = address_of("documents", document_id)
            yield write_page(site, address, document.show_gathered(site, found))
    gathered = {address_of("documents", row["key"]) for row in documents}
    for address in sorted((site.included or frozenset()) - gathered):
        yield from write_parts(site, address)


def write_parts(site: Site, address: str) -> Iterator[str]:
    """Write the page at an address and its next parts, as many as the static form has."""
    page = find_page(site, address)
    if page is None:
        return
    yield write_page(site, address, page)
    for part in range(2, min(page.parts, ask.count_parts(address)) + 1):
        here = address.replace(".html", f",{part}.html")
        if (next_page := find_page(site, here)) is not None:
            yield write_page(site, here, next_page)


def write_page(site: Site, address: str, page: Page) -> str:
    """Write a page and return its address."""
    write_whole(site.layout.reports / address, render(site, address, page))
    return address
