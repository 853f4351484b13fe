"""Find the speaker by a verb that no list has: `“...,” grumbled Jane Doe`."""

import re

from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.facts.quotes.verb_after import first_word
from transforms.language.cues import Cues
from transforms.language.names import FULL_NAME, LOWER, NAME_WORD, is_no_name, is_role
from transforms.language.reference import read_column
from transforms.language.span import Span

# In English a verb in -ed or -s, perhaps with a particle; in other languages any word in lower case.
ENGLISH_VERB = re.compile(r"[a-z]{3,}(?:ed|[^aiosu]s)")
OTHER_VERB = re.compile(rf"(?:s['’])?[{LOWER}]{{3,}}")
FARTHEST_ROLE = 3  # words of "the former mayor"
NAME = re.compile(rf"{FULL_NAME}|{NAME_WORD}")


def find_unlisted_verb(context: QuoteContext) -> Attribution | None:
    """Return the speaker after a whole quotation and a verb that no list has, or before one."""
    after = context.after
    tokens = after.tokens
    is_whole = context.is_whole or (bool(tokens) and tokens[0].text in ",–—")
    if not is_whole or context.words < FEWEST_WORDS_FAR:
        return None
    at = first_word(after)
    end = _verb_end(after, at)
    subject = phrase_after(after, end) if end and (after.language == "en" or at) else None
    if subject and end and (after.tokens[end].has("person") or names_person(subject.of(context.text))):
        return Attribution(subject, after.words(at, end), rules.VERB_AND_SPEAKER_AFTER)
    sign = context.text[context.tail.start - 2 : context.tail.start - 1]
    if after.language != "en" or sign not in (",", "?", "!"):
        return None
    name = NAME.match(context.text, tokens[at].span.start) if at < len(tokens) else None
    verb = next((i for i in range(at, len(tokens)) if name and tokens[i].span.start > name.end()), None)
    if name and verb and names_person(name[0]) and re.fullmatch(r"[a-z]{3,}ed", tokens[verb].text):
        return Attribution(Span(*name.span()), tokens[verb].text, rules.SPEAKER_AND_VERB_AFTER)
    return None


def _verb_end(after: Sentence, at: int) -> int | None:
    """Return where an unlisted verb ends that begins at a token, or None if it is none."""
    tokens, end = after.tokens, at
    is_english = after.language == "en"
    while end < len(tokens) and tokens[end].has("before_verb") and not is_english:
        end += 1
    pattern = ENGLISH_VERB if is_english else OTHER_VERB
    if end >= len(tokens) or not pattern.fullmatch(tokens[end].text):
        return None
    if not may_be_verb(tokens[end].text, after.cues):
        return None
    end += 1
    particle = "particle" if is_english else "before_verb"
    return end + 1 if end < len(tokens) and tokens[end].has(particle) else end


def may_be_verb(words: str, cues: Cues) -> bool:
    """Return True unless one of the words is a function word."""
    closed = cues.of("fronted", "finite", "preposition", "determiner", "inside", "and", "opener")
    stop = read_column("stopwords", "word", cues.language)
    last = re.split(r"[ '’]", words)[-1] if cues.language != "en" else words.split()[0]
    return last not in closed and last not in stop


def names_person(phrase: str) -> bool:
    """Return True for a name, or a phrase with a role among its first words."""
    words = phrase.split()
    if NAME.fullmatch(phrase):
        return not all(map(is_no_name, words))
    return any(is_role(word) for word in re.split(r"[\s'’]", phrase)[:FARTHEST_ROLE])
