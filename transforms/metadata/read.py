"""Read what a page's markup says of its article."""

from dataclasses import dataclass
from datetime import date

from transforms.metadata.authors import find_authors
from transforms.metadata.head import read_head
from transforms.metadata.published import find_published
from transforms.metadata.titles import find_title
from warehouse.schema import DateSource


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's markup says of itself; what it does not say is None."""

    title: str | None
    author: str | None
    url: str | None
    published_on: date | None
    published_source: DateSource | None


def read_metadata(html: str, url: str | None) -> PageFacts:
    """Return title, authors, address and date of publication from a page's markup.

    >>> html = "<title>Groups closed - Post</title><h1>Groups closed</h1>By Jane Doe, 30 May 2014"
    >>> facts = read_metadata(html, "https://post.example/groups-closed")
    >>> facts.title, facts.author, facts.published_on.isoformat(), facts.published_source
    ('Groups closed', 'Jane Doe', '2014-05-30', 'byline')
    """
    head = read_head(html, url)
    published = find_published(head, html)
    return PageFacts(
        title=find_title(head),
        author=find_authors(head),
        url=url or head.meta("og:url"),
        published_on=published[0] if published else None,
        published_source=published[1] if published else None,
    )
