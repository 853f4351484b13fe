"""Figures that an article reports: a number with what it counts or measures, and of whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from transforms.facts.grammar.scripts import JOINED
from transforms.facts.grammar.sentences import split_sentences
from transforms.facts.names.entities import Named
from transforms.facts.quantities.bare import Noun, noun_of_bare
from transforms.facts.quantities.figure import Figure, read_figure
from transforms.facts.quantities.not_figures import (
    UNIT_OF_TIME,
    is_no_figure,
    masked_spans,
)
from transforms.facts.quantities.numbers import Number, find_numbers, number_finder
from transforms.facts.quantities.ranges import is_range, whole_span
from transforms.facts.quantities.subjects import Subject, find_subject
from transforms.facts.span import Span
from warehouse.schema import Quantity

LONGEST_SENTENCE = 1000  # characters
TOGETHER = re.compile(r",?\s(?:and|or|und|oder|et|ou|y|o|e|en|i|и)\s(?:(?:\w+ed|\w+)\s)?")
SAME_NOUN = frozenset(["ones", "others"])
# "310 zu 0 Stimmen", "147 of 519 pupils", "von 110 auf 10 Prozent": the noun stands once for both.
SHARED = re.compile(
    r"\s(?:to|of|against|and|or|zu|auf|von|gegen|und|oder|contre|et|ou|à|contro|e|o|contra|y|a|"
    r"van|op|tegen|en)\s(?:the\s)?"
)
MORE = re.compile(r"\s(?:more|others)\b")
TIME = re.compile(UNIT_OF_TIME)


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
    for sentence in chain.from_iterable(_pieces(text, one) for one in split_sentences(text, code)):
        if numbers.search(text, sentence.start, sentence.end):
            earlier = _noun_of_last(text, rows, sentence)
            rows += _in_sentence(article_id, text, sentence, named, code, len(rows), earlier)
    return rows


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence, or the pieces of one that is too long for one: a list or a line of a table."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start, start + LONGEST_SENTENCE) for mark in ", ;")
        end = cut + 1 if cut > start else start + LONGEST_SENTENCE
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)


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
    last: tuple[Figure, Subject | None] | None = None
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
) -> Iterator[Figure]:
    """Yield the figures of a sentence; `earlier` is what the one before it counts."""
    here: str | None = None
    numbers = find_numbers(text, sentence, language)
    masks = masked_spans(text, sentence) + [one.span for one in named] if numbers else []
    numbers = [one for one in numbers if not any(map(one.span.overlaps, masks))]
    i = 0
    while i < len(numbers):
        high = (
            numbers[i + 1]
            if i + 1 < len(numbers) and is_range(text, numbers[i], numbers[i + 1], sentence)
            else None
        )
        figure = None
        if not is_no_figure(
            text,
            Number(whole_span(numbers[i], high), numbers[i].value, numbers[i].how, numbers[i].has_scale),
            sentence,
            language,
        ):
            figure = read_figure(text, sentence, numbers[i], high, language)
        if figure and not _is_said(figure, numbers[i]):
            following = numbers[i + 1] if i + 1 < len(numbers) and not high else None
            figure = _sharing(text, sentence, figure, numbers[i], following, language) or _bare(
                text, sentence, figure, numbers[i], here, earlier
            )
        if figure:
            yield figure
            here = figure.unit if _is_noun(figure.unit, figure.rule) else here
        i += 2 if high else 1


def _is_said(figure: Figure, number: Number) -> bool:
    """Say whether a number is a figure by itself: it has a unit, a noun or a scale."""
    return figure.unit is not None or (number.has_scale and number.how != "order")


def _sharing(
    text: str, sentence: Span, figure: Figure, number: Number, following: Number | None, language: str
) -> Figure | None:
    """Return a figure with the noun of the next, where the two share it ("310 zu 0 Stimmen")."""
    if (
        following is None
        or number.how == "order"
        or not SHARED.fullmatch(text, number.span.end, following.span.start)
    ):
        return None
    other = read_figure(text, sentence, following, None, language)
    if other is None or other.unit is None:
        return None
    if is_no_figure(text, following, sentence, language):
        return None
    return replace(figure, unit=other.unit, rule="shared_noun")


def _bare(
    text: str, sentence: Span, figure: Figure, number: Number, here: str | None, earlier: str | None
) -> Figure | None:
    """Return a figure of a number without a noun, with that of the figure before where it goes on."""
    where = noun_of_bare(text, number, figure.span, sentence, figure.hedge, follows=here is not None)
    if where is None or number.how == "order":
        return None
    noun = {Noun.EARLIER: here or earlier, Noun.HERE: here, Noun.NOWHERE: None}[where]
    return replace(figure, unit=noun, rule="bare_number")


def _same_noun(text: str, figure: Figure, last: tuple[Figure, Subject | None] | None) -> Figure:
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
    figure: Figure,
    named: Sequence[Named],
    last: tuple[Figure, Subject | None] | None,
    language: str,
) -> Subject | None:
    """Return the subject: of the verb before, of the figure this one is joined to, or in the noun."""
    if last and TOGETHER.fullmatch(text, last[0].span.end, figure.span.start):
        return last[1]
    if language == "en" and (subject := find_subject(text, sentence, figure.span.start, named)):
        return subject
    inside = [one for one in named if figure.span.covers(one.span) and one.entity.kind != "place"]
    if len(inside) == 1:
        return Subject(inside[0].span.of(text), None, inside[0].entity.entity_id)
    if JOINED.search(sentence.of(text)) and (
        before := [one for one in named if one.span.end <= figure.span.start]
    ):
        nearest = before[-1]
        is_near = not re.search(r"[，。；、]", text[nearest.span.end : figure.span.start])
        return Subject(nearest.span.of(text), None, nearest.entity.entity_id) if is_near else None
    return None
