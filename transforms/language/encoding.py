"""Detect the encoding of bytes and decode them."""

import codecs
import re
from functools import cache

import chardet
import webencodings
from webencodings.labels import LABELS

BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SNIFFED = 65_536  # bytes examined; the HTML standard wants the charset in the first 1,024
# A text of 2,000 letters with one invalid byte is still UTF-8; Latin-1 text is invalid UTF-8 at every
# accent, at least one letter in fifty.
MAX_DAMAGE = 0.005
# Encodings that are missing in the Encoding Standard, or incomplete in Python's codec of the same name.
WIDER = {
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "euc_kr": "cp949",
    "iso-8859-8-i": "iso8859-8",
}
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
MIXED_UTF_8 = re.compile(rb"[\xc2\xc3][\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]")  # "ä", "è", "ô" and others
ZERO_SHARE = 0.3  # share of zero bytes; other scripts than Latin have them at least in spaces
CHARSET = re.compile(
    rb"""(?:charset|encoding)\s*+=\s*+["']?\s*+([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE
)


def decode_text(content: bytes, content_type: str = "") -> tuple[str, str]:
    """Decode bytes and return the text and the name of Python's codec.

    The encoding is found by a byte order mark, then zero bytes as in UTF-16 and UTF-32, then strict
    UTF-8, then the declaration of the container or the page, then a detector. Only encodings of the
    WHATWG Encoding Standard can be declared. Bytes that the codec cannot decode become U+FFFD.

    >>> decode_text("Un mois pr\\u00e8s de la gare".encode("latin-1"))
    ('Un mois près de la gare', 'cp1252')
    >>> decode_text("wide".encode("utf-32-le"))
    ('wide', 'utf-32-le')
    """
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


def web_codec(label: str) -> str | None:
    """Return the name of Python's codec for an encoding label of the web, or None if it is unknown.

    >>> web_codec("ISO-8859-1"), web_codec("gb2312"), web_codec("unicode_escape"), web_codec("undefined")
    ('cp1252', 'gb18030', None, None)
    """
    encoding = webencodings.lookup(label)
    if encoding is not None:
        return _python_name(encoding)
    try:  # Python has more names for them: "cp932" is Shift_JIS
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return WIDER.get(name, name) if WIDER.get(name, name) in _web_codecs() else None


@cache
def _web_codecs() -> frozenset[str]:
    found = map(webencodings.lookup, set(LABELS.values()))
    return frozenset(filter(None, (_python_name(encoding) for encoding in found if encoding)))


def _python_name(encoding: webencodings.Encoding) -> str | None:
    if encoding.name in ("replacement", "x-user-defined"):
        return None
    return WIDER.get(encoding.name) or codecs.lookup(encoding.codec_info.name).name


def _wide_encoding(head: bytes) -> str:
    """Return the kind of UTF-32 or UTF-16 that the zero bytes show, otherwise UTF-8."""
    zeros = [head[place::4].count(0) / max(1, len(head) / 4) for place in range(4)]
    if min(zeros[2:]) > 0.95 and zeros[0] < ZERO_SHARE:
        return "utf-32-le"
    if min(zeros[:2]) > 0.95 and zeros[3] < ZERO_SHARE:
        return "utf-32-be"
    if min(zeros[1], zeros[3]) > ZERO_SHARE:
        return "utf-16-le"
    return "utf-16-be" if min(zeros[0], zeros[2]) > ZERO_SHARE else "utf-8"


def _declared(content: bytes, content_type: str) -> list[str]:
    """Return the codecs that the container and the page declare, by Python's names."""
    labels = CHARSET.findall(content_type.encode("utf-8", "replace"))
    labels += CHARSET.findall(content[:SNIFFED])[:1]
    found = [web_codec(label.decode("ascii")) for label in labels]
    return [encoding for encoding in found if encoding and encoding not in WIDE]


def _detected(content: bytes) -> tuple[str, str]:
    """Return the text by the codec of a detector.

    UTF-8 that is mixed with Latin letters of one byte must be read as Windows-1252: only from that can
    it be repaired, since eight signs are others in ISO-8859-15.
    """
    guess = web_codec(chardet.detect(content[:SNIFFED])["encoding"] or "") or "cp1252"
    guess = "cp1252" if guess == "iso8859-15" and MIXED_UTF_8.search(content) else guess
    text = _strictly(content, guess)
    return (text, guess) if text is not None else (content.decode(guess, "replace"), guess)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
