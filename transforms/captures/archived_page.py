"""Give a page its own address: not that of an archive or cache that keeps it, and no password in it."""

import re
from dataclasses import replace
from typing import TypeVar
from urllib.parse import unquote

from transforms.captures.capture import CaptureToClean, RawCapture
from transforms.captures.values import read_moment, without_password

Capture = TypeVar("Capture", RawCapture, CaptureToClean)
HEAD_BYTES = 16_384
URL = r"https?://[^\s\"'<>]{1,2000}"
# https://web.archive.org/web/20240213071502id_/https://post.example/a, and archive.today's long form.
ARCHIVED = (
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|md|li|vn|fo))"
    rf"/(?P<time>[0-9]{{14}})(?:[a-z]{{2}}_)?/(?P<url>{URL})"
)
ADDRESS = re.compile(ARCHIVED)
# Google's cache; behind the address stand the words that were searched for, and settings.
CACHED = re.compile(
    r"https?://webcache\.googleusercontent\.com/search\?(?:[^#]{0,200}&)?q=cache:(?:[\w-]{8,20}:)?"
    r"(?P<url>[^+&#]{1,2000})"
)
# The call with which the Wayback Machine begins a page, and elements that name the page's address.
IN_PAGE = tuple(
    re.compile(pattern.encode())
    for pattern in (
        rf"__wm\.wombat\(\"(?P<url>{URL})\",\"(?P<time>[0-9]{{14}})\"",
        rf"<(?:link|meta)\b(?=[^>]{{0,2000}}\b(?:canonical|bookmark|og:url)\b)[^>]{{0,2000}}[\"']{ARCHIVED}",
    )
)


def with_own_address(capture: Capture) -> Capture:
    """Return a capture with the address that its page had, and the time when an archive captured it.

    >>> archived = "https://web.archive.org/web/20240213071502/https://post.example/a"
    >>> own = with_own_address(RawCapture("a.html", b"A page.", url=archived))
    >>> own.url, own.captured_at.isoformat()
    ('https://post.example/a', '2024-02-13T07:15:02+00:00')
    """
    url, time = _own_address(capture)
    if url == capture.url:
        return capture
    moment = read_moment(f"{time[:8]}T{time[8:]}Z") if time else None
    return replace(capture, url=url, captured_at=moment or capture.captured_at)


def _own_address(capture: RawCapture | CaptureToClean) -> tuple[str | None, str]:
    """Return the address of a capture's page, and when an archive captured it (14 digits, or none)."""
    if capture.url:
        if archived := ADDRESS.match(capture.url):
            return without_password(archived["url"]), archived["time"]
        cached = CACHED.match(capture.url)
        return without_password(_cached_url(cached["url"]) if cached else capture.url), ""
    head = capture.content[:HEAD_BYTES]
    told = next((match for pattern in IN_PAGE if (match := pattern.search(head))), None)
    if not told:
        return None, ""
    return told["url"].decode("utf-8", "replace"), told["time"].decode()


def _cached_url(written: str) -> str:
    """Return an address as a cache's own address has it: escaped once more, often without its scheme.

    >>> _cached_url("post.example/a%3Fid%3D3")
    'http://post.example/a?id=3'
    """
    url = unquote(written)
    return url if "://" in url else f"http://{url}"
