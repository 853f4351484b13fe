"""Find the subject of a figure: who or what the sentence says it of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.facts.analysis.clauses import clause_of, is_subject
from transforms.facts.analysis.figure_phrases import noun_phrase
from transforms.facts.analysis.measures import (
    behind_participle,
    described_by,
    measured_noun,
    noun_behind,
)
from transforms.facts.analysis.predicates import verb_class
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import verb_classes
from transforms.facts.analysis.unspaced_clauses import clause_in
from transforms.facts.names.entities import Named
from transforms.facts.quantities.figure import Figure
from transforms.facts.quantities.not_figures import is_unit_of_time
from transforms.facts.quantities.units import is_measure
from transforms.language.cues import WITHOUT_ARTICLES, Cues
from transforms.language.scripts import UNSPACED
from transforms.language.span import Span

MEASURE_OF_TIME = frozenset(["be", "jail", "pay", "reach", "rise", "fall", "have"])  # classes of verbs
CHANGES = frozenset(["rise", "fall", "reach"])
NEAR = 80  # characters from a whole to its size
# "The group, usually of as many as 500": a whole and its size.
OF = (
    r"\b(?P<whole>(?:(?i:%determiner%) )?(?:(?!(?:%fronted%|%link%|%say%) )\w+ )?%whole%),?(?: \w+ly)?"
    r" (?P<verb>%of%)\s$"
)
WHEN = ("で", "に", "の", " ")  # この30年で
TOGETHER = r",?\s%and|or%\s(?:(?P<word>\w+)\s)?"
TOGETHER_UNSPACED = r"、|[、,，]?(?P<word>%and%)"  # 0.48元、0.58元和0.68元
FROM = r"(?: [\w’'-]+){0,3},? (?:%direction% )?%compared%\s"  # rose to 3.2% of output, from 2.7%
WORDS_TO = r"(?:(?: [\w’'-]+){0,3},?|(?: [\w’'-]+){4,6},)"
TO = WORDS_TO + r" %change_to|direction%(?: %definite|determiner%)?\s"  # fell 8%, to 112,000
DIRECTION = r",?\s%direction%\s"  # на 5%, до 2 млрд
MORE = r", (?:%indefinite|more_by%\s)?"  # ganó 842 millones, un 11 % más
# "Men scored 12, women 9"
OTHER = re.compile(r",(?: [^\W\d][\w’'-]*){1,6},? |;(?: [^\W\d][\w’'-]*){1,6},? ")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a figure as written, its verb with the class, and the entity if it is known."""

    words: str
    verb: str | None
    verb_class: str | None
    entity_id: str | None


Said = tuple[Figure, Subject | None]


def subject_of(sentence: Sentence, figure: Figure, last: Said | None) -> Subject | None:
    """Return a figure's subject: of a joined figure, of its clause, or a name in its noun.

    `last` is the figure before in the sentence, with its subject.
    """
    text, start, cues = sentence.text, figure.span.start, sentence.cues
    together = TOGETHER_UNSPACED if sentence.language in UNSPACED else TOGETHER
    joined = cues.compile(together).fullmatch(text, last[0].span.end, start) if last else None
    if last and joined and joined["word"] not in verb_classes(sentence.language):
        return None if is_subject(sentence, figure.span.end) else last[1]
    if last and last[1] and _continues(sentence, figure, last):
        return last[1]
    if last and last[1] and (other := _other_subject(sentence, figure, last)):
        return replace(last[1], words=other.of(text), entity_id=None)
    if subject := find_subject(sentence, figure.span, figure.unit):
        return subject
    inside = [
        one for one in sentence.named if figure.span.covers(one.span) and one.entity.kind != "place"
    ]
    if len(inside) == 1:
        return Subject(inside[0].span.of(text), None, None, inside[0].entity.entity_id)
    return None


def _continues(sentence: Sentence, figure: Figure, last: Said) -> bool:
    """Return True if a figure has the subject of the one before: "fell 8 percent, to 112,000"."""
    before, subject = last
    text, gap = sentence.text, (before.span.end, figure.span.start)
    if sentence.language in WITHOUT_ARTICLES and sentence.cues.compile(DIRECTION).fullmatch(text, *gap):
        return True
    if before.unit == figure.unit:
        return sentence.cues.compile(FROM).fullmatch(text, *gap) is not None
    is_change = before.unit == "%" or (subject is not None and subject.verb_class in CHANGES)
    if is_change and sentence.cues.compile(TO).fullmatch(text, *gap):
        return True
    is_share = figure.unit in ("%", "times")
    is_more = is_share and sentence.cues.compile(MORE).fullmatch(text, *gap) is not None
    return is_more and not sentence.cues.compile(r"\s%of%").match(text, figure.span.end)


def _other_subject(sentence: Sentence, figure: Figure, last: Said) -> Span | None:
    """Return the subject of a figure that shares the verb of the one before: "men 12, women 9"."""
    gap = Span(last[0].span.end, figure.span.start)
    if last[0].unit != figure.unit or not OTHER.fullmatch(sentence.text, gap.start, gap.end):
        return None
    inside = [i for i, one in enumerate(sentence.tokens) if gap.covers(one.span)][1:]
    words = [i for i in inside if not sentence.tokens[i].has("comma", "and")]
    ends = ("finite", "verb", "figure_verb", "before_verb", "fronted", "relative", "preposition")
    if not words or any(sentence.tokens[i].leads(*ends) for i in words[1:]):
        return None
    first = sentence.tokens[words[0]]
    return noun_phrase(sentence, words[0], words[-1] + 1) if first.opens_noun else None


def find_subject(sentence: Sentence, figure: Span, unit: str | None) -> Subject | None:
    """Return the subject of a figure: that of its clause, or None.

    >>> text = "To date, the app has 300 million users"
    >>> find_subject(Sentence.whole(text), Span(21, 38), "users")
    Subject(words='the app', verb='has', verb_class='have', entity_id=None)
    """
    text, language = sentence.text, sentence.language
    near = max(sentence.within.start, figure.start - NEAR)
    if whole := sentence.cues.compile(OF).search(text, near, figure.start):
        return _subject(sentence, Span(*whole.span("whole")), whole["verb"], "have")
    if language in UNSPACED or sentence.cues.of("topic"):
        return _in_unspaced_clause(sentence, figure, unit)
    is_time = is_unit_of_time(unit)
    if described := _described(sentence, figure, is_time):
        return _subject(sentence, described, None, "have")
    joined = sentence.cues.compile(r"\b%and%\s$").search(text, near, figure.start)
    if joined and is_subject(sentence, figure.end):
        return None  # "trees are never cut and 95% of the waste is"
    names = [one.span for one in sentence.named if one.entity.kind != "place"]
    clause = clause_of(sentence, figure, names)
    if clause is None:
        measured = behind_participle(sentence, figure)
        measured = measured or measured_noun(sentence, figure, is_count=not is_measure(unit))
        return _subject(sentence, measured, None, "have") if measured else None
    opens_clause = clause.verb.has("say", "finds", "control") and not clause.verb.has("before_verb")
    if opens_clause and is_subject(sentence, figure.end):
        return None  # "expects 16.6 million vehicles will be sold"
    kind = verb_class(clause.verb, language)
    is_object = clause.verb.span.start > figure.start  # "hat zwei Tage gewartet"
    is_object = is_object or _is_amount(sentence, figure)
    if is_time and (clause.is_when or (kind not in MEASURE_OF_TIME and not is_object)):
        measured = measured_noun(sentence, figure)  # not "will build 300 homes in five years"
        return _subject(sentence, measured, None, "have") if measured else None
    return _subject(sentence, clause.subject, clause.verb.text, kind)


def _described(sentence: Sentence, figure: Span, is_time: bool) -> Span | None:
    """Return the noun that a figure describes: before a comma, behind a hyphen, "a fee of $12"."""
    found = described_by(sentence, figure) or noun_behind(sentence, figure)
    return found or (None if is_time else measured_noun(sentence, figure, is_count=True))


def _is_amount(sentence: Sentence, figure: Span) -> bool:
    """Return True for a time that is an amount of something: "grabó 640 horas de conversación"."""
    is_of = sentence.cues.compile(r"\s%of%\s").match(sentence.text, figure.end) is not None
    place = r"(?:%fronted|belonging|lasting%)\s$"
    return is_of and not sentence.cues.compile(place).search(sentence.text, 0, figure.start)


def _in_unspaced_clause(sentence: Sentence, figure: Span, unit: str | None) -> Subject | None:
    """Return the subject of a figure in Chinese, Japanese or Korean; a time has one if its verb does."""
    found = clause_in(sentence.text, sentence.within, figure, sentence.language)
    if found is None:
        return None
    kind = verb_classes(sentence.language).get(found[1]) if found[1] else "be"
    is_when = kind not in MEASURE_OF_TIME or sentence.text.startswith(WHEN, figure.end)
    if is_unit_of_time(unit) and is_when:
        return None
    return _subject(sentence, found[0], found[1] or None, kind)


def _subject(sentence: Sentence, span: Span, verb: str | None, kind: str | None) -> Subject:
    return Subject(
        span.of(sentence.text), verb, kind, entity_of(sentence.text, span, sentence.named, sentence.cues)
    )


def entity_of(text: str, span: Span, named: Sequence[Named], cues: Cues) -> str | None:
    """Return the entity that a subject names: in full, at its end, or as the only one, named twice."""
    inside = [one for one in named if span.covers(one.span)]
    ids = {one.entity.entity_id for one in inside}
    if len(inside) > 1 and len(ids) == 1:
        return ids.pop()
    last = next((one for one in inside if one.span.end == span.end), None)
    if last is None:
        return None
    before = text[span.start : last.span.start]
    if not before.strip() or before.strip().casefold() == "the":
        return last.entity.entity_id
    is_free = last.entity.kind != "place" and not cues.compile(r"\b%link% (?:the )?$").search(before)
    return last.entity.entity_id if is_free else None
