"""Find the figures that an article reports, with their units, hedges and subjects."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token
from transforms.facts.annotated_text import AnnotatedText
from transforms.facts.quantities.figure import Figure, bound_of
from transforms.facts.quantities.figure_subjects import Said, Subject, subject_of
from transforms.facts.quantities.numbers import number_finder
from transforms.facts.quantities.rules import QUANTITY_RULE_OF
from transforms.facts.quantities.sentence_figures import is_noun, read_figures
from transforms.facts.quantities.units import canonical_unit, noun_of_subject
from transforms.language.cues import cues_of
from transforms.language.dates import IS_YEAR
from transforms.language.span import Span
from warehouse.schema.rows.facts import Quantity

LONGEST_SENTENCE = 1000  # characters
SAME_NOUN = frozenset(["ones", "others"])
MORE = re.compile(r"\s(?:more|others)\b")


def find_quantities(article_id: str, annotated: AnnotatedText) -> list[Quantity]:
    """Return the figures of an article.

    Not figures are dates, ages, ordinals, addresses, versions, labels, names with a number, "one",
    numbers with a hyphen and a noun that is not a unit ("a two-person tent"), and numbers without a
    noun, unless a word such as "another" shows that they count. Such a number ("another five in
    London") gets the noun of the figure before it if there is only one candidate, otherwise none.
    "Hundreds of thousands" has the value 100,000; its hedge and its rule mark it as an order of
    magnitude.

    >>> from transforms.facts.annotated_text import annotate
    >>> text = "To date, the app has around 300 million users."
    >>> (one,) = find_quantities("0" * 64, annotate(text, []))
    >>> one.value, one.unit, one.hedge, one.subject, one.text
    (300000000.0, 'users', 'around', 'the app', 'around 300 million users')
    """
    text, language = annotated.text, annotated.language
    rows: list[Quantity] = []
    starts = [one.span.start for one in annotated.named]
    may_have_number = number_finder(text, language)
    for span in chain.from_iterable(_pieces(text, one) for one in annotated.sentences):
        if may_have_number(span):
            inside = annotated.named[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            named = [one for one in inside if span.covers(one.span)]
            sentence = Sentence(text, span, cues_of(language), named, language)
            for said, year in _said(sentence, _noun_of_last(text, rows, span)):
                rows.append(_to_row(article_id, len(rows), sentence, *said, year))
    return rows


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence, or pieces of one that is too long: a list or a line of a table."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start, start + LONGEST_SENTENCE) for mark in ", ;")
        end = cut + 1 if cut > start else start + LONGEST_SENTENCE
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)


def _noun_of_last(text: str, rows: Sequence[Quantity], sentence: Span) -> str | None:
    """Return the noun of the last figures of a paragraph, if all have the same one."""
    if not rows or "\n" in text[rows[-1].end_char : sentence.start]:
        return None
    last = [row for row in rows[-4:] if row.sentence == rows[-1].sentence]
    nouns = {row.unit for row in last if is_noun(row.unit, QUANTITY_RULE_OF[row.rule])}
    return nouns.pop() if len(nouns) == 1 else None


def _said(sentence: Sentence, earlier: str | None) -> Iterator[tuple[Said, int | None]]:
    """Yield the figures of a sentence with their subjects, and the year that it names."""
    last: Said | None = None
    figures = list(read_figures(sentence, earlier))
    year = _year(sentence.tokens) if figures else None
    for figure in figures:
        figure = _same_noun(sentence.text, figure, last)
        last = (figure, subject_of(sentence, figure, last))
        yield last, year


def _to_row(
    article_id: str,
    position: int,
    sentence: Sentence,
    figure: Figure,
    subject: Subject | None,
    year: int | None,
) -> Quantity:
    return Quantity(
        article_id=article_id,
        position=position,
        text=figure.span.of(sentence.text),
        value=figure.value,
        value_high=figure.high,
        unit=figure.unit,
        unit_canonical=_canonical(figure, subject, sentence.language),
        counted=figure.counted,
        subject=subject.words if subject else None,
        verb=subject.verb if subject else None,
        verb_class=subject.verb_class if subject else None,
        entity_id=subject.entity_id if subject else None,
        hedge=figure.hedge,
        bound=bound_of(figure.hedge, sentence.language),
        year=year,
        sentence=sentence.within.of(sentence.text),
        start_char=figure.span.start,
        end_char=figure.span.end,
        rule=figure.rule.name,
    )


def _canonical(figure: Figure, subject: Subject | None, language: str) -> str | None:
    """Return the unit that all languages share; without a unit, what the subject counts."""
    if figure.unit is None and subject:
        return noun_of_subject(subject.words, language)
    return canonical_unit(figure.unit, language)


def _year(tokens: Sequence[Token]) -> int | None:
    """Return the one year that a sentence names, or None."""
    years = {token.text for token in tokens if token.has("number") and IS_YEAR.fullmatch(token.text)}
    return int(years.pop()) if len(years) == 1 else None


def _same_noun(text: str, figure: Figure, last: Said | None) -> Figure:
    """Give "16 public ones" the noun of the figure before it."""
    if last is None or not is_noun(last[0].unit, last[0].rule):
        return figure
    is_more = figure.unit is None and bool(MORE.match(text, figure.span.end))  # "a dozen more"
    if is_more or figure.unit in SAME_NOUN:
        return replace(figure, unit=last[0].unit)
    return figure
