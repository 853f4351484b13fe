"""Read the figures of one sentence, including those that share another figure's noun."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quantities.bare_numbers import Noun, noun_of_bare
from transforms.facts.quantities.counted_noun import OWNS
from transforms.facts.quantities.figure import (
    Figure,
    find_hedge,
    read_figure,
    with_second_unit,
)
from transforms.facts.quantities.not_figures import is_no_figure, is_unit_of_time, masked_spans
from transforms.facts.quantities.numbers import Number, find_numbers
from transforms.facts.quantities.ranges import is_range, is_score, with_shared_scale
from transforms.facts.quantities.rules import (
    MEASURE,
    NUMBER_WITHOUT_NOUN,
    SHARE,
    SHARED_NOUN,
    QuantityRule,
)
from transforms.facts.quantities.shares import Share, find_shares
from transforms.language.span import Span

# "310 zu 0 Stimmen", "147 of 519 pupils", "von 110 auf 10 Prozent": one noun belongs to both numbers.
SHARED = r"\s%of|against|change_to|and|or%\s(?:%definite%\s)?"
AGAINST = r"\s%against%\s"
ENDS = re.compile(r"\s?(?:[,.;:!?)”\"]|$)")
SHARE_UNIT, PERCENT_UNIT = "share", "%"
MOST_NUMBERS = 200  # of a sentence; more are a table whose words are elsewhere


def read_figures(sentence: Sentence, earlier: str | None) -> Iterator[Figure]:
    """Yield the figures of a sentence; `earlier` is the noun of the figures in the one before."""
    shares = [*find_shares(sentence)]
    figures = _counts(sentence, earlier, [share.span for share in shares])
    yield from sorted(
        [*figures, *(_of_share(sentence, one) for one in shares)], key=lambda one: one.span
    )


def _of_share(sentence: Sentence, share: Share) -> Figure:
    found = find_hedge(sentence, share.span.start)
    span = Span(found.start("hedge"), share.span.end) if found else share.span
    hedge = found["hedge"].casefold() if found else None
    unit = PERCENT_UNIT if share.is_percent else SHARE_UNIT
    return Figure(span, share.value, share.high, unit, share.noun, hedge, SHARE)


def _counts(sentence: Sentence, earlier: str | None, taken: Sequence[Span]) -> Iterator[Figure]:
    """Yield the figures of a sentence that are no shares; `taken` are the spans of the shares."""
    here: str | None = None
    last: Figure | None = None
    found = list(_numbers(sentence, taken))
    for (number, high), (following, _) in zip(found, [*found[1:], (None, None)], strict=False):
        if last and last.rule in MEASURE and number.span.overlaps(last.span):
            continue  # the second unit of one measure
        figure = _read(sentence, number, high)
        if figure and figure.unit is None:
            shared = None if high else _sharing(sentence, figure, number, following)
            figure = shared or (
                figure
                if number.has_scale and number.how != "order"
                else _against(sentence, figure, number, last)
                or _with_noun_before(sentence, figure, number, here, earlier)
            )
        if figure:
            last = with_second_unit(sentence, figure)
            yield last
            here = figure.unit if is_noun(figure.unit, figure.rule) else here


def _against(sentence: Sentence, figure: Figure, number: Number, last: Figure | None) -> Figure | None:
    """Return the second number of a vote with the noun of the first: "31 votes to 27"."""
    text = sentence.text
    if last is None or number.how == "order" or not is_noun(last.unit, last.rule):
        return None
    between = sentence.cues.compile(AGAINST).fullmatch(text, last.span.end, number.span.start)
    if not between or not ENDS.match(text, number.span.end):
        return None
    return replace(figure, unit=last.unit, rule=SHARED_NOUN)


def _numbers(sentence: Sentence, taken: Sequence[Span]) -> Iterator[tuple[Number, Number | None]]:
    """Yield the numbers of a sentence; for a range, both of its ends."""
    left = find_numbers(sentence.text, sentence.within, sentence.language)
    if len(left) > MOST_NUMBERS:
        return
    if left:
        left = _outside(left, [*masked_spans(sentence), *(one.span for one in sentence.named), *taken])
    while left:
        number = left.pop(0)
        if left and is_range(sentence, number, left[0]):
            yield number, left.pop(0)
        elif left and is_score(sentence.text, number, left[0]):
            left.pop(0)
        else:
            yield with_shared_scale(sentence, number, left[0]) if left else number, None


def _outside(numbers: Sequence[Number], masks: Sequence[Span]) -> list[Number]:
    """Return the numbers that no mask overlaps."""
    ordered = sorted(masks)
    starts, ends = [mask.start for mask in ordered], [0, *accumulate((m.end for m in ordered), max)]
    return [one for one in numbers if ends[bisect_left(starts, one.span.end)] <= one.span.start]


def _read(sentence: Sentence, number: Number, high: Number | None = None) -> Figure | None:
    """Return a number or a range as a figure, or None if it counts nothing."""
    whole = Span(number.span.start, (high or number).span.end)
    if is_no_figure(sentence, replace(number, span=whole)):
        return None
    return read_figure(sentence, number, high)


def is_noun(unit: str | None, rule: QuantityRule) -> bool:
    """Return True if a figure counts things, so that a number after it may share its noun."""
    is_thing = rule.counts_things and unit not in (None, "%", "times")
    return is_thing and not is_unit_of_time(unit)


def _sharing(
    sentence: Sentence, figure: Figure, number: Number, following: Number | None
) -> Figure | None:
    """Return a figure with the next figure's noun if the two share it ("310 zu 0 Stimmen")."""
    if following is None or number.how == "order":
        return None
    if not sentence.cues.compile(SHARED).fullmatch(sentence.text, number.span.end, following.span.start):
        return None
    other = _read(sentence, following)
    if other is None or other.unit is None or OWNS.match(sentence.text, other.span.end - 1):
        return None
    return replace(figure, unit=other.unit, rule=SHARED_NOUN)


def _with_noun_before(
    sentence: Sentence, figure: Figure, number: Number, here: str | None, earlier: str | None
) -> Figure | None:
    """Return a number without a noun as a figure, with the noun of the figure before if it continues."""
    if number.how == "order":
        return None
    where = noun_of_bare(sentence, number, figure.span, figure.hedge, follows=here is not None)
    if where is None:
        return None
    noun = {Noun.EARLIER: here or earlier, Noun.HERE: here, Noun.NOWHERE: None}[where]
    return replace(figure, unit=noun, rule=NUMBER_WITHOUT_NOUN)
