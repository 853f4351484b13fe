"""Read all metadata of a page: title, authors, URL and date of publication."""

from collections.abc import Callable
from dataclasses import dataclass

from transforms.blocks.page import Page
from transforms.corrections.correction import SiteSettings
from transforms.language.dates import Published
from transforms.metadata.authors import find_authors
from transforms.metadata.head import apply_site, read_head
from transforms.metadata.published import find_published
from transforms.metadata.titles import find_heading, find_surroundings, find_title


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The metadata in a page's markup; None for each value that is missing."""

    title: str | None
    author: str | None
    url: str | None
    published: Published | None
    site_name: str | None


def read_metadata(
    page: Page,
    url: str | None,
    settings_of: Callable[[str | None], SiteSettings | None] = lambda _: None,
) -> PageFacts:
    """Return title, authors, URL and date of publication from a page's markup.

    `settings_of` gives the settings of the site of an address: its name, language and time zone.

    >>> html = "<title>Groups closed - Post</title><h1>Groups closed</h1>By Jane Doe, 30 May 2014"
    >>> facts = read_metadata(Page(html), "https://post.example/groups-closed")
    >>> facts.title, facts.author, facts.published.on.isoformat(), facts.published.source
    ('Groups closed', 'Jane Doe', '2014-05-30', 'byline')
    """
    head = read_head(page, url)
    if settings := settings_of(head.url):
        head = apply_site(head, settings)
    heading = find_heading(head)
    surroundings = find_surroundings(head, heading)
    return PageFacts(
        title=find_title(head, heading),
        author=find_authors(head, surroundings),
        url=head.url,
        published=find_published(head, surroundings, page),
        site_name=head.meta("og:site_name"),
    )
