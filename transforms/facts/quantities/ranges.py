"""Recognise two numbers as the ends of one range ("20 to 30 million")."""

import re
from dataclasses import replace

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quantities.numbers import Number
from transforms.language.dates import IS_YEAR

NEAR = 40  # characters before a range
CURRENCY = r"\s?(?:US\$|[$€£¥])?"
RANGE = (
    rf"(?P<percent>[ \u00a0\u202f]?[%％])?\s?(?P<word>[-–—~∼〜～、]|%range_to|range_and|or%){CURRENCY}"
)
BETWEEN = rf"(?i:\b%between%){CURRENCY}$"
PERCENT = re.compile(r"[ \u00a0\u202f]?[%％]")
TOWARDS = rf"\s?(?:[-–]|%change_to|range_to%){CURRENCY}"
CHANGING = r"(?i:\b%changing_stem%\w*)"
CHANGE = r"(?i:\b%change_from%)\s+(?:\S+\s)?$"


def is_range(sentence: Sentence, low: Number, high: Number) -> bool:
    """Return True if two numbers are the ends of one range; "rose from 5 to 10" is two figures."""
    text, cues = sentence.text, sentence.cues
    between = cues.compile(RANGE).fullmatch(text, low.span.end, high.span.start)
    if not between or high.how == "order" or low.how == "order":
        return False
    is_share = between["percent"] and PERCENT.match(text, high.span.end)  # 15%至30%
    if between["percent"] and (not is_share or between["word"] in cues.of("or", "range_and")):
        return False  # "between 15% and 30%" is two
    before = text[max(sentence.within.start, low.span.start - NEAR) : low.span.start]
    if between["word"] in ("、", *cues.of("or")):  # 七、八次
        return high.value == low.value + 1
    is_year = IS_YEAR.fullmatch(low.span.of(text)) is not None
    if between["word"] in cues.of("range_and"):
        is_years = is_year and IS_YEAR.fullmatch(high.span.of(text)) is not None
        is_between = cues.compile(BETWEEN).search(before) is not None
        return is_between and not is_years and low_value(low, high) < high.value
    is_year = is_year and high.has_scale
    is_change = cues.compile(CHANGE).search(before) is not None
    if is_change and cues.of("changing_stem") and low_value(low, high) != low.value:
        is_change = bool(cues.compile(CHANGING).search(before))  # "de 3 à 5 millions" is a range
    return not (is_year or is_change) and low_value(low, high) < high.value


def is_score(text: str, first: Number, second: Number) -> bool:
    """Return True if two numbers that a hyphen joins fall, as in results and models: "787-9"."""
    is_joined = text[first.span.end : second.span.start] in ("-", "–", "‑")
    is_plain = first.span.of(text).isdigit() and second.span.of(text).isdigit()
    return is_joined and is_plain and first.value >= second.value


def with_shared_scale(sentence: Sentence, low: Number, high: Number) -> Number:
    """Return a number with the scale of the one that it changes to: "from 5 to 10 million".

    >>> from transforms.language.span import Span
    >>> numbers = Number(Span(5, 6), 5.0, "digits"), Number(Span(10, 20), 1e7, "digits", True)
    >>> sentence = Sentence.whole("from 5 to 10 million")
    >>> with_shared_scale(sentence, *numbers).value
    5000000.0
    """
    is_year = IS_YEAR.fullmatch(low.span.of(sentence.text)) is not None
    is_in_digits = low.how == high.how == "digits" and not is_year
    towards = sentence.cues.compile(TOWARDS)
    if not is_in_digits or not towards.fullmatch(sentence.text, low.span.end, high.span.start):
        return low
    value = low_value(low, high)
    return replace(low, value=value, has_scale=True) if low.value < value < 10 * high.value else low


def low_value(low: Number, high: Number) -> float:
    """Return the value of the low end, which can share the high end's scale ("20 to 30 million")."""
    if high.has_scale and not low.has_scale and low.value < 1000:
        scale = next((10.0**power for power in (12, 9, 6, 3) if high.value >= 10**power), 1.0)
        return low.value * scale
    return low.value
