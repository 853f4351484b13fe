"""Find the speaker by a verb that no list has: `“...,” grumbled Jane Doe`."""

import re

from transforms.facts.grammar.noun_phrases import phrase_after
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import Cues
from transforms.language.names import FULL_NAME, LOWER, NAME_WORD, is_no_name
from transforms.language.reference import read_column
from transforms.language.span import Span

# A verb right after the closing mark: in English one in -ed or -s with a particle, in others any word.
ENGLISH = re.compile(
    r"[\s–—-]*(?P<verb>[a-z]{3,}(?:ed|[^aiosu]s)(?: (?:in|out|back|on|up|off|aloud))?) "
)
OTHER = re.compile(
    rf"\s*[,–—-]\s*(?P<verb>(?:s['’]|se |a |ha |heeft |zich |się |si )?[{LOWER}]{{3,}}"
    rf"(?:-t-(?:il|elle))?(?: (?:se|się|zich|sich|si))?) "
)
# The subject first, in English: `“...,” Blake grumbled.`
NAME_FIRST = re.compile(
    rf"[\s–—-]*(?P<who>{FULL_NAME}|{NAME_WORD}) (?P<verb>[a-z]{{3,}}ed)(?=[\s.,;]|$)"
)
NAME = re.compile(rf"{FULL_NAME}|{NAME_WORD}")


def find_unlisted_verb(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Return the speaker after a whole quotation and an unlisted verb, or before one."""
    text, tail = context.text, context.tail
    is_whole = context.is_whole or text.startswith(",", tail.start)
    if not is_whole or context.words < FEWEST_WORDS_FAR:
        return None
    is_english = cues.language == "en"
    found = (ENGLISH.match if is_english else OTHER.match)(text, tail.start, tail.end)
    if found and may_be_verb(found["verb"], cues):
        subject = phrase_after(text, Span(found.end() - 1, tail.end), cues)
        if subject and _is_name(subject.of(text)):
            return Attribution(subject, found["verb"], rules.VERB_AND_SPEAKER_AFTER)
    if not is_english or text[tail.start - 2 : tail.start - 1] not in (",", "?", "!"):
        return None
    first = NAME_FIRST.match(text, tail.start, tail.end)
    if first and _is_name(first["who"]) and may_be_verb(first["verb"], cues):
        return Attribution(Span(*first.span("who")), first["verb"], rules.SPEAKER_AND_VERB_AFTER)
    return None


def may_be_verb(words: str, cues: Cues) -> bool:
    """Return True unless one of the words is a function word."""
    closed = cues.of("fronted", "finite", "preposition", "determiner", "inside", "and", "opener")
    stop = read_column("stopwords", "word", cues.language)
    last = re.split(r"[ '’]", words)[-1] if cues.language != "en" else words.split()[0]
    return last not in closed and last not in stop


def _is_name(phrase: str) -> bool:
    return NAME.fullmatch(phrase) is not None and not all(map(is_no_name, phrase.split()))
