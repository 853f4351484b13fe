"""Read a page as Safari saves it (.webarchive): a property list of the page and its resources."""

import plistlib
from collections.abc import Iterator

from transforms.captures.capture import CannotRead, Outcome, RawCapture, Skipped
from transforms.captures.limits import MAX_DOCUMENT_BYTES
from transforms.captures.source import Source, describe_error
from transforms.captures.values import as_text

BINARY = b"bplist00"
PAGE = "WebMainResource"
RESOURCES = ("WebSubresources", "WebSubframeArchives")


def is_webarchive(source: Source) -> bool:
    """Return True if the bytes begin like a property list, in binary or in XML."""
    head = source.peek()
    return head.startswith(BINARY) or (head.startswith(b"<?xml") and b"<plist" in head[:1024])


def read_webarchive(source: Source) -> Iterator[Outcome]:
    """Yield the page of a web archive as one capture; pictures, styles and frames are skipped."""
    listed = source.read(MAX_DOCUMENT_BYTES)
    try:
        root = plistlib.loads(listed)
    except Exception as error:
        detail = f"a property list that cannot be read: {describe_error(error)}"
        raise CannotRead("bad_record", detail) from error
    page = root.get(PAGE) if isinstance(root, dict) else None
    content = page.get("WebResourceData") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(content, bytes):
        raise CannotRead("unsupported_type", "a property list of macOS that is no saved page")
    kind, charset = (
        as_text(page.get(f"WebResource{name}")) for name in ("MIMEType", "TextEncodingName")
    )
    yield RawCapture(
        source.uri,
        content,
        url=as_text(page.get("WebResourceURL")),
        content_type=(kind or "text/html") + (f"; charset={charset}" if charset else ""),
    )
    for number in range(sum(len(root.get(name) or ()) for name in RESOURCES)):
        yield Skipped(f"{source.uri}#part={number + 1}", "parts of saved pages")
