"""What a page has to say of itself, collected once: meta elements, headings, bylines, times."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode
from tld import get_tld

from transforms.metadata.json_ld import Node, outlets_of, parse_json_ld

AUTHOR_MARKS = (
    "[itemprop~=author], [rel~=author], [class*=author], [class*=Author], [class*=byline], "
    "[class*=Byline], [class*=writer], [data-testid*=author]"
)
AUTHOR_LINKS = (
    'a[href*="/author/"], a[href*="/authors/"], a[href*="/contributors/"], a[href*="/writers/"], '
    'a[href*="/profile/"], a[href*="/people/"], a[href*="/by/"]'
)
HANDLES = (
    "[itemprop~=author] [itemprop~=name], [data-author-username], a.username, .post-username, "
    ".PostUser-name"
)
MOST_BYLINES = 30
LONGEST_BYLINE = 120  # characters
AROUND_HEADING = 400  # characters after it, in which the byline and the date stand


@dataclass(frozen=True, slots=True)
class Time:
    """A time element: what it says to machines and to people, and what it is marked as."""

    stamp: str
    text: str
    marks: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself, as it says it."""

    url: str | None
    title: str | None
    headings: tuple[str, ...]
    metas: tuple[tuple[str, str], ...]
    nodes: list[Node]
    bylines: tuple[str, ...]
    author_links: tuple[str, ...]
    handle: str | None
    times: tuple[Time, ...]
    near: str
    domain: str

    def meta(self, *names: str) -> str | None:
        """Return the content of the first of some meta elements that the page has."""
        found = dict(reversed(self.metas))
        return next((found[name] for name in names if found.get(name)), None)

    @property
    def outlets(self) -> set[str]:
        """Names of the site and its publisher."""
        given = self.meta("og:site_name", "application-name", "apple-mobile-web-app-title")
        return outlets_of(self.nodes) | ({given} if given else set())


def read_head(html: str, url: str | None) -> Head:
    """Collect what a page says of itself."""
    tree = LexborHTMLParser(html)
    scripts = [node.text() or "" for node in tree.css('script[type="application/ld+json"]')]
    title = tree.css_first("title")
    metas = tuple(pair for node in tree.css("meta") if (pair := _meta(node)))
    address = url or dict(reversed(metas)).get("og:url")
    given_title = squeeze(title.text()) if title else None
    tree.strip_tags(["script", "style", "noscript", "template", "svg"])
    headings = tuple(filter(None, (squeeze(node.text(separator=" ")) for node in tree.css("h1"))))
    marked = [squeeze(node.text(separator=" ")) for node in tree.css(AUTHOR_MARKS)[:MOST_BYLINES]]
    return Head(
        url=address,
        title=given_title or None,
        headings=headings,
        metas=metas,
        nodes=parse_json_ld(scripts),
        bylines=tuple(text for text in marked if 0 < len(text) <= LONGEST_BYLINE),
        author_links=tuple(
            filter(
                None,
                (squeeze(node.text(separator=" ")) for node in tree.css(AUTHOR_LINKS)[:MOST_BYLINES]),
            )
        ),
        handle=_handle(tree),
        times=tuple(map(_time, tree.css("time")[:MOST_BYLINES])),
        near=_near_heading(tree, headings),
        domain=_domain(address),
    )


def squeeze(text: str | None) -> str:
    """Return a text with single spaces, without the signs that only break lines."""
    return " ".join((text or "").replace("\u00ad", "").replace("\u200b", "").split())


def _meta(node: LexborNode) -> tuple[str, str] | None:
    attributes = node.attributes
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    content = squeeze(attributes.get("content"))
    return (name.lower(), content) if name and content else None


def _time(node: LexborNode) -> Time:
    attributes = node.attributes
    marks = " ".join(filter(None, (attributes.get("class"), attributes.get("itemprop"))))
    if "pubdate" in attributes:
        marks += " pubdate"
    return Time(attributes.get("datetime") or "", squeeze(node.text(separator=" ")), marks)


def _handle(tree: LexborHTMLParser) -> str | None:
    """Return the name under which the first post of a forum's page was written."""
    node = tree.css_first(HANDLES)
    if node is None:
        return None
    given = node.attributes
    name = given.get("data-author-username") or given.get("content") or node.text(separator=" ")
    return squeeze(name) or None


def _near_heading(tree: LexborHTMLParser, headings: tuple[str, ...]) -> str:
    """Return the text right after the first heading of the first level."""
    long = [heading for heading in headings if len(heading) > len("Welcome!")]
    if not long or tree.body is None:
        return ""
    text = squeeze(tree.body.text(separator=" "))
    at = text.find(long[0])
    return text[at + len(long[0]) :][:AROUND_HEADING].strip() if at >= 0 else ""


def _domain(url: str | None) -> str:
    """Return the name that a site has in its address: "nytimes" of www.nytimes.com."""
    if not url:
        return ""
    found = get_tld(url, as_object=True, fail_silently=True)
    domain = getattr(found, "domain", None)
    return domain or re.sub(r"^www\.", "", urlsplit(url).hostname or "")
