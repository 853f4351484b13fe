"""Read the notes in an export of Evernote (.enex)."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from transforms.captures.capture import CannotRead, Outcome, RawCapture, Unread
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.source import Source, describe_error
from transforms.captures.values import as_text, as_title, read_moment

START = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<![^>]*>\s*)*<en-export\b")
HTML = "text/html; charset=utf-8"


def is_evernote(source: Source) -> bool:
    """Return True if the bytes begin like an export of Evernote."""
    return START.match(source.peek()) is not None


def read_evernote(source: Source) -> Iterator[Outcome]:
    """Yield each note, with the address and time of the clip; notes count from 1.

    The author of a note is who keeps it, not who wrote the page, and is left out.
    """
    parser = etree.iterparse(
        source.stream, tag="note", resolve_entities=False, no_network=True, huge_tree=True, recover=True
    )
    number = 0
    try:
        for number, (_, note) in enumerate(parser, start=1):
            yield _read_note(f"{source.uri}#note={number}", note)
            note.clear()
            while note.getprevious() is not None:
                del note.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise CannotRead("bad_record", f"not an export of Evernote: {describe_error(error)}") from error
    if not number:
        raise CannotRead("bad_record", "an export of Evernote without notes")


def _read_note(uri: str, note: Any) -> Outcome:
    content = (as_text(note.findtext("content")) or "").encode()
    if len(content) > MAX_CAPTURE_BYTES:
        return Unread(uri, "too_large", f"a note of over {MAX_CAPTURE_BYTES:,} bytes")
    if not content:
        return Unread(uri, "empty", "a note without text")
    return RawCapture(
        uri,
        content,
        url=as_text(note.findtext("note-attributes/source-url")),
        title=as_title(note.findtext("title")),
        captured_at=read_moment(as_text(note.findtext("created"))),
        content_type=HTML,
    )
