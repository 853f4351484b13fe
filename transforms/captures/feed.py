"""Read feeds: RSS, Atom and RDF. A JSON Feed is read as JSON."""

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from transforms.captures.capture import CannotRead, Outcome, RawCapture, Skipped, Unread
from transforms.captures.source import Source
from transforms.captures.values import as_text, as_title

FEED_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<[?!][^>]*>\s*)*<(?:\w+:)?(?:rss|feed|rdf)\b",
    re.IGNORECASE,
)
UNPUBLISHED = frozenset(["draft", "auto-draft", "pending", "trash"])  # in an export of WordPress


def is_feed(source: Source) -> bool:
    """Return True if the bytes begin like an XML feed."""
    head = source.peek()
    return FEED_START.match(head.replace(b"\0", b"")) is not None


def read_feed(source: Source) -> Iterator[Outcome]:
    """Yield the text of each entry: its whole content, or else its summary. Entries count from 1."""
    import feedparser  # takes 0.1 s to import

    feed = feedparser.parse(source.read(), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise CannotRead("bad_record", "a feed without entries")
    for number, entry in enumerate(feed.entries, start=1):
        yield _read_entry(f"{source.uri}#entry={number}", entry)


def _read_entry(uri: str, entry: Any) -> Outcome:
    if entry.get("wp_status") in UNPUBLISHED:
        return Skipped(uri)
    text = as_text(_longest(entry.get("content") or []) or entry.get("summary"))
    if text is None:
        return Unread(uri, "empty", "the entry has no text, only a link; capture the page itself")
    stamp = entry.get("published_parsed")
    return RawCapture(
        uri,
        text.encode(),
        url=as_text(entry.get("link")),
        title=as_title(entry.get("title")),
        content_type="text/html; charset=utf-8" if "<" in text else "text/plain; charset=utf-8",
        author=as_text(entry.get("author")),
        published=_iso(stamp) or as_text(entry.get("published")),
    )


def _iso(stamp: Any) -> str | None:
    return datetime.fromtimestamp(timegm(stamp), UTC).isoformat() if stamp else None


def _longest(contents: list[Any]) -> str | None:
    values = [one.get("value") or "" for one in contents]
    return max(values, key=len, default=None)
