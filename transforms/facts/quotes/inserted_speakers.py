"""Find who speaks inside the marks, between two signs: `«È tardi - dice il sindaco -. Chiudiamo»`."""

import re

from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.facts.quotes.unlisted_verbs import names_person
from transforms.language.cues import PRO_DROP, VERB_SECOND
from transforms.language.names import LOWER
from transforms.language.span import Span

BETWEEN_COMMAS = re.compile(rf"[,!?…] (?P<said>[{LOWER}][^,.\n]{{2,90}})(?=[,.])")
INSERTED = re.compile(rf"[\s,.!?…][–—-] ?(?P<said>[{LOWER}][^–—\n]{{2,90}}?) ?[–—-](?=[\s.,;:!?…])")


def find_inserted(context: QuoteContext, text: str) -> Attribution | None:
    """Return the speaker whom a verb of saying names between two signs in quoted words."""
    if context.cues.language in VERB_SECOND | {"en"}:
        return _between(context, text, INSERTED) if context.cues.language != "en" else None
    return _between(context, text, INSERTED) or _between(context, text, BETWEEN_COMMAS)


def _between(context: QuoteContext, text: str, signs: re.Pattern[str]) -> Attribution | None:
    """Return who speaks between two signs; between commas it must be a person: "dit le maire"."""
    inner = context.quoted.inner
    for match in signs.finditer(text, inner.start, inner.end):
        sentence = Sentence(text, Span(*match.span("said")), context.cues)
        if one := _by_pronoun(sentence):
            return one
        verb = int(sentence.tokens[0].has("listener", "adverb"))
        if verb < len(sentence.tokens) and sentence.tokens[verb].has("say", "say_after"):
            subject = phrase_after(sentence, verb + 1)
            is_person = subject is not None and names_person(subject.of(text))
            is_free = signs is INSERTED and context.cues.language in PRO_DROP
            if is_person or (subject and signs is INSERTED) or is_free:
                return Attribution(subject, sentence.tokens[verb].text, rules.VERB_AND_SPEAKER_AFTER)
    return None


def _by_pronoun(sentence: Sentence) -> Attribution | None:
    """Return who speaks if a hyphen ties a pronoun to the verb: "reconnaît-elle", "a-t-il ajouté"."""
    for i, one in enumerate(sentence.tokens[:2]):
        if one.has("person") and sentence.text[one.span.start - 1] == "-":
            said = [each for each in sentence.tokens[: i + 2] if each.has("say", "say_after")]
            return Attribution(one.span, said[0].text, rules.VERB_AND_SPEAKER_AFTER) if said else None
    return None
