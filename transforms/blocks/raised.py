"""Raised characters: the marks of notes, and powers of units and numbers."""

import re

MARK = r"(?:[0-9]{1,3}|[a-z]|[*†‡§¶]{1,3}|(?i:note|fn)\s?[0-9]{1,3})"
# "7", "[7]", "(b)", "3,4", "*": what sets a word or number off to a note.
NOTE = re.compile(rf"[\[(]?{MARK}(?:\s?[,;–-]\s?{MARK})*[\])]?")
# Units that are squared and cubed, and what else takes an exponent: a letter alone, ten.
UNIT = re.compile(
    r"(?<![^\W\d_])(?:[kcdmµ]?m|ft|mi|yd|in|feet|foot|inch(?:es)?|yards?|miles?|"
    r"(?:kilo|centi|milli)?met(?:er|re)s?)$",
    re.IGNORECASE,
)
POWER_BASE = re.compile(r"(?:(?<![^\W_])[^\W\d_]|(?<![\d.,])10|\bmc)$")
DIGITS = re.compile(r"[−-]?[0-9]{1,2}")
SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
# Ordinals are raised letters too: "1er", "2e", "1o", "3a" in French, Spanish, Italian and Portuguese.
ORDINALS = frozenset("aeo")
# "M" with a raised "r", "XX" with a raised "e"; notes stand behind whole words.
SHORT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}$|(?<![^\W_])[IVXLC]+$")
SHORT_NUMBER = re.compile(r"(?<![\d.,])[0-9]{1,2}$")
CONTEXT = 24  # characters before


def read_raised(raised: str, before: str) -> str | None:
    """Return what a raised text says behind a word or number; None if it is a part of it like any other.

    The mark of a note says nothing, and an exponent becomes raised digits.

    >>> [read_raised(*pair) for pair in (("2", "653"), ("2", "14 km"), ("6", "10"), ("st", "1"))]
    ['', '²', '⁶', None]
    """
    text, before = raised.strip(), before[-CONTEXT:].rstrip()
    if not before or not (NOTE.fullmatch(text) or DIGITS.fullmatch(text)):
        return None
    if DIGITS.fullmatch(text) and _takes_power(text, before):
        return text.translate(SUPERSCRIPT)
    is_letter = len(text) == 1 and text.isalpha()
    if is_letter and (SHORT_WORD.search(before) or (text in ORDINALS and SHORT_NUMBER.search(before))):
        return None
    return "" if NOTE.fullmatch(text) else None


def _takes_power(text: str, before: str) -> bool:
    if text in ("2", "3") and UNIT.search(before):
        return True
    return POWER_BASE.search(before) is not None
