"""Read the figures of one sentence, including those that share another figure's noun."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.facts.names.entities import Named
from transforms.facts.quantities.bare_numbers import Noun, noun_of_bare
from transforms.facts.quantities.figure import Figure, read_figure
from transforms.facts.quantities.not_figures import UNIT_OF_TIME, is_no_figure, masked_spans
from transforms.facts.quantities.numbers import Number, find_numbers
from transforms.facts.quantities.ranges import is_range, whole_span
from transforms.facts.quantities.rules import NUMBER_WITHOUT_NOUN, SHARED_NOUN, QuantityRule
from transforms.language.span import Span

# "310 zu 0 Stimmen", "147 of 519 pupils", "von 110 auf 10 Prozent": one noun belongs to both numbers.
SHARED = re.compile(
    r"\s(?:to|of|against|and|or|zu|auf|von|gegen|und|oder|contre|et|ou|à|contro|e|o|contra|y|a|"
    r"van|op|tegen|en)\s(?:the\s)?"
)
TIME = re.compile(UNIT_OF_TIME)
MOST_NUMBERS = 200  # of a sentence; more are a table whose words are elsewhere


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, and the entities that it names."""

    text: str
    span: Span
    named: Sequence[Named]
    language: str


def read_figures(sentence: Sentence, earlier: str | None) -> Iterator[Figure]:
    """Yield the figures of a sentence; `earlier` is the noun of the figures in the one before."""
    here: str | None = None
    found = list(_numbers(sentence))
    for (number, high), (following, _) in zip(found, [*found[1:], (None, None)], strict=False):
        figure = _read(sentence, number, high)
        if figure and not _is_said(figure, number):
            shared = None if high else _sharing(sentence, figure, number, following)
            figure = shared or _with_noun_before(sentence, figure, number, here, earlier)
        if figure:
            yield figure
            here = figure.unit if is_noun(figure.unit, figure.rule) else here


def _numbers(sentence: Sentence) -> Iterator[tuple[Number, Number | None]]:
    """Yield the numbers of a sentence; for a range, both of its ends."""
    text, span = sentence.text, sentence.span
    left = find_numbers(text, span, sentence.language)
    if len(left) > MOST_NUMBERS:
        return
    masks = masked_spans(text, span) + [one.span for one in sentence.named] if left else []
    left = [one for one in left if not any(map(one.span.overlaps, masks))]
    while left:
        number = left.pop(0)
        yield number, left.pop(0) if left and is_range(text, number, left[0], span) else None


def _read(sentence: Sentence, number: Number, high: Number | None = None) -> Figure | None:
    """Return a number or a range as a figure, or None if it counts nothing."""
    text, span, language = sentence.text, sentence.span, sentence.language
    if is_no_figure(text, replace(number, span=whole_span(number, high)), span, language):
        return None
    return read_figure(text, span, number, high, language)


def is_noun(unit: str | None, rule: QuantityRule) -> bool:
    """Return True if a figure counts things, so that a number after it may share its noun."""
    return (
        unit is not None
        and rule.counts_things
        and unit not in ("%", "times")
        and not TIME.fullmatch(unit)
    )


def _is_said(figure: Figure, number: Number) -> bool:
    """Return True if a number is a figure without context: it has a unit, a noun or a scale."""
    return figure.unit is not None or (number.has_scale and number.how != "order")


def _sharing(
    sentence: Sentence, figure: Figure, number: Number, following: Number | None
) -> Figure | None:
    """Return a figure with the next figure's noun if the two share it ("310 zu 0 Stimmen")."""
    if following is None or number.how == "order":
        return None
    if not SHARED.fullmatch(sentence.text, number.span.end, following.span.start):
        return None
    other = _read(sentence, following)
    return replace(figure, unit=other.unit, rule=SHARED_NOUN) if other and other.unit else None


def _with_noun_before(
    sentence: Sentence, figure: Figure, number: Number, here: str | None, earlier: str | None
) -> Figure | None:
    """Return a number without a noun as a figure, with the noun of the figure before if it continues."""
    if number.how == "order":
        return None
    text, follows = sentence.text, here is not None
    where = noun_of_bare(text, number, figure.span, sentence.span, figure.hedge, follows=follows)
    if where is None:
        return None
    noun = {Noun.EARLIER: here or earlier, Noun.HERE: here, Noun.NOWHERE: None}[where]
    return replace(figure, unit=noun, rule=NUMBER_WITHOUT_NOUN)
