"""Find numbers in a text, in digits and in words, with their values."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from transforms.facts.quantities.han_numbers import DIGIT, find_in_characters, find_mixed
from transforms.facts.quantities.number_words import find_in_words, number_words_of
from transforms.facts.quantities.scales import fractions_of, has_fraction, scale_kinds, scaled, scales_of
from transforms.facts.quantities.units import unit_after
from transforms.language.cues import cues_of
from transforms.language.grammar import languages_with
from transforms.language.scripts import UNSPACED
from transforms.language.span import Span, match_key

# 1,234.5 and 12,34,567 in languages with a decimal point, 1.234,5 in others; 1,234.50 in all. A search
# skips fast to the digit with which each begins.
POINT = (
    r"\d(?:\d*・\d+(?=[%％倍度万億ポ])|"  # 14・2%
    r"\d{0,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)|"
    r"\d{0,2}(?:[,\u00a0\u202f٬]\d{3})+(?:\.\d+)?|\d*(?:[.٫]\d+)?)"
)
COMMA = (
    r"\d(?:\d{0,2}(?:,\d{3})+\.\d+(?!\d)|\d{0,2}(?:,\d{3}){2,}(?!\d)|"
    r"\d{0,2}(?:[.\u00a0\u202f ’']\d{3})+(?:,\d+)?(?!\d)|\d*(?:[,٫]\d+)?)"
)
ANY_POINT, ANY_COMMA = re.compile(POINT), re.compile(COMMA)
ENGLISH_STYLE = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
FRACTION = re.compile(
    r"(?<![\d/.,])(?:(?P<whole>\d{1,3})(?:(?=[½⅓⅔¼¾⅛⅜⅝⅞])|[ -]))?"
    r"(?:(?P<sign>[½⅓⅔¼¾⅛⅜⅝⅞])|(?P<top>[1-7])/(?P<bottom>[2-8])(?![\d/]))"
)
FRACTION_SIGN = re.compile(r"[½⅓⅔¼¾⅛⅜⅝⅞/]")  # one of these is in each fraction
ARTICLE = re.compile(r"(?<![\w-])[Aa] $")
SIGNS = re.compile(r"[\d½⅓⅔¼¾⅛⅜⅝⅞]")
GROUPS_BY_COMMA = dict.fromkeys(map(ord, ",\u00a0\u202f٬"))
GROUPS_BY_POINT = dict.fromkeys(map(ord, ".\u00a0\u202f ’'"))
LEAST_OF_SCALE = 1000
LARGEST = 1e16  # larger numbers are identifiers, not reported figures


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; `how` is digits, words or order, an order of magnitude ("thousands")."""

    span: Span
    value: float
    how: str
    has_scale: bool = False


def find_numbers(text: str, within: Span, language: str) -> list[Number]:
    """Return the numbers within a span, without overlap.

    "One" is left out: it is a pronoun as often as a number.

    >>> text = "more than 300 million users, twenty-five accounts, hundreds of thousands of followers"
    >>> [int(number.value) for number in find_numbers(text, Span(0, len(text)), "en")]
    [300000000, 25, 100000]
    >>> [number.value for number in find_numbers("half a million, three and a half", Span(0, 32), "en")]
    [500000.0, 3.5]
    """
    found = [
        *_fractions(text, within, language),
        *_orders(text, within, language),
        *_parts(text, within, language),
        *_digits(text, within, language),
        *_words(text, within, language),
        *(_characters(text, within, language) if language in languages_with("mixed_units") else ()),
    ]
    taken: list[Number] = []
    for number in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if number.value < LARGEST and not any(number.span.overlaps(other.span) for other in taken[-1:]):
            taken.append(number)
    return taken


def _fractions(text: str, within: Span, language: str) -> Iterator[Number]:
    """Yield fractions and mixed numbers: "½", "2 1/4", "2½ million"."""
    if not FRACTION_SIGN.search(text, within.start, within.end):
        return
    for match in FRACTION.finditer(text, within.start, within.end):
        part = (
            unicodedata.numeric(match["sign"])
            if match["sign"]
            else int(match["top"]) / int(match["bottom"])
        )
        value = int(match["whole"] or 0) + round(part, 3)
        yield _number(text, value, Span(*match.span()), within, language)


def _number(text: str, value: float, span: Span, within: Span, language: str) -> Number:
    """Return a number in digits with the scale words after it, or with one that is joined to it."""
    value, whole, has_scale = scaled(text, value, span, within.end, language)
    glued = None if has_scale else scales_of(language).match("glued", text, whole.end, within.end)
    if glued:
        return Number(Span(span.start, glued[1]), round(value * glued[0], 6), "digits")
    return Number(whole, value, "digits", has_scale)


def _digits(text: str, within: Span, language: str) -> Iterator[Number]:
    pattern = ANY_POINT if language in languages_with("decimal_point") else ANY_COMMA
    for match in pattern.finditer(text, within.start, within.end):
        yield _number(text, _to_float(match[0], language), Span(*match.span()), within, language)


def _to_float(digits: str, language: str) -> float:
    if language in languages_with("decimal_point") or ENGLISH_STYLE.fullmatch(digits):
        return float(digits.translate(GROUPS_BY_COMMA).replace("٫", ".").replace("・", "."))
    return float(digits.translate(GROUPS_BY_POINT).replace(",", ".").replace("٫", "."))


def _orders(text: str, within: Span, language: str) -> Iterator[Number]:
    """Yield orders of magnitude ("hundreds of thousands") and numbers of one listed form."""
    scales = scales_of(language)
    for match in _find_scales("many", text, within, language):
        forms = [match_key(match[part]) for part in ("form", "second") if match[part]]
        value = 1.0
        for form in forms:
            value *= scales.factors["many", form]
        yield Number(Span(*match.span()), value, "order", has_scale=True)
    for match in _find_scales("one", text, within, language):
        yield Number(Span(*match.span()), scales.factors["one", match_key(match["form"])], "words", True)


def _find_scales(kind: str, text: str, within: Span, language: str) -> Iterator[re.Match[str]]:
    if kind in scale_kinds(text, language):
        yield from scales_of(language).patterns[kind].finditer(text, within.start, within.end)


def _parts(text: str, within: Span, language: str) -> Iterator[Number]:
    """Yield what scale words are taken of: "a quarter of a million", and "half a percentage point"."""
    scales = scales_of(language)
    for match in _find_scales("part", text, within, language):
        factor = scales.factors["part", match_key(match["form"])]
        value, span, has_scale = scaled(text, factor, Span(*match.span()), within.end, language)
        if has_scale:
            yield Number(span, value, "words", has_scale=True)
        elif factor < 1 and _is_of_percent(text, match.end(), within.end, language):
            yield Number(span, factor, "words")


def _is_of_percent(text: str, start: int, end: int, language: str) -> bool:
    unit = unit_after(text, start, end, language)
    return unit is not None and unit.kind == "percent"


def _words(text: str, within: Span, language: str) -> Iterator[Number]:
    """Yield numbers in words with the scale words after them; "a hundred and twenty" has its "a"."""
    for found in find_in_words(text, within, language):
        value, span, is_scaled = scaled(text, found.value, found.span, within.end, language)
        if value >= 100 and ARTICLE.search(text, max(0, span.start - 2), span.start):
            span = Span(span.start - 2, span.end)
        if value > 1 or is_scaled or (value > 0 and found.is_compound):
            has_scale = is_scaled or (value >= LEAST_OF_SCALE and found.is_compound)
            yield Number(span, float(value), "words", has_scale)


def _characters(text: str, within: Span, language: str) -> Iterator[Number]:
    for span, value in find_mixed(text, within):
        yield Number(span, value, "digits", has_scale=True)
    for span, value in find_in_characters(text, within, cues_of(language)):
        yield Number(span, value, "words", has_scale=value >= LEAST_OF_SCALE)


def number_finder(text: str, language: str) -> Callable[[Span], bool]:
    """Return a test whether a part of a text may have a number: a digit, or a number word of the text.

    >>> text = "Five Tibetans in one county. Some accounts grow."
    >>> [number_finder(text, "en")(span) for span in (Span(0, 28), Span(29, 48))]
    [True, False]
    """
    if language in UNSPACED:
        signs, words = _unspaced_signs(language), frozenset[str]()
    else:
        signs, words = SIGNS, _number_words(text, language)

    def may_have_number(part: Span) -> bool:
        if signs.search(text, part.start, part.end):
            return True
        words_of_part = part.of(text)
        return any(word in words_of_part for word in words)

    return may_have_number


@cache
def _unspaced_signs(language: str) -> re.Pattern[str]:
    many = scales_of(language).patterns["many"].pattern
    return re.compile(rf"{SIGNS.pattern}|[{DIGIT}十]|{many}")


def _number_words(text: str, language: str) -> frozenset[str]:
    """Return the words and fractions of a text that show that a sentence may have a number."""
    words = number_words_of(text, language).telling
    if has_fraction(text, language):
        words |= {shown for form in fractions_of(language) for shown in _shown(form) if shown in text}
    return words


def _shown(form: str) -> tuple[str, str]:
    """Return a fraction as a text writes it: inside a sentence, and at its start."""
    return form, form.capitalize()
