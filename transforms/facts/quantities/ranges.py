"""Recognise two numbers as the ends of one range ("20 to 30 million")."""

import re
from dataclasses import replace

from transforms.facts.quantities.numbers import Number
from transforms.language.span import Span

NEAR = 40  # characters before a range
RANGE = re.compile(r"\s?(?:[-–—~至到]|to|and|or|bis|à|a|y|und|et|e|tot|do|до)\s?(?:US\$|[$€£¥])?")
RANGE_OPENERS = re.compile(
    r"(?i:\b(?:between|zwischen|entre|tra|fra|tussen|między|между))\s*(?:US\$|[$€£¥])?$"
)
TOWARDS = re.compile(r"\s?(?:[-–]|to|auf|à|a|para|naar|do|до|till|kepada|σε)\s?(?:US\$|[$€£¥])?")
CHANGING = re.compile(
    r"(?i:\b(?:pass|mont|augment|baiss|chut|recul|progress|subi|pas[óa]|aument|baj|cre[cs]|cai|red|desc|sal[ie]|"
    r"sces|cala)\w*)"
)
CHANGE = re.compile(r"(?i:\b(?:from|von|de|desde|da|van|od|с))\s+(?:\S+\s)?$")


def is_range(text: str, low: Number, high: Number, sentence: Span) -> bool:
    """Return True if two numbers are the ends of one range; "rose from 5 to 10" is two figures."""
    between = RANGE.fullmatch(text, low.span.end, high.span.start)
    if not between or high.how == "order" or low.how == "order":
        return False
    before = text[max(sentence.start, low.span.start - NEAR) : low.span.start]
    word = between[0].strip(" US$€£¥")
    if word in ("and", "y", "und", "et", "e", "en", "a", "or"):
        return (bool(RANGE_OPENERS.search(before)) and word != "or") or (
            word == "or" and high.value == low.value + 1
        )
    is_year = high.has_scale and re.fullmatch(r"(?:19|20)\d\d", low.span.of(text)) is not None
    # "von 12 bis 14" is a range, and so is "de 3 à 5 millions" without a verb of change.
    is_change = word != "bis" and CHANGE.search(before) is not None
    if is_change and word in ("à", "a") and low_value(low, high) != low.value:
        is_change = bool(CHANGING.search(before))
    return not (is_year or is_change) and low_value(low, high) < high.value


def is_score(text: str, first: Number, second: Number) -> bool:
    """Return True if two numbers that a hyphen joins fall, as in results and models: "787-9"."""
    is_joined = text[first.span.end : second.span.start] in ("-", "–", "‑")
    is_plain = first.span.of(text).isdigit() and second.span.of(text).isdigit()
    return is_joined and is_plain and first.value >= second.value


def with_shared_scale(text: str, low: Number, high: Number) -> Number:
    """Return a number with the scale of the one that it changes to: "from 5 to 10 million".

    >>> numbers = Number(Span(5, 6), 5.0, "digits"), Number(Span(10, 20), 1e7, "digits", True)
    >>> with_shared_scale("from 5 to 10 million", *numbers).value
    5000000.0
    """
    is_year = re.fullmatch(r"(?:19|20)\d\d", low.span.of(text)) is not None
    is_in_digits = low.how == high.how == "digits" and not is_year
    if not is_in_digits or not TOWARDS.fullmatch(text, low.span.end, high.span.start):
        return low
    value = low_value(low, high)
    return replace(low, value=value, has_scale=True) if low.value < value < 10 * high.value else low


def low_value(low: Number, high: Number) -> float:
    """Return the value of the low end, which can share the high end's scale ("20 to 30 million")."""
    if high.has_scale and not low.has_scale and low.value < 1000:
        scale = next((10.0**power for power in (12, 9, 6, 3) if high.value >= 10**power), 1.0)
        return low.value * scale
    return low.value


def whole_span(low: Number, high: Number | None) -> Span:
    """Return the span of a number, or of the range if `high` is given."""
    return Span(low.span.start, high.span.end if high else low.span.end)
