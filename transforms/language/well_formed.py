"""Remove lone surrogates from text and JSON, which UTF-8, Arrow and DuckDB cannot store."""

import json
import re
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
MOST_DIGITS = 400
REPLACEMENT = "\ufffd"
SPACE = " \t\r\n\ufeff"


def replace_surrogates(text: str) -> str:
    r"""Return the text with a replacement character for each lone surrogate.

    >>> replace_surrogates("Jane \udfff Doe") == "Jane \ufffd Doe"
    True
    """
    return text if text.isascii() else SURROGATE.sub(REPLACEMENT, text)


def read_json(text: str | bytes) -> Any:
    """Parse JSON and return its value, with strings without lone surrogates.

    Control characters in strings are allowed, and an integer of hundreds of digits is a float. Raises
    ValueError if the text is not JSON or is nested thousands of levels deep.

    >>> read_json('{"id": %s, "n": 7}' % ("9" * 5_000))
    {'id': inf, 'n': 7}
    """
    plain = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "replace")
    plain = plain.lstrip(SPACE)
    value, end = read_next_json(plain, 0)
    if plain[end:].strip(SPACE):
        raise ValueError(f"more behind character {end:,}")
    return value


def read_next_json(text: str, start: int) -> tuple[Any, int]:
    """Return the JSON value that begins at a place of a text, and where it ends, as read_json does."""
    try:
        value, end = json.JSONDecoder(strict=False, parse_int=_read_integer).raw_decode(text, start)
        has_surrogate = ESCAPED_SURROGATE.search(text, start, end) is not None
        return (_mended(value) if has_surrogate else value), end
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _read_integer(digits: str) -> int | float:
    """Return an integer; Python refuses to read those of thousands of digits."""
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)


def _mended(value: Any) -> Any:
    return json.loads(replace_surrogates(json.dumps(value, ensure_ascii=False)))
