"""Text that every part of the way can hold: no lone halves of surrogate pairs."""

import json
import re
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
REPLACEMENT = "\ufffd"


def replace_surrogates(text: str) -> str:
    r"""Return the text with a replacement character for each lone half of a surrogate pair.

    >>> replace_surrogates("Jane \udfff Doe") == "Jane \ufffd Doe"
    True
    """
    return text if text.isascii() else SURROGATE.sub(REPLACEMENT, text)


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text, its strings without lone surrogates.

    Control characters in strings are allowed. Raises ValueError for what is not JSON, nested
    thousands deep, or a number of thousands of digits.
    """
    try:
        plain = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "replace")
        value = json.loads(plain.removeprefix("\ufeff"), strict=False)
        return _mended(value) if ESCAPED_SURROGATE.search(plain) else value
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _mended(value: Any) -> Any:
    return json.loads(replace_surrogates(json.dumps(value, ensure_ascii=False)))
