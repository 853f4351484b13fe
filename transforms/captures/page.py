"""Read a file that is one page or text, with the origin that a saving program wrote into it."""

import re
from collections.abc import Iterator

from transforms.captures.capture import CannotRead, Outcome, RawCapture
from transforms.captures.source import Source
from transforms.captures.values import read_moment

HEAD_BYTES = 8192
URL = rb"(?P<url>https?://[^\s\"'<>]{1,2000})"
# The comments of SingleFile (and so of Zotero), Internet Explorer and Chrome, HTTrack, monolith.
SAVED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rb"Page saved with SingleFile\s+url:\s*" + URL + rb"\s+saved date:\s*(?P<date>[^\r\n]{1,80})",
        rb"saved from url=\(\d{1,8}\)" + URL,
        rb"Mirrored from (?P<bare>[^\s<>]{1,2000}) by HTTrack[^,>]*,\s*(?P<date>[^\r\n>]{1,80}?)\s*-->",
        rb"Saved from " + URL + rb" at (?P<date>\S{1,40}) using monolith",
    )
)
JAVASCRIPT_DATE = re.compile(
    r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) (?P<day>\d\d?) (?P<year>\d{4})"
    r" (?P<time>[\d:]{8}) GMT(?P<zone>[+-]\d{4})"
)
XML_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml\b[^>]*>", re.IGNORECASE)
# A comment that may end in several places would be tried with all of them: each is taken once.
ROOT = re.compile(
    rb"(?>\s|<!-->|<!--.*?(?:-->|\Z)|<[?!][^>]*>)*+<(?P<root>[A-Za-z_][\w.:-]*)", re.DOTALL
)
KNOWN_XML = {
    b"urlset": "a sitemap; it has addresses and no text",
    b"sitemapindex": "a list of sitemaps; it has addresses and no text",
    b"opml": "a list of feeds; it has addresses and no text",
}


def read_page_file(source: Source) -> Iterator[Outcome]:
    """Yield a file as one capture; raise CannotRead if it is XML but not a page."""
    content = source.read()
    if what := _foreign_xml(content):
        raise CannotRead("unsupported_type", what)
    yield _with_origin(source.uri, content)


def _with_origin(uri: str, content: bytes) -> RawCapture:
    """Return a page with the address and time that a saving program wrote into it."""
    found = next((match for saved in SAVED if (match := saved.search(content[:HEAD_BYTES]))), None)
    if found is None:
        return RawCapture(uri, content)
    parts = found.groupdict()
    url = parts.get("url") or b"http://" + parts["bare"]
    date = (parts.get("date") or b"").decode("ascii", "replace").strip()
    script = JAVASCRIPT_DATE.match(date)
    date = "{day} {month} {year} {time} {zone}".format(**script.groupdict()) if script else date
    return RawCapture(uri, content, url=url.decode("utf-8", "replace"), captured_at=read_moment(date))


def _foreign_xml(content: bytes) -> str | None:
    """Return the kind of an XML file that is not a page; None for pages and anything else.

    >>> _foreign_xml(b"<?xml version='1.0'?><urlset>"), _foreign_xml(b"<?xml version='1.0'?><html>")
    ('a sitemap; it has addresses and no text', None)
    """
    start = XML_START.match(content[:HEAD_BYTES])
    if start is None:
        return None
    root = ROOT.match(content[:HEAD_BYTES], start.end())
    name = root["root"] if root else b""
    if not name or name.lower().rpartition(b":")[2] in (
        b"html",
        b"head",
        b"body",
        b"div",
        b"article",
        b"p",
    ):
        return None
    shown = name.decode("utf-8", "replace")
    return KNOWN_XML.get(
        name.lower(), f"XML of a kind that is not known: its first element is <{shown}>"
    )
