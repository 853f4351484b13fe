"""Figures that an article reports: a number with what it counts or measures, and of whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from transforms.facts.bare import Noun, noun_of_bare
from transforms.facts.counted import find_counted
from transforms.facts.cues import one_of
from transforms.facts.entities import Named
from transforms.facts.not_figures import (
    OPENED,
    UNIT_OF_TIME,
    is_no_figure,
    masked_spans,
    verbs_and_hedges,
)
from transforms.facts.numbers import Number, find_numbers, number_finder
from transforms.facts.scripts import JOINED
from transforms.facts.sentences import split_sentences
from transforms.facts.span import Span
from transforms.facts.subjects import Subject, find_subject
from transforms.facts.units import Unit, unit_after, unit_before
from transforms.reference import read_reference
from warehouse.schema import Quantity

HEDGE_LOOKBACK = 30  # characters
AFTERTHOUGHT = re.compile(
    r"(?P<hedge>\+|-odd\b|-plus\b| or more\b| or so\b| or fewer\b| or less\b|[多余]?以上|左右)"
)
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
# "310 zu 0 Stimmen", "147 of 519 pupils", "von 110 auf 10 Prozent": the noun stands once for both.
SHARED = re.compile(
    r"\s(?:to|of|against|and|or|zu|auf|von|gegen|und|oder|contre|et|ou|à|contro|e|o|contra|y|a|"
    r"van|op|tegen|en)\s(?:the\s)?"
)
MORE = re.compile(r"\s(?:more|others)\b")
METRES = re.compile(r"(?<=\d)m$")
FAR = re.compile(r"\s(?:from|away|long|tall|high|wide|deep|above|below|apart|down|radius)\b")
TIME = re.compile(UNIT_OF_TIME)


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
    are "one", numbers tied by a hyphen to a noun that is no unit ("a two-person tent"), and bare numbers
    of which nothing says that they count. A bare number that does ("another five in London") has the
    noun of the figure before it where that is plain, and else none. "Hundreds of thousands" is its
    order of magnitude, and says so in the hedge and the rule.

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
            earlier = _noun_of_last(text, rows, sentence)
            rows += _in_sentence(article_id, text, sentence, named, code, len(rows), earlier)
    return rows


def _noun_of_last(text: str, rows: Sequence[Quantity], sentence: Span) -> str | None:
    """Return what the last figures of a paragraph count, if it is one thing."""
    if not rows or "\n" in text[rows[-1].end_char : sentence.start]:
        return None
    last = [row for row in rows[-4:] if row.sentence == rows[-1].sentence]
    nouns = {row.unit for row in last if _is_noun(row.unit, row.rule)}
    return nouns.pop() if len(nouns) == 1 else None


def _in_sentence(
    article_id: str,
    text: str,
    sentence: Span,
    named: Sequence[Named],
    language: str,
    position: int,
    earlier: str | None,
) -> Iterator[Quantity]:
    near = [one for one in named if sentence.covers(one.span)]
    last: tuple[_Figure, Subject | None] | None = None
    for figure in _figures(text, sentence, near, language, earlier):
        figure = _same_noun(text, figure, last)
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


def _is_noun(unit: str | None, rule: str) -> bool:
    """Say whether a figure counts things, whose noun a bare number after it may go on."""
    is_counted = rule.startswith(("counted_noun", "bare_number", "shared_noun", "order"))
    return unit is not None and is_counted and unit not in ("%", "times") and not TIME.fullmatch(unit)


def _figures(
    text: str, sentence: Span, named: Sequence[Named], language: str, earlier: str | None
) -> Iterator[_Figure]:
    """Yield the figures of a sentence; `earlier` is what the one before it counts."""
    here: str | None = None
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
            language,
        ):
            figure = _figure(text, sentence, numbers[i], high, language)
        if figure and not _is_said(figure, numbers[i]):
            following = numbers[i + 1] if i + 1 < len(numbers) and not high else None
            figure = _sharing(text, sentence, figure, numbers[i], following, language) or _bare(
                text, sentence, figure, numbers[i], here, earlier
            )
        if figure:
            yield figure
            here = figure.unit if _is_noun(figure.unit, figure.rule) else here
        i += 2 if high else 1


def _is_said(figure: _Figure, number: Number) -> bool:
    """Say whether a number is a figure by itself: it has a unit, a noun or a scale."""
    return figure.unit is not None or (number.has_scale and number.how != "order")


def _sharing(
    text: str, sentence: Span, figure: _Figure, number: Number, following: Number | None, language: str
) -> _Figure | None:
    """Return a figure with the noun of the next, where the two share it ("310 zu 0 Stimmen")."""
    if (
        following is None
        or number.how == "order"
        or not SHARED.fullmatch(text, number.span.end, following.span.start)
    ):
        return None
    other = _figure(text, sentence, following, None, language)
    if other is None or other.unit is None:
        return None
    if is_no_figure(text, following, sentence, language):
        return None
    return replace(figure, unit=other.unit, rule="shared_noun")


def _bare(
    text: str, sentence: Span, figure: _Figure, number: Number, here: str | None, earlier: str | None
) -> _Figure | None:
    """Return a figure of a number without a noun, with that of the figure before where it goes on."""
    where = noun_of_bare(text, number, figure.span, sentence, figure.hedge, follows=here is not None)
    if where is None or number.how == "order":
        return None
    noun = {Noun.EARLIER: here or earlier, Noun.HERE: here, Noun.NOWHERE: None}[where]
    return replace(figure, unit=noun, rule="bare_number")


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
    is_year = high.has_scale and re.fullmatch(r"(?:19|20)\d\d", low.span.of(text)) is not None
    is_change = word != "bis" and CHANGE.search(before) is not None  # "von 12 bis 14" is a range
    return not (is_year or is_change) and _low_value(low, high) < high.value


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
    hedge = hedge or (after["hedge"].strip(" -") if after else None)
    hedge = (
        f"{number.span.of(text).split()[0].casefold()} of"
        if number.how == "order" and not hedge
        else hedge
    )
    if counted and number.how == "words" and _is_name(text, sentence, number, counted.phrase, language):
        return None
    low = _low_value(number, high) if high else number.value
    if not (unit or counted) and _is_length(text, number, sentence):
        unit, low = Unit("m", "measure", end), low / 1e6
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


def _is_length(text: str, number: Number, sentence: Span) -> bool:
    """Say whether the m of "400m" is metres rather than millions."""
    return bool(METRES.search(number.span.of(text)) and FAR.match(text, number.span.end, sentence.end))


def _is_name(text: str, sentence: Span, number: Number, phrase: str, language: str) -> bool:
    """Say whether a number in words opens a name ("Six Senses") rather than counts."""
    before = text[sentence.start : number.span.start]
    if language == "de" and OPENED.search(before):
        return False
    if before.strip() and before.split()[-1].casefold() in verbs_and_hedges():  # "Trust Sells Five Inns"
        return False
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


def _same_noun(text: str, figure: _Figure, last: tuple[_Figure, Subject | None] | None) -> _Figure:
    """Give "16 public ones" the noun of the figure before it."""
    if last is None or not _is_noun(last[0].unit, last[0].rule):
        return figure
    is_more = figure.unit is None and bool(MORE.match(text, figure.span.end))  # "a dozen more"
    if is_more or figure.unit in SAME_NOUN:
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
