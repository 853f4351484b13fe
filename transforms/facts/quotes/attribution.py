"""What ties quoted words to whoever says them, and what the ways of finding it share."""

import re
from dataclasses import dataclass

from transforms.facts.grammar.noun_phrases import PLURAL, phrase_after
from transforms.facts.quotes.rules import QuoteRule
from transforms.facts.quotes.surroundings import QuoteContext
from transforms.language.cues import Cues
from transforms.language.span import Span

MANY_WORDS = 6  # a quotation of so many is no name or term
FEWEST_WORDS_FAR = 3  # a word or two far from the cue is a term, not what was said
BARE_VERBS = frozenset(["say"])
PASSIVE = re.compile(r"\b(?:is|was|were|are|been|be|being)\s+(?:[a-z]\w*ly\s+)?$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The phrase that names a speaker, the one that names who passes it on, the cue and the rule."""

    subject: Span | None
    cue: str
    rule: QuoteRule
    relay: Span | None = None


def is_by(text: str, start: int, end: int) -> bool:
    """Say whether a verb of saying goes on with "by", so that it is a participle ("asked by")."""
    means = "phone|telephone|e-?mail|text|letter|mail|fax|video|message|way"
    return bool(re.compile(rf"\s+(?:by (?!{means})|to be\b)").match(text, start, end))


def only_asks(text: str, subject: Span, verb: str) -> bool:
    """Say whether a verb asks to say something rather than says it ("don't say")."""
    return verb in BARE_VERBS and not PLURAL.search(subject.of(text))


def add_listener(context: QuoteContext, one: Attribution, after: int, cues: Cues) -> Attribution:
    """Add whom a speaker told it, who may be the one that passes it on."""
    if one.cue not in cues.of("tell"):
        return one
    end = max(context.tail.end, context.head.end)
    return Attribution(
        one.subject, one.cue, one.rule, phrase_after(context.text, Span(after, end), cues)
    )


def before_passive(text: str, start: int, verb: int) -> int:
    """Return where the subject of a verb ends: before the "was" of "was quoted"."""
    passive = PASSIVE.search(text[start:verb])
    return start + passive.start() if passive else verb


def is_passive(text: str, start: int, verb: int) -> bool:
    """Say whether a verb is in the passive ("was called")."""
    return bool(PASSIVE.search(text[max(start, verb - 30) : verb]))
