"""Find who speaks between dashes inside the marks: `«È tardi - dice il sindaco -. Chiudiamo»`."""

import re

from transforms.facts.analysis.phrases import PRO_DROP, phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.names import LOWER
from transforms.language.span import Span

INSERTED = re.compile(rf"[\s,.!?…][–—-] ?(?P<said>[{LOWER}][^–—\n]{{2,90}}?) ?[–—-](?=[\s.,;:!?…])")


def find_inserted(context: QuoteContext, text: str) -> Attribution | None:
    """Return the speaker whom a verb of saying names between two dashes in quoted words."""
    inner = context.quoted.inner
    if context.cues.language == "en":
        return None
    for match in INSERTED.finditer(text, inner.start, inner.end):
        sentence = Sentence(text, Span(*match.span("said")), context.cues)
        verb = int(sentence.tokens[0].has("listener", "adverb"))
        if verb < len(sentence.tokens) and sentence.tokens[verb].has("say", "say_after"):
            subject = phrase_after(sentence, verb + 1)
            if subject or context.cues.language in PRO_DROP:
                return Attribution(subject, sentence.tokens[verb].text, rules.VERB_AND_SPEAKER_AFTER)
    return None
