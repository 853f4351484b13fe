"""Give a page that a web archive keeps its own address and the time of its capture."""

import re
from dataclasses import replace
from typing import TypeVar

from transforms.captures.capture import CaptureToClean, RawCapture
from transforms.captures.values import read_moment

Capture = TypeVar("Capture", RawCapture, CaptureToClean)
HEAD_BYTES = 16_384
URL = r"https?://[^\s\"'<>]{1,2000}"
# https://web.archive.org/web/20240213071502id_/https://post.example/a, and archive.today's long form.
ARCHIVED = (
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|md|li|vn|fo))"
    rf"/(?P<time>[0-9]{{14}})(?:[a-z]{{2}}_)?/(?P<url>{URL})"
)
ADDRESS = re.compile(ARCHIVED)
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
    if capture.url:
        named = ADDRESS.match(capture.url)
        found = named.group("url", "time") if named else ()
    else:
        head = capture.content[:HEAD_BYTES]
        told = next((match for pattern in IN_PAGE if (match := pattern.search(head))), None)
        parts = told.group("url", "time") if told else ()
        found = tuple(part.decode("utf-8", "replace") for part in parts)
    if not found:
        return capture
    url, time = found
    moment = read_moment(f"{time[:8]}T{time[8:]}Z")
    return replace(capture, url=url, captured_at=moment or capture.captured_at)
