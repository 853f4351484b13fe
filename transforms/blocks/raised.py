"""Read superscripts: remove marks of notes, keep exponents of units and numbers."""

import re

MARK = r"(?:[0-9]{1,3}|[a-z]|[*†‡§¶]{1,3}|(?i:note|fn)\s?[0-9]{1,3})"
# The mark of a note after a word or number: "7", "[7]", "(b)", "3,4", "*".
NOTE = re.compile(rf"[\[(]?{MARK}(?:\s?[,;–-]\s?{MARK})*[\])]?")
# Units that are squared or cubed, and other bases of exponents: a single letter, ten.
UNIT = re.compile(
    r"(?<![^\W\d_])(?:[kcdmµ]?m|ft|mi|yd|in|feet|foot|inch(?:es)?|yards?|miles?|"
    r"(?:kilo|centi|milli)?met(?:er|re)s?)$",
    re.IGNORECASE,
)
POWER_BASE = re.compile(r"(?:(?<![^\W_])[^\W\d_]|(?<![\d.,])10|\bmc)$")
DIGITS = re.compile(r"[−-]?[0-9]{1,2}")
SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
# Ordinals have superscript letters: "1er", "2e", "1o", "3a" in French, Spanish, Italian and Portuguese.
ORDINALS = frozenset("aeo")
# Abbreviations: "M" with a superscript "r", "XX" with "e"; notes come after whole words.
SHORT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}$|(?<![^\W_])[IVXLC]+$")
SHORT_NUMBER = re.compile(r"(?<![\d.,])[0-9]{1,2}$")
CONTEXT = 24  # characters before the superscript


def read_raised(raised: str, before: str) -> str | None:
    """Return the text for a superscript after a word or number, or None to keep it unchanged.

    The mark of a note becomes empty, and an exponent becomes superscript digits.

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
