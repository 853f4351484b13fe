"""Find the subject of a figure: who or what has it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from transforms.facts.grammar.subject_phrases import behind_openers, parts_before_verb
from transforms.facts.names.entities import Named
from transforms.language.cues import cues_of, one_of
from transforms.language.reference import read_column
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern, listed_words

NEAR = 80  # characters from a verb to its figure
LONGEST = 10  # words; longer ones on the benchmark's training pages were clauses
PRONOUNS = listed_words("subject_pronoun")
PREPOSITIONS = listed_pattern("subject_preposition")
# "The group, usually of as many as 500": a whole and its size.
WHOLES = (
    r"(?P<whole>(?:[Aa]n? |[Tt]he |[Ee]ach |[Ee]very )?(?:\w+ )?"
    rf"{listed_pattern('whole')})"
)
OF = re.compile(rf"{WHOLES},?(?: \w+ly)? (?P<verb>of)\s$")
SUPERLATIVE = re.compile(r"(?:the|a|an) (?:\w+ )?(?:most|largest|biggest|\w+est)\b")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a figure as written, the verb between them, and the entity if it is known."""

    words: str
    verb: str | None
    entity_id: str | None


def find_subject(text: str, sentence: Span, figure_start: int, named: Sequence[Named]) -> Subject | None:
    """Return the subject of a figure: the subject of the verb right before it, or None.

    Pronouns and subjects that contain a clause are left out.

    >>> text = "To date, the app has 300 million users"
    >>> find_subject(text, Span(0, len(text)), 21, [])
    Subject(words='the app', verb='has', entity_id=None)
    """
    near = max(sentence.start, figure_start - NEAR)
    if whole := OF.search(text, near, figure_start):
        span = Span(*whole.span("whole"))
        return Subject(span.of(text), "of", _entity(text, span, named))
    verb = _verb_before().search(text, near, figure_start)
    if verb is None:
        return None
    before = Span(sentence.start, verb.start("verb"))
    found = _subject_span(text, before, named)
    return Subject(found.of(text), verb["verb"], _entity(text, found, named)) if found else None


@cache
def _verb_before() -> re.Pattern[str]:
    verbs = one_of(read_column("figure_verbs", "form"))
    return re.compile(
        rf"(?<![\w’'-])(?P<verb>{verbs})(?: (?:by|to|a total of|down|off|out|the|its|another))?\s$"
    )


def _subject_span(text: str, within: Span, named: Sequence[Named]) -> Span | None:
    parts = parts_before_verb(text, within)
    if not parts:
        return None
    is_behind = within.of(text).rstrip().endswith(",") or bool(SUPERLATIVE.match(parts[-1].of(text)))
    candidates = parts[:-1][::-1] if is_behind and len(parts) > 1 else parts[-1:]
    return next(filter(None, (_as_subject(text, part, named) for part in candidates)), None)


def _as_subject(text: str, part: Span, named: Sequence[Named]) -> Span | None:
    """Return a part of a sentence if it can be a subject, or the known name at its end."""
    cues = cues_of("en")
    span = Span(behind_openers(text, part, cues), part.end)
    words = span.of(text).casefold().split()
    head = set(re.split(rf" {PREPOSITIONS} ", span.of(text).casefold())[0].split())
    inner = cues.of("finite", "preposition") | PRONOUNS | read_column("figure_verbs", "form")
    is_clause = bool(inner & head) or len(words) > LONGEST
    if (
        not is_clause
        and words
        and words[0] not in inner
        and not re.match(PREPOSITIONS + r"\b", words[0])
    ):
        return span
    last = _last_named(span, named)
    is_free = last and not re.search(rf"\b{PREPOSITIONS} (?:the )?$", text[span.start : last.span.start])
    return last.span if last and is_free else None


def _last_named(span: Span, named: Iterable[Named]) -> Named | None:
    ending = [
        one
        for one in named
        if one.span.end == span.end and span.covers(one.span) and one.entity.kind != "place"
    ]
    return ending[0] if ending else None


def _entity(text: str, span: Span, named: Sequence[Named]) -> str | None:
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
