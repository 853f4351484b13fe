"""Find the subject of a figure: who or what the sentence says it of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.analysis.clauses import clause_of
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import verb_classes
from transforms.facts.names.entities import Named
from transforms.facts.quantities.not_figures import IS_UNIT_OF_TIME
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern

MEASURE_OF_TIME = frozenset(["be", "jail", "pay", "reach", "rise", "fall", "have"])  # classes of verbs
NEAR = 80  # characters from a whole to its size
PREPOSITIONS = listed_pattern("subject_preposition")
# "The group, usually of as many as 500": a whole and its size.
WHOLES = (
    r"(?P<whole>(?:[Aa]n? |[Tt]he |[Ee]ach |[Ee]very )?(?:\w+ )?"
    rf"{listed_pattern('whole')})"
)
OF = re.compile(rf"{WHOLES},?(?: \w+ly)? (?P<verb>of)\s$")
# "six months" after a preposition is when or how long, and of no subject.
FOR_TIME = re.compile(r"(?i:\b(?:in|for|over|within|after|during|since|until|per|by|every)\s)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a figure as written, its verb with the class, and the entity if it is known."""

    words: str
    verb: str | None
    verb_class: str | None
    entity_id: str | None


def find_subject(
    sentence: Sentence, start: int, unit: str | None, named: Sequence[Named]
) -> Subject | None:
    """Return the subject of a figure that starts at a position: that of its clause, or None.

    >>> from transforms.facts.analysis.sentence import read_sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "To date, the app has 300 million users"
    >>> find_subject(read_sentence(text, Span(0, len(text)), cues_of("en")), 21, "users", [])
    Subject(words='the app', verb='has', verb_class='have', entity_id=None)
    """
    text, tokens, language = sentence.text, sentence.tokens, sentence.language
    near = max(tokens[0].span.start, start - NEAR) if tokens else start
    if language == "en" and (whole := OF.search(text, near, start)):
        span = Span(*whole.span("whole"))
        return Subject(span.of(text), "of", "have", entity_of(text, span, named))
    if unit and IS_UNIT_OF_TIME.fullmatch(unit) and FOR_TIME.search(text, near, start):
        return None
    names = [one.span for one in named if one.entity.kind != "place"]
    clause = clause_of(sentence, start, names)
    if clause is None:
        return None
    verb = clause.verb.text
    kind = verb_classes(language).get(verb.casefold())
    is_object = clause.verb.span.start > start  # "hat zwei Tage gewartet"
    if unit and IS_UNIT_OF_TIME.fullmatch(unit) and kind not in MEASURE_OF_TIME and not is_object:
        return None  # "will build 2,300 homes in the next five years"
    return Subject(clause.subject.of(text), verb, kind, entity_of(text, clause.subject, named))


def entity_of(text: str, span: Span, named: Sequence[Named]) -> str | None:
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
    is_free = last.entity.kind != "place" and not re.search(rf"\b{PREPOSITIONS} (?:the )?$", before)
    return last.entity.entity_id if is_free else None
