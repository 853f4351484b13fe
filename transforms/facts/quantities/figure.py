"""Read one number as a figure, with its unit or noun, its hedge and its range."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quantities.counted_noun import find_counted
from transforms.facts.quantities.not_figures import OPENED, verbs_and_hedges
from transforms.facts.quantities.numbers import Number
from transforms.facts.quantities.ranges import low_value
from transforms.facts.quantities.rules import (
    BY_UNIT_KIND,
    COUNTED_NOUN,
    MEASURE,
    ORDER_OF_MAGNITUDE,
    QuantityRule,
)
from transforms.facts.quantities.units import Unit, unit_after, unit_before
from transforms.language.cues import one_of
from transforms.language.reference import read_column, read_mapping
from transforms.language.span import Span
from warehouse.schema.vocabulary import HedgeBound

HEDGE_LOOKBACK = 30  # characters
LEAST_OF_SEVERAL = 100
AFTERTHOUGHT = r"(?P<hedge>\+|-%hedge_tied%\b| %hedge_after%\b|%hedge_joined|hedge_before_noun%)"
SIGN = re.compile(r"(?:^|[\s(])(?P<sign>[-−])$")
SEVERAL = r"(?i:(?<!\w)(?P<hedge>%a_few%) )$"
SECOND = r"(?: \((?:\w+ )?|/| %or% )\d[\d.,]*(?: (?:million|billion))?"
METRES = re.compile(r"(?<=\d)m$")
FAR = r"\s%measure|far%\b"


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure: its value, its unit or counted noun, its hedge, and the rule that found it."""

    span: Span
    value: float
    high: float | None
    unit: str | None
    counted: str | None
    hedge: str | None
    rule: QuantityRule


def read_figure(sentence: Sentence, number: Number, high: Number | None = None) -> Figure | None:
    """Return a number as a figure, or None if it is part of a name; the unit is None if unknown."""
    text, within, language = sentence.text, sentence.within, sentence.language
    several = _several(sentence, number)
    if several:
        number = replace(number, how="order")
    start, end = number.span.start, (high or number).span.end
    after = sentence.cues.compile(AFTERTHOUGHT).match(text, end, within.end)
    end = after.end() if after else end
    unit = unit_before(text, start, within.start, language)
    unit = unit or unit_after(text, end, within.end, language)
    counted = None if unit else find_counted(text, end, within.end, language)
    if counted and number.how == "words" and _is_name(sentence, number, counted.phrase):
        return None
    if unit:
        start, end = min(start, unit.at), max(end, unit.at)
    elif counted:
        end = counted.end
    low = low_value(number, high) if high else number.value
    if not (unit or counted) and _is_length(sentence, number):
        unit, low = Unit("m", "measure", end), low / 1e6
    hedge = several or find_hedge(sentence, start)
    begin = hedge.start("hedge") if hedge else start
    if not high and (sign := SIGN.search(text, max(within.start, start - 2), start)):
        begin, low = min(begin, sign.start("sign")), -low
    return Figure(
        span=Span(begin, end),
        value=low,
        high=high.value if high else None,
        unit=unit.name if unit else counted.noun if counted else None,
        counted=text[counted.end - len(counted.phrase) : counted.end] if counted else None,
        hedge=_hedge(text, number, hedge or after),
        rule=_rule(number, high, unit),
    )


def find_hedge(sentence: Sentence, start: int) -> re.Match[str] | None:
    """Find the hedge right before a number: "more than"."""
    near = max(sentence.within.start, start - HEDGE_LOOKBACK)
    return _hedges(sentence.language).search(sentence.text, near, start)


@cache
def bound_of(hedge: str | None, language: str) -> HedgeBound | None:
    """Return what a hedge says of a value: it is at least, at most or about that; else None.

    >>> bound_of("more than", "en"), bound_of("exactly", "en"), bound_of("hundreds of", "en")
    ('at_least', None, 'at_least')
    """
    if hedge is None:
        return None
    bounds = read_mapping("hedges", "form", "bound", language)
    found = bounds.get(hedge, "at_least")  # an order of magnitude, "+", "or more"
    return None if found == "exact" else cast(HedgeBound, found)


def with_second_unit(sentence: Sentence, figure: Figure) -> Figure:
    """Return a measure with the span of the same measure in another unit after it: "300 kW (402 hp)".

    >>> sentence = Sentence.whole("It has 300 kW (402 hp).")
    >>> figure = read_figure(sentence, Number(Span(7, 10), 300.0, "digits"))
    >>> with_second_unit(sentence, figure).span.of(sentence.text)
    '300 kW (402 hp)'
    """
    if figure.rule not in MEASURE:
        return figure
    text, end = sentence.text, sentence.within.end
    again = sentence.cues.compile(SECOND).match(text, figure.span.end, end)
    unit = unit_after(text, again.end(), end, sentence.language) if again else None
    if again is None or unit is None or unit.kind != "measure" or unit.name == figure.unit:
        return figure
    is_closed = "(" not in again[0] or text[unit.at : unit.at + 1] == ")"
    end = unit.at + ("(" in again[0])
    return replace(figure, span=Span(figure.span.start, end)) if is_closed else figure


def _several(sentence: Sentence, number: Number) -> re.Match[str] | None:
    """Find the word that makes a scale an order of magnitude: "several hundred"."""
    start = number.span.start
    if number.value < LEAST_OF_SEVERAL or sentence.text[start].isdigit():
        return None
    near = max(sentence.within.start, start - HEDGE_LOOKBACK)
    return sentence.cues.compile(SEVERAL).search(sentence.text, near, start)


def _hedge(text: str, number: Number, found: re.Match[str] | None) -> str | None:
    """Return the hedge beside a number; an order of magnitude is its own hedge ("hundreds of")."""
    if found:
        return found["hedge"].strip(" -").casefold()
    return f"{number.span.of(text).split()[0].casefold()} of" if number.how == "order" else None


@cache
def _hedges(language: str) -> re.Pattern[str]:
    forms = one_of(read_column("hedges", "form", language))
    edge = "" if language in ("zh", "ja") else r"(?<!\w)"
    return re.compile(rf"{edge}(?P<hedge>(?i:{forms}))(?: (?:the|a|an|another|entre))?\s?$")


def _is_length(sentence: Sentence, number: Number) -> bool:
    """Return True if the m of "400m" means metres, not millions."""
    far = sentence.cues.compile(FAR).match(sentence.text, number.span.end, sentence.within.end)
    return far is not None and METRES.search(number.span.of(sentence.text)) is not None


def _is_name(sentence: Sentence, number: Number, phrase: str) -> bool:
    """Return True if a number in words is the start of a name ("Six Senses")."""
    before = sentence.text[sentence.within.start : number.span.start]
    if sentence.language == "de" and OPENED.search(before):
        return False
    if before.strip() and before.split()[-1].casefold() in verbs_and_hedges():  # "Trust Sells Five Inns"
        return False
    return bool(before) and sentence.text[number.span.start].isupper() and phrase[0].isupper()


def _rule(number: Number, high: Number | None, unit: Unit | None) -> QuantityRule:
    if number.how == "order":
        return ORDER_OF_MAGNITUDE
    rules = BY_UNIT_KIND.get(unit.kind, COUNTED_NOUN) if unit else COUNTED_NOUN
    return rules.range if high else rules.words if number.how == "words" else rules.digits
