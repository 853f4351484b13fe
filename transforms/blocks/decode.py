"""From a capture's bytes to text: which codec, and whether it is a page or plain text."""

import codecs
import re
from dataclasses import dataclass

import chardet
import webencodings

from transforms.captures.capture import Rejected
from warehouse.schema.tables import MediaType

BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NOT_TEXT = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"Rar!": "RAR"}
SNIFFED = 65_536  # bytes looked at; meta elements are asked to stand in the first 1,024
# A text of 2,000 letters with one damaged byte is UTF-8; Latin-1 read as UTF-8 fails at each accent,
# one letter in fifty or more.
MAX_DAMAGE = 0.005
MAX_CONTROLS = 0.02  # share of control characters; text has none, a program's file many
# Where Python's codec of that name knows fewer characters than the standard's.
WIDER = {"gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs"}
NO_CODEC = frozenset(["replacement", "x-user-defined"])  # names that the standard gives to no script
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|article|section|main|table|p|h[1-6]|span)\b",
    re.IGNORECASE | re.DOTALL,
)
CLOSING_TAG = re.compile(r"</(?:p|div|a|li|td|h[1-6]|span|body|html)\s*>", re.IGNORECASE)
CLOSING_TAGS_OF_A_PAGE = 3  # an article about HTML shows one or two; a page without a head has dozens
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A capture as text; `encoding` is Python's name of the codec."""

    text: str
    encoding: str
    media_type: MediaType


def decode(content: bytes, content_type: str | None = None) -> Decoded | Rejected:
    """Decode a capture and say what it is, or why it is no text.

    The bytes are asked first: a byte order mark, then strict UTF-8, then what the page or its
    container declares, then a detector. Bytes that the codec cannot read become U+FFFD; the raw
    store keeps them.

    >>> decode("Un mois pr\\u00e8s de la gare".encode("latin-1")).text
    'Un mois près de la gare'
    >>> decode(b"%PDF-1.7").reason
    'unsupported_type'
    """
    if kind := next((name for magic, name in NOT_TEXT.items() if content.startswith(magic)), None):
        return Rejected("decode", "unsupported_type", f"the bytes are a {kind} file, not text or HTML")
    if not content.strip():
        return Rejected("decode", "empty", "there is nothing but white space")
    text, encoding = _to_text(content, content_type or "")
    controls = len(CONTROL.findall(text[:SNIFFED]))
    if controls > MAX_CONTROLS * len(text[:SNIFFED]):
        return Rejected(
            "decode", "binary", f"not a text file ({controls} control characters near the start)"
        )
    return Decoded(text, encoding, _media_type(text, content_type or ""))


def _to_text(content: bytes, content_type: str) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    if b"\0" in content[:SNIFFED]:
        encoding = _wide_encoding(content[:SNIFFED])
        return content.decode(encoding, "replace"), encoding
    if (text := _strictly(content, "utf-8")) is not None and b"\x1b$" not in content:
        return text, "utf-8"
    for encoding in _declared(content, content_type):
        if (text := _strictly(content, encoding)) is not None:
            return text, encoding
    lenient = content.decode("utf-8", "replace")
    if lenient.count("\ufffd") <= MAX_DAMAGE * len(lenient) and not lenient.isascii():
        return lenient, "utf-8"
    return _detected(content)


def _wide_encoding(head: bytes) -> str:
    """Return the UTF-16 that zero bytes at every second place speak for, else UTF-8."""
    half = len(head) / 2
    if head[1::2].count(0) > 0.3 * half:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > 0.3 * half else "utf-8"


def _declared(content: bytes, content_type: str) -> list[str]:
    """Return the codecs that the container and the page name, UTF-8 for an unknown label."""
    found = CHARSET.findall(content_type.encode()) + CHARSET.findall(content[:SNIFFED])[:1]
    return [_web_codec(label.decode("ascii")) or "utf-8" for label in found]


def _detected(content: bytes) -> tuple[str, str]:
    guess = chardet.detect(content[:SNIFFED])["encoding"] or "cp1252"
    codec = _web_codec(guess) or codecs.lookup(guess).name
    text = _strictly(content, codec)
    return (text, codec) if text is not None else (content.decode(codec, "replace"), codec)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _web_codec(label: str) -> str | None:
    """Return Python's codec for a label of the WHATWG Encoding Standard, or None for any other.

    So a page cannot ask for Python's own codecs, as "unicode_escape" or "utf-7".

    >>> _web_codec("ISO-8859-1"), _web_codec("gb2312"), _web_codec("utf-7")
    ('cp1252', 'gb18030', None)
    """
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name in NO_CODEC:
        return None
    return WIDER.get(encoding.name) or str(codecs.lookup(encoding.codec_info.name).name)


def _media_type(text: str, content_type: str) -> MediaType:
    """Say what the text is; a container's word counts only where the text agrees."""
    head = text[:SNIFFED]
    tags = len(CLOSING_TAG.findall(head))
    if content_type.lower().startswith(("text/html", "application/xhtml")) and tags:
        return "text/html"
    if content_type.lower().startswith("text/plain"):
        return "text/plain"
    if HTML_START.match(head.lstrip("\ufeff")) or tags >= CLOSING_TAGS_OF_A_PAGE:
        return "text/html"
    return "text/plain"
