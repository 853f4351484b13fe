"""Find shares of a whole: "one in five households", "two-thirds of the drivers", 三分之一."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quantities.counted_noun import find_counted
from transforms.facts.quantities.han_numbers import DIGIT, value_in_han
from transforms.facts.quantities.not_figures import is_unit_of_time
from transforms.facts.quantities.number_words import value_of_words
from transforms.facts.quantities.scales import fractions_of, has_fraction, value_of_fraction
from transforms.language.cues import cues_of, one_of
from transforms.language.reference import read_rows
from transforms.language.scripts import UNSPACED
from transforms.language.span import Span

WHOLES = frozenset([*range(2, 11), 12, 20, 25, 30, 50, 100, 1000, 10_000, 100_000])
LOOKBACK = 40  # characters from a link to its part
WORD = r"[^\W_]+(?:[’'-][^\W_]+)*"
HAN_DIGIT = f"[{DIGIT}十百千万]"
HAN_SHARE = re.compile(rf"(?<!{HAN_DIGIT})(?P<whole>{HAN_DIGIT}++)分之(?P<part>[{DIGIT}十]+)(?!点)")
# 三成, 三至四成, 三成半, 2割: tens of per cent
TENTHS = re.compile(
    rf"(?<![第.\d{DIGIT}十百千万])(?:(?P<low>[1-9{DIGIT}])[至到、~～-]?)?(?P<part>[1-9{DIGIT}])"
    r"(?:成(?![立为為员員功果本都人年长長交分绩績型熟])|割(?![引りいれ合]))(?P<half>半|[5五]分)?"
)
FROM_DIGITS = str.maketrans("123456789", "一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Share:
    """A share: its span, its value as a part of one, or of a hundred, and the noun that it is of.

    `high` is the upper end of a range.
    """

    span: Span
    value: float
    noun: str | None
    is_percent: bool = False
    high: float | None = None


def find_shares(sentence: Sentence) -> Iterator[Share]:
    """Yield the shares in a sentence.

    >>> sentence = Sentence.whole("One in five households has no car.")
    >>> [(one.value, one.noun) for one in find_shares(sentence)]
    [(0.2, 'households')]
    """
    text, within, language = sentence.text, sentence.within, sentence.language
    if language in UNSPACED:
        yield from _in_characters(text, within)
        return
    links, fractions = _patterns(language)
    for link in links.finditer(text, within.start, within.end):
        if share := _share(sentence, link):
            yield share
    if not has_fraction(text, language):
        return
    for match in fractions.finditer(text, within.start, within.end):
        counted = find_counted(text, match.end(), within.end, language)
        span = Span(match.start(), counted.end if counted else match.end())
        yield Share(span, value_of_fraction(match["form"], language), counted.noun if counted else None)


def _share(sentence: Sentence, link: re.Match[str]) -> Share | None:
    """Return the share around a link: "one in five", also "un ménage sur cinq"."""
    text, within, language = sentence.text, sentence.within, sentence.language
    whole = _value(link["whole"], language)
    if whole is None or whole not in WHOLES or re.match(r"[.,]\d", text[link.end() : link.end() + 2]):
        return None
    words = text[max(within.start, link.start() - LOOKBACK) : link.start()].split(" ")
    part, noun, end = _value(words[-1], language), None, link.end()
    start = link.start() - len(words[-1])
    if part is None and len(words) > 1:
        part, noun, start = _value(words[-2], language), words[-1], start - len(words[-2]) - 1
    is_listed = link["words"] is None or text[link.end() - 1].isalpha()
    if not (part and part < whole and is_listed):
        return None
    counted = None if noun else find_counted(text, end, within.end, language)
    if counted and is_unit_of_time(counted.noun):
        return None  # "the second in three days"
    span = Span(start, counted.end if counted else end)
    return Share(span, round(part / whole, 6), counted.noun if counted else noun)


def _value(word: str, language: str) -> float | None:
    return float(word) if word.isdecimal() else value_of_words(word.lower(), language)


def _in_characters(text: str, within: Span) -> Iterator[Share]:
    for match in HAN_SHARE.finditer(text, within.start, within.end):
        part, whole = value_in_han(match["part"]), value_in_han(match["whole"])
        if part and whole and part < whole and whole != 100:  # 百分之 is per cent
            yield Share(Span(*match.span()), round(part / whole, 6), None)
    for match in TENTHS.finditer(text, within.start, within.end):
        digits = (match["low"] or match["part"], match["part"])
        value, top = (10 * value_in_han(one.translate(FROM_DIGITS)) for one in digits)
        top += 5.0 if match["half"] else 0.0
        span, is_range = Span(*match.span()), match["low"] is not None
        yield Share(span, value if is_range else top, None, True, high=top if is_range else None)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of two numbers with a link between them, and of fractions in words."""
    rows = read_rows("shares", language)
    forms = {
        kind: one_of(row["form"] for row in rows if row["kind"] == kind)
        for kind in ("link", "link_of_words")
    }
    links = rf"(?:{forms['link']}|(?P<words>{forms['link_of_words']}))"
    cues = cues_of(language)
    of = r"(?= %share_of%(?:\b|(?<=['’])))" if cues.of("share_of") else r"(?!\w)"
    return (
        re.compile(rf" {links} (?P<whole>{WORD})"),
        cues.compile(rf"(?<![\w-])(?P<form>(?i:{one_of(fractions_of(language))})){of}(?! %of_scale% )"),
    )
