"""The attribution of a quotation to a speaker, and what its finders share."""

from dataclasses import dataclass

from transforms.facts.analysis.phrases import may_be_plural, phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.verb_chains import is_passive
from transforms.facts.quotes import rules
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.facts.quotes.rules import QuoteRule
from transforms.language.span import Span

MANY_WORDS = 6  # a quotation of this many words is not a name or a term
PAUSE_SIGNS = ",،–—-"  # between the words and who says them
FEWEST_WORDS_FAR = 3  # one or two words far from the cue are a term, not speech


@dataclass(frozen=True, slots=True)
class Attribution:
    """The phrase that names a speaker, the phrase that names a relaying source, the cue and the rule."""

    subject: Span | None
    cue: str
    rule: QuoteRule
    relay: Span | None = None


def is_by(sentence: Sentence, verb: int) -> bool:
    """Return True if "by" follows a verb of saying, which makes it a participle ("asked by")."""
    after = sentence.tokens[verb + 1 : verb + 3]
    if len(after) < 2:
        return bool(after) and after[0].has("agent")
    is_to_be = after[0].has("to") and after[1].has("be")
    return is_to_be or (after[0].has("agent") and not after[1].has("means"))


def only_asks(context: QuoteContext, subject: Span, verb: str) -> bool:
    """Return True if a verb is a request or a wish, not a statement ("don't say")."""
    return verb in context.cues.of("bare_say") and not may_be_plural(
        subject.of(context.text), context.cues
    )


def with_listener(one: Attribution, sentence: Sentence, verb: int) -> Attribution:
    """Return an attribution with the listener ("told Reuters"), who may be the relaying source."""
    if not sentence.tokens[verb].has("tell"):
        return one
    return Attribution(one.subject, one.cue, one.rule, phrase_after(sentence, verb + 1))


def with_relay(sentence: Sentence, subject: Span | None, verb: int) -> Attribution | None:
    """Read `X quoted Y as saying` and `Y was quoted by X as saying`: Y is the speaker, X relays it."""
    tokens, cue = sentence.tokens, sentence.tokens[verb].text
    behind = range(verb + 1, len(tokens))
    if is_passive(sentence, verb):
        by = next((i for i in behind if tokens[i].has("agent")), None)
        relay = phrase_after(sentence, by + 1) if by else None
        return Attribution(subject, cue, rules.SPEAKER_WAS_QUOTED, relay)
    saying = next((i for i in behind if tokens[i].has("as_saying")), None)
    if saying is None or saying == verb + 1:
        return None
    return Attribution(sentence.span(verb + 1, saying), cue, rules.QUOTED_AS_SAYING, subject)
