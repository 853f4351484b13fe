"""The attribution of a quotation to a speaker, and functions that its finders share."""

import re
from dataclasses import dataclass

from transforms.facts.grammar.noun_phrases import PLURAL, phrase_after
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.facts.quotes.rules import QuoteRule
from transforms.language.cues import Cues
from transforms.language.span import Span

MANY_WORDS = 6  # a quotation of this many words is not a name or a term
FEWEST_WORDS_FAR = 3  # one or two words far from the cue are a term, not speech
BARE_VERBS = frozenset(["say"])
PASSIVE = re.compile(r"\b(?:is|was|were|are|been|be|being)\s+(?:[a-z]\w*ly\s+)?$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The phrase that names a speaker, the phrase that names a relaying source, the cue and the rule."""

    subject: Span | None
    cue: str
    rule: QuoteRule
    relay: Span | None = None


def is_by(text: str, start: int, end: int) -> bool:
    """Return True if "by" follows a verb of saying, which makes it a participle ("asked by")."""
    means = "phone|telephone|e-?mail|text|letter|mail|fax|video|message|way"
    return bool(re.compile(rf"\s+(?:by (?!{means})|to be\b)").match(text, start, end))


def only_asks(text: str, subject: Span, verb: str) -> bool:
    """Return True if a verb is a request or a wish, not a statement ("don't say")."""
    return verb in BARE_VERBS and not PLURAL.search(subject.of(text))


def add_listener(context: QuoteContext, one: Attribution, after: int, cues: Cues) -> Attribution:
    """Return an attribution with the listener ("told Reuters"), who may be the relaying source."""
    if one.cue not in cues.of("tell"):
        return one
    end = max(context.tail.end, context.head.end)
    return Attribution(
        one.subject, one.cue, one.rule, phrase_after(context.text, Span(after, end), cues)
    )


def before_passive(text: str, start: int, verb: int) -> int:
    """Return the end of a verb's subject: before the "was" of "was quoted"."""
    passive = PASSIVE.search(text[start:verb])
    return start + passive.start() if passive else verb


def is_passive(text: str, start: int, verb: int) -> bool:
    """Return True if a verb is in the passive ("was called")."""
    return bool(PASSIVE.search(text[max(start, verb - 30) : verb]))
