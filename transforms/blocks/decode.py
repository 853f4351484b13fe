"""Decode a capture's bytes: find the encoding, and whether it is an HTML page or plain text."""

import re
from dataclasses import dataclass

from transforms.captures.capture import Rejected
from transforms.captures.unknown import find_signature
from transforms.language.encoding import SNIFFED, decode_text
from warehouse.schema.vocabulary import MediaType

MAX_CONTROLS = 0.02  # share of control characters; text has none, binary files have many
HTML_START = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:(?><!--.*?-->)\s*+)*+"
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|article|section|main|table|p|h[1-6]|span)\b",
    re.IGNORECASE | re.DOTALL,
)
# A part of a page begins with one of these; a text may too, so most lines must have markup.
PART_START = re.compile(
    r"\s*<(?:nav|header|footer|aside|iframe|template|script|style|form|ul|ol|dl|blockquote|figure|center|"
    r"noscript|frameset|font|link|base|img)\b[^<>]*>",
    re.IGNORECASE,
)
# What ends a part of a page.
END_TAG = re.compile(r"</(?:p|div|a|li|td|h[1-6]|span|body|html)\s*>|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
END_TAGS_OF_A_PAGE = 3  # a text about HTML quotes one or two; a page without a head has dozens
CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a capture; `encoding` is the name of Python's codec."""

    text: str
    encoding: str
    media_type: MediaType


def decode(content: bytes, content_type: str | None = None) -> Decoded | Rejected:
    """Decode a capture and return its text and media type, or the reason why it is not text.

    The encoding is found by a byte order mark, then strict UTF-8, then the declaration of the page or
    its container, then a detector. Bytes that the codec cannot decode become U+FFFD; the raw store
    keeps the original bytes.

    >>> decode("Un mois pr\\u00e8s de la gare".encode("latin-1")).text
    'Un mois près de la gare'
    >>> decode(b"%PDF-1.7").reason
    'unsupported_type'
    """
    if kind := find_signature(content):
        return Rejected("decode", "unsupported_type", f"not text or HTML: it is {kind}")
    if not content.strip():
        return Rejected("decode", "empty", "contains only white space")
    text, encoding = decode_text(content, content_type or "")
    head = text[:SNIFFED].encode("utf-8", "replace")
    controls = len(head) - len(head.translate(None, CONTROLS))
    if controls > MAX_CONTROLS * len(text[:SNIFFED]):
        return Rejected(
            "decode", "binary", f"not a text file ({controls} control characters near the start)"
        )
    return Decoded(text, encoding, _media_type(text, content_type or ""))


def _media_type(text: str, content_type: str) -> MediaType:
    """Return the media type of a text; a declared type counts only if the text agrees with it."""
    head = text[:SNIFFED]
    tags = len(END_TAG.findall(head))
    if content_type.lower().startswith(("text/html", "application/xhtml")) and tags:
        return "text/html"
    if content_type.lower().startswith("text/plain"):
        return "text/plain"
    if HTML_START.match(head.lstrip("\ufeff")):
        return "text/html"
    is_part = tags >= END_TAGS_OF_A_PAGE or PART_START.match(head)
    return "text/html" if is_part and _is_mostly_markup(head) else "text/plain"


def _is_mostly_markup(head: str) -> bool:
    """Return True if most lines have markup, unlike a text that quotes some code.

    >>> _is_mostly_markup("One line.\\nAnother.\\n<p>Code</p>")
    False
    """
    lines = [line for line in head.splitlines() if line.strip()]
    return sum(TAG.search(line) is not None for line in lines) > 0.5 * len(lines)
