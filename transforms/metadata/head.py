"""Collect the elements of a page that carry metadata: meta, headings, bylines, times, JSON-LD."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from itertools import islice
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode
from tld import get_tld

from transforms.blocks.page import Page
from transforms.corrections.correction import SiteSettings
from transforms.language.calendars import to_gregorian
from transforms.language.web_address import host_of
from transforms.language.words import letters_of_lines
from transforms.metadata.json_ld import Node, outlets_of, parse_json_ld

AUTHOR_MARKS = (
    "[itemprop~=author], [rel~=author], [class*=author], [class*=Author], [class*=byline], "
    "[class*=Byline], [class*=writer], [data-testid*=author]"
)
AUTHOR_LINKS = (
    'a[href*="/author/"], a[href*="/authors/"], a[href*="/contributors/"], a[href*="/writers/"], '
    'a[href*="/profile/"], a[href*="/people/"], a[href*="/by/"]'
)
# Author of the first post, by forum software: Stack Exchange, reddit, XenForo, FluxBB, Discourse.
HANDLES = (
    ".question[data-author-username], .thing.link[data-author], .message[data-author], "
    ".js-post[data-author], .postleft dt strong, .PostUser-name, .post-username, "
    "[itemprop~=author] [itemprop~=name], a.username"
)
# Elements whose author is another person: the photographer or the writer of a comment.
NOT_THE_ARTICLE = frozenset(["figure", "figcaption", "aside", "footer", "nav"])
NOT_ARTICLE_NAMES = re.compile(r"comment|disqus|related|recommend|teaser|\bcard\b", re.IGNORECASE)
DATE_MARKS = (
    "[class~=date], [class*=publish], [class*=Publish], [class*=posted], [class*=post-date], "
    "[class*=entry-date], [class*=timestamp], [class*=article-date], [class*=byline]"
)
HEADINGS = "h1, [itemprop~=headline]"
HOME_LINKS = 'a[href="/"], a[rel~=home]'  # the site's name or logo leads to its first page
HEADING_MARK = "\ue000"  # put into the page after each heading, to find the lines around it
SAFE_HOST = re.compile(r"[\w.-]+")  # what can be put into a selector
MOST_METAS = 1_000  # pages have up to some hundred
MOST_BYLINES = 30
MOST_HEADINGS = 200
LONGEST_MARKED = 120  # characters
AFTER_HEADING, BEFORE_HEADING = 14, 6  # lines that are searched for the byline and the date


@dataclass(frozen=True, slots=True)
class Time:
    """A time element: its machine-readable value, its text, and its class and itemprop names."""

    stamp: str
    text: str
    marks: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A first-level heading: its text, and the lines before and after it."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """The metadata elements of a page, as they are written."""

    url: str | None
    language: str
    title: str | None
    headings: tuple[Heading, ...]
    metas: tuple[tuple[str, str], ...]
    nodes: list[Node]
    bylines: tuple[str, ...]
    author_links: tuple[str, ...]
    handle: str | None
    times: tuple[Time, ...]
    dates: tuple[str, ...]
    lines: tuple[str, ...]
    domain: str
    home_links: tuple[str, ...] = ()
    site_name: str | None = None
    zone: ZoneInfo | None = None

    def meta(self, *names: str) -> str | None:
        """Return the content of the first of the named meta elements that the page has, or None."""
        return next((found for name in names if (found := self._contents.get(name))), None)

    @cached_property
    def _contents(self) -> dict[str, str]:
        return dict(reversed(self.metas))

    @cached_property
    def outlets(self) -> set[str]:
        """The names of the site and its publisher."""
        given = self.meta("og:site_name", "application-name", "apple-mobile-web-app-title")
        return outlets_of(self.nodes) | {name for name in (given, self.site_name) if name}

    @cached_property
    def letters(self) -> frozenset[str]:
        """The lines as `letters_of` returns them."""
        return frozenset(letters_of_lines(self.lines))


def apply_site(head: Head, settings: SiteSettings) -> Head:
    """Return a head with the name, language and time zone that are set for its site."""
    language = settings.language or head.language
    return replace(head, site_name=settings.name, language=language, zone=settings.zone)


def read_head(page: Page, url: str | None) -> Head:
    """Collect a page's metadata elements. Changes its tree: removes scripts and inserts marks."""
    tree = page.lexbor
    scripts = [node.text() or "" for node in tree.css('script[type="application/ld+json"]')]
    title, root = tree.css_first("title"), tree.css_first("html")
    metas = tuple(pair for node in tree.css("meta")[:MOST_METAS] if (pair := _meta(node)))
    address = url or _canonical(tree) or dict(reversed(metas)).get("og:url")
    given_title = squeeze(title.text()) if title else None
    tree.strip_tags(["script", "style", "template", "svg"])
    handle = _handle(tree)  # before noscript is removed: Discourse has its posts there
    tree.strip_tags(["noscript"])
    home_links = _home_links(tree, address)
    marked = _texts(tree, AUTHOR_MARKS, LONGEST_MARKED)
    dates = _texts(tree, DATE_MARKS, LONGEST_MARKED)
    links, times = _texts(tree, AUTHOR_LINKS, LONGEST_MARKED), tree.css("time")[:MOST_BYLINES]
    found_times = tuple(map(_time, times))
    headings, lines = _headings(tree)
    return Head(
        url=address,
        language=_language(metas, root),
        title=given_title or None,
        headings=headings,
        metas=metas,
        nodes=parse_json_ld(scripts),
        bylines=marked,
        author_links=links,
        handle=handle,
        times=found_times,
        dates=dates,
        lines=lines,
        domain=_domain(address),
        home_links=home_links,
    )


def _home_links(tree: LexborHTMLParser, address: str | None) -> tuple[str, ...]:
    """Return the texts of the links to the site's first page."""
    host = host_of(address) if address else None
    full = f', a[href$="//{host}"], a[href$="//{host}/"]' if host and SAFE_HOST.fullmatch(host) else ""
    links = tree.css(HOME_LINKS + full)[:MOST_BYLINES]
    return tuple(filter(None, (squeeze(link.text())[:LONGEST_MARKED] for link in links)))


def _canonical(tree: LexborHTMLParser) -> str | None:
    """Return the canonical URL of a page, if it is absolute."""
    link = tree.css_first('link[rel="canonical"]')
    given = (link.attributes.get("href") or "").strip() if link else ""
    return given if re.match(r"https?://[^/\s]+", given) else None


def _language(metas: tuple[tuple[str, str], ...], root: LexborNode | None) -> str:
    """Return the declared language of a page, with its region if there is one: "en-gb"."""
    given = dict(metas).get("og:locale") or (root.attributes.get("lang") if root else None) or ""
    return given.replace("_", "-").lower()


def _texts(tree: LexborHTMLParser, selector: str, longest: int) -> tuple[str, ...]:
    """Return the lines of the elements that match a selector, except in comments and pictures."""
    nodes = (node for node in tree.css(selector)[:MOST_BYLINES] if _is_of_article(node))
    texts = ("\n".join(_lines(node)) for node in nodes)
    return tuple(text for text in texts if 0 < len(text) <= longest)


def _is_of_article(node: LexborNode) -> bool:
    at: LexborNode | None = node
    while at is not None:
        given = at.attributes
        hints = f"{given.get('class') or ''} {given.get('id') or ''} {given.get('itemprop') or ''}"
        if at.tag in NOT_THE_ARTICLE or (at.tag != "body" and NOT_ARTICLE_NAMES.search(hints)):
            return False
        at = at.parent
    return True


def _headings(tree: LexborHTMLParser) -> tuple[tuple[Heading, ...], tuple[str, ...]]:
    """Return the headings with the lines around them, and all lines of the page."""
    shown = (node for node in tree.css(HEADINGS) if node.tag != "meta" and squeeze(node.text()))
    nodes = list(islice(shown, MOST_HEADINGS))
    texts = [squeeze(node.text(separator=" ")) for node in nodes]
    sizes = [len(_lines(node)) for node in nodes]
    for node in nodes:
        node.insert_after(HEADING_MARK)
    marked = _lines(tree.body) if tree.body else []
    places = [at for at, line in enumerate(marked) if line == HEADING_MARK]
    found = tuple(
        Heading(
            text,
            tuple(
                line
                for line in marked[max(0, at - size - BEFORE_HEADING) : at - size]
                if line != HEADING_MARK
            ),
            tuple(line for line in marked[at + 1 : at + 1 + AFTER_HEADING] if line != HEADING_MARK),
        )
        for text, size, at in zip(texts, sizes, places, strict=False)
    )
    return found, tuple(line for line in marked if line != HEADING_MARK)


def _lines(node: LexborNode) -> list[str]:
    given = _visible(node.text(separator="\n")).split("\n")
    lines = [" ".join(line.split()) for line in given if line]
    return [to_gregorian(line) for line in lines if line]


def squeeze(text: str | None) -> str:
    """Return a text with single spaces, without invisible break characters."""
    return " ".join(_visible(text or "").split())


def _visible(text: str) -> str:
    return text.replace("\u00ad", "").replace("\u200b", "")


def _meta(node: LexborNode) -> tuple[str, str] | None:
    attributes = node.attributes
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    content = squeeze(unescape(attributes.get("content") or ""))
    return (name.lower(), content) if name and content else None


def _time(node: LexborNode) -> Time:
    attributes = node.attributes
    marks = " ".join(filter(None, (attributes.get("class"), attributes.get("itemprop"))))
    if "pubdate" in attributes:
        marks += " pubdate"
    return Time(attributes.get("datetime") or "", squeeze(node.text(separator=" ")), marks)


def _handle(tree: LexborHTMLParser) -> str | None:
    """Return the user name of the first post on a forum page."""
    for selector in HANDLES.split(", "):
        node = next(filter(_is_of_article, tree.css(selector)[:1]), None)
        if node is not None:
            given = node.attributes
            name = given.get("data-author-username") or given.get("data-author") or given.get("content")
            return squeeze(name or node.text(separator=" ")) or None
    return None


def _domain(url: str | None) -> str:
    """Return the registrable name in a URL without its suffix: "nytimes" of www.nytimes.com."""
    if not url:
        return ""
    found = get_tld(url, as_object=True, fail_silently=True)
    domain = getattr(found, "domain", None)
    return domain or re.sub(r"^www\.", "", host_of(url) or "")
