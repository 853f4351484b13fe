"""Figures that an article reports: a number with what it counts or measures, and of whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from transforms.facts.counted import find_counted
from transforms.facts.cues import one_of
from transforms.facts.entities import Named
from transforms.facts.not_figures import is_no_figure, masked_spans
from transforms.facts.numbers import Number, find_numbers, number_finder
from transforms.facts.scripts import JOINED
from transforms.facts.sentences import split_sentences
from transforms.facts.span import Span
from transforms.facts.subjects import Subject, find_subject
from transforms.facts.units import Unit, unit_after, unit_before
from transforms.reference import read_reference
from warehouse.schema import Quantity

HEDGE_LOOKBACK = 30  # characters
AFTERTHOUGHT = re.compile(r"(?P<hedge>\+| or more\b| or so\b| or fewer\b| or less\b|[多余]?以上|左右)")
SIGN = re.compile(r"(?:^|[\s(])(?P<sign>[-−])$")
SEVERAL = re.compile(
    r"(?i:(?<!\w)(?P<hedge>(?:a )?few|several|many|a couple of|plusieurs|mehrere|einige|varios) )$"
)
RANGE = re.compile(r"\s?(?:[-–—~至到]|to|and|or|bis|à|a|y|und|et|e|tot|do|до)\s?(?:US\$|[$€£¥])?")
RANGE_OPENERS = re.compile(
    r"(?i:\b(?:between|zwischen|entre|tra|fra|tussen|między|между))\s*(?:US\$|[$€£¥])?$"
)
CHANGE = re.compile(r"(?i:\b(?:from|von|de|desde|da|van|od|с))\s+(?:\S+\s)?$")
TOGETHER = re.compile(r",?\s(?:and|or|und|oder|et|ou|y|o|e|en|i|и)\s(?:(?:\w+ed|\w+)\s)?")
SAME_NOUN = frozenset(["ones", "others"])


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number that is a figure, with all that stands around it."""

    span: Span
    value: float
    high: float | None
    unit: str | None
    counted: str | None
    hedge: str | None
    number_start: int
    rule: str


def find_quantities(
    article_id: str, text: str, named: Sequence[Named], language: str | None = "en"
) -> list[Quantity]:
    """Return the figures of an article.

    Dates, ages, ordinals, addresses, versions, labels and names with a number are left alone, and so
    are "one", numbers tied to a noun by a hyphen (a 24-hour line names a kind, it does not count), and
    bare numbers of which nothing says what they count. "Hundreds of thousands" is its order of
    magnitude, and says so in the hedge and the rule.

    >>> text = "To date, the app has around 300 million users."
    >>> (one,) = find_quantities("0" * 64, text, [])
    >>> one.value, one.unit, one.hedge, one.subject, one.text
    (300000000.0, 'users', 'around', 'the app', 'around 300 million users')
    """
    code = language if language and language != "und" else "en"
    rows: list[Quantity] = []
    numbers = number_finder(text, code)
    for sentence in split_sentences(text, code):
        if numbers.search(text, sentence.start, sentence.end):
            rows += _in_sentence(article_id, text, sentence, named, code, len(rows))
    return rows


def _in_sentence(
    article_id: str, text: str, sentence: Span, named: Sequence[Named], language: str, position: int
) -> Iterator[Quantity]:
    near = [one for one in named if sentence.covers(one.span)]
    last: tuple[_Figure, Subject | None] | None = None
    for figure in _figures(text, sentence, near, language):
        figure = _same_noun(figure, last)
        subject = _subject(text, sentence, figure, near, last, language)
        last = (figure, subject)
        yield Quantity(
            article_id=article_id,
            position=position,
            text=figure.span.of(text),
            value=figure.value,
            value_high=figure.high,
            unit=figure.unit,
            counted=figure.counted,
            subject=subject.words if subject else None,
            verb=subject.verb if subject else None,
            entity_id=subject.entity_id if subject else None,
            hedge=figure.hedge,
            sentence=sentence.of(text),
            start_char=figure.span.start,
            end_char=figure.span.end,
            rule=figure.rule,
        )
        position += 1


def _figures(text: str, sentence: Span, named: Sequence[Named], language: str) -> Iterator[_Figure]:
    numbers = find_numbers(text, sentence, language)
    masks = masked_spans(text, sentence) + [one.span for one in named] if numbers else []
    numbers = [one for one in numbers if not any(map(one.span.overlaps, masks))]
    i = 0
    while i < len(numbers):
        high = (
            numbers[i + 1]
            if i + 1 < len(numbers) and _is_range(text, numbers[i], numbers[i + 1], sentence)
            else None
        )
        figure = None
        if not is_no_figure(
            text,
            Number(_whole(numbers[i], high), numbers[i].value, numbers[i].how, numbers[i].has_scale),
            sentence,
        ):
            figure = _figure(text, sentence, numbers[i], high, language)
        if figure:
            yield figure
        i += 2 if high else 1


def _whole(low: Number, high: Number | None) -> Span:
    return Span(low.span.start, high.span.end if high else low.span.end)


def _is_range(text: str, low: Number, high: Number, sentence: Span) -> bool:
    """Say whether two numbers are the ends of one range; "rose from 5 to 10" is two figures."""
    between = RANGE.fullmatch(text, low.span.end, high.span.start)
    if not between or high.how == "order" or low.how == "order":
        return False
    before = text[sentence.start : low.span.start]
    word = between[0].strip(" US$€£¥")
    if word in ("and", "y", "und", "et", "e", "en", "a", "or"):
        return (bool(RANGE_OPENERS.search(before)) and word != "or") or (
            word == "or" and high.value == low.value + 1
        )
    return not CHANGE.search(before) and _low_value(low, high) < high.value


def _low_value(low: Number, high: Number) -> float:
    """Return the low end, which may share the scale of the high one ("20 to 30 million")."""
    if high.has_scale and not low.has_scale and low.value < 1000:
        scale = next((10.0**power for power in (12, 9, 6, 3) if high.value >= 10**power), 1.0)
        return low.value * scale
    return low.value


def _figure(
    text: str, sentence: Span, number: Number, high: Number | None, language: str
) -> _Figure | None:
    start, end = number.span.start, (high or number).span.end
    several = (
        SEVERAL.search(text, max(sentence.start, start - HEDGE_LOOKBACK), start)
        if number.value >= 100
        else None
    )
    if several and not text[start].isdigit():
        number = replace(number, how="order")
    after = AFTERTHOUGHT.match(text, end, sentence.end)
    end = after.end() if after else end
    unit = unit_before(text, start, sentence.start) or unit_after(text, end, sentence.end)
    start, end = (unit.at, end) if unit and unit.at < start else (start, unit.at if unit else end)
    counted = None if unit else find_counted(text, end, sentence.end, language)
    end = counted.end if counted else end
    hedge_start, hedge = _hedge(text, start, sentence, language)
    if several and number.how == "order":
        hedge_start, hedge = several.start("hedge"), several["hedge"].casefold()
    hedge = hedge or (after["hedge"].strip() if after else None)
    hedge = (
        f"{number.span.of(text).split()[0].casefold()} of"
        if number.how == "order" and not hedge
        else hedge
    )
    if counted and number.how == "words" and _is_name(text, sentence, number, counted.phrase):
        return None
    if not (unit or counted) and not (number.has_scale and number.how != "order"):
        return None
    low = _low_value(number, high) if high else number.value
    if not high and (sign := SIGN.search(text, sentence.start, start)):
        hedge_start, low = min(hedge_start, sign.start("sign")), -low
    return _Figure(
        span=Span(min(hedge_start, start), end),
        value=low,
        high=high.value if high else None,
        unit=unit.name if unit else counted.noun if counted else None,
        counted=text[counted.end - len(counted.phrase) : counted.end] if counted else None,
        hedge=hedge,
        number_start=min(hedge_start, start),
        rule=_rule(number, high, unit),
    )


def _is_name(text: str, sentence: Span, number: Number, phrase: str) -> bool:
    """Say whether a number in words opens a name ("Six Senses") rather than counts."""
    return (
        number.span.start > sentence.start and text[number.span.start].isupper() and phrase[0].isupper()
    )


def _rule(number: Number, high: Number | None, unit: Unit | None) -> str:
    if number.how == "order":
        return "order_of_magnitude"
    kind = unit.kind if unit and unit.kind not in ("people", "counted") else "counted_noun"
    return f"{kind}_range" if high else f"{kind}_in_words" if number.how == "words" else kind


def _hedge(text: str, start: int, sentence: Span, language: str) -> tuple[int, str | None]:
    """Return where the hedge before a figure begins and the hedge, or the figure's start and None."""
    found = _hedges(language).search(text, max(sentence.start, start - HEDGE_LOOKBACK), start)
    return (found.start("hedge"), found["hedge"].strip().casefold()) if found else (start, None)


@cache
def _hedges(language: str) -> re.Pattern[str]:
    forms = one_of(row["form"] for row in read_reference("hedges") if row["language"] == language)
    edge = "" if language in ("zh", "ja") else r"(?<!\w)"
    return re.compile(rf"{edge}(?P<hedge>(?i:{forms}))(?: (?:the|a|an|another|entre))?\s?$")


def _same_noun(figure: _Figure, last: tuple[_Figure, Subject | None] | None) -> _Figure:
    """Give "16 public ones" the noun of the figure before it."""
    if last and figure.unit in SAME_NOUN and last[0].unit:
        return replace(figure, unit=last[0].unit)
    return figure


def _subject(
    text: str,
    sentence: Span,
    figure: _Figure,
    named: Sequence[Named],
    last: tuple[_Figure, Subject | None] | None,
    language: str,
) -> Subject | None:
    """Return the subject: of the verb before, of the figure this one is joined to, or in the noun."""
    if last and TOGETHER.fullmatch(text, last[0].span.end, figure.span.start):
        return last[1]
    if language == "en" and (subject := find_subject(text, sentence, figure.number_start, named)):
        return subject
    inside = [one for one in named if figure.span.covers(one.span) and one.entity.kind != "place"]
    if len(inside) == 1:
        return Subject(inside[0].span.of(text), None, inside[0].entity.entity_id)
    if JOINED.search(sentence.of(text)) and (
        before := [one for one in named if one.span.end <= figure.number_start]
    ):
        nearest = before[-1]
        is_near = not re.search(r"[，。；、]", text[nearest.span.end : figure.number_start])
        return Subject(nearest.span.of(text), None, nearest.entity.entity_id) if is_near else None
    return None
