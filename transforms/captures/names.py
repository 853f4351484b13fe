"""Escape names of files and members that are not UTF-8, reversibly."""

import re

# Python stands a half of a surrogate pair for each byte of a name that is not UTF-8.
HALVES = re.compile("[\ud800-\udfff]")
UNREADABLE = re.compile("[\ud800-\udfff]|\\\\(?=[xu])")
ESCAPED = re.compile(r"\\x([0-9a-f]{2})|\\u(d[0-9a-f]{3})")


def escape_name(name: str) -> str:
    r"""Return a name in which bytes that are not UTF-8 are written as "\xe9".

    >>> escape_name("caf\udce9.txt"), escape_name("a.txt"), escape_name(r"a\xe9")
    ('caf\\xe9.txt', 'a.txt', 'a\\x5cxe9')
    """
    return UNREADABLE.sub(_escape, name)


def as_stored(name: str) -> str:
    r"""Return the name that a warehouse has for what a person names; escaped names stay as they are.

    >>> as_stored("caf\udce9.txt"), as_stored(r"caf\xe9.txt")
    ('caf\\xe9.txt', 'caf\\xe9.txt')
    """
    return escape_name(name) if HALVES.search(name) else name


def unescape_name(name: str) -> str:
    r"""Return the name that was escaped.

    >>> [unescape_name(escape_name(name)) == name for name in ("caf\udce9", r"a\xe9", "\ud800")]
    [True, True, True]
    """
    return ESCAPED.sub(lambda found: _unescape(found[1], found[2]), name)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] == "\\":
        return r"\x5c"
    return rf"\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else rf"\u{code:04x}"


def _unescape(byte: str | None, half: str | None) -> str:
    if byte is None:
        return chr(int(half or "", 16))
    return chr(int(byte, 16)) if int(byte, 16) < 0x80 else chr(0xDC00 + int(byte, 16))
