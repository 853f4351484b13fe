"""From a page's HTML to its blocks and its metadata."""

import re
from dataclasses import dataclass
from datetime import date

from htmldate import find_date as find_page_date
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from transforms.rejected import Rejected
from transforms.render import DEEPEST, Rendering, render_page
from warehouse.schema import DateSource

# Above 10 MB trafilatura falls silent or takes over 12 s; the benchmark's largest page has 4 MB.
MAX_PAGE_CHARS = 10_000_000
CHECKED_DATES: tuple[tuple[str, DateSource], ...] = (
    (r'"datePublished"\s*:\s*"([^"]{8,40})"', "json-ld"),
    (r"<meta[^>]{0,300}(?:published|date|created|issued)[^>]{0,300}>", "meta"),
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's markup says of itself; what it does not say is None."""

    title: str | None
    author: str | None
    url: str | None
    published_on: date | None
    published_source: DateSource | None


def read_page(html: str) -> Rendering | Rejected:
    """Render a page, unless it is larger or deeper than any page that people read."""
    if len(html) > MAX_PAGE_CHARS:
        return Rejected(
            "clean", "too_large", f"{len(html):,} characters of HTML; the limit is {MAX_PAGE_CHARS:,}"
        )
    rendering = render_page(html)
    if any(block.markup and len(block.markup.path) >= DEEPEST for block in rendering.blocks):
        return Rejected("clean", "too_deep", f"elements nested {DEEPEST} deep or more")
    return rendering


def read_page_facts(html: str, url: str | None) -> PageFacts:
    """Return title, author, address and date of publication from a page's markup.

    The date is htmldate's, without its search of the whole text, which takes the dates of other
    stories; its source is the place in the markup where that date stands.
    """
    tree = load_html(html)
    found = extract_metadata(tree, default_url=url, extensive=False) if tree is not None else None
    published = find_page_date(html, extensive_search=False, original_date=True, url=url)
    day = date.fromisoformat(published) if published else None
    return PageFacts(
        title=_line(found.title) if found else None,
        author=_line(found.author) if found else None,
        url=(found.url or url) if found else url,
        published_on=day,
        published_source=_date_source(html, url, day) if day else None,
    )


def _date_source(html: str, url: str | None, day: date) -> DateSource:
    for pattern, source in CHECKED_DATES:
        if any(day.isoformat() in match.group() for match in re.finditer(pattern, html, re.IGNORECASE)):
            return source
    in_url = url and re.search(rf"{day.year}[/-]?{day.month:02}[/-]?{day.day:02}", url)
    return "url" if in_url else "markup"


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
