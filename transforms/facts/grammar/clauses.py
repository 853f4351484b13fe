"""Find the subject of a verb that is far from it: in "Doe rose and said", "Doe left, adding"."""

import re

from transforms.facts.grammar.subject_phrases import as_subject, behind_openers
from transforms.language.cues import Cues
from transforms.language.names import PART, PARTICLES, POSSESSIVE, common_words
from transforms.language.span import Span

MOST_FRONTED = 2  # adverbials before the subject: "In May, in a letter, Doe asked ... and said"
# A verb that shares its subject with one before it.
JOINED = r"\b%and%(?:,[^,.;]{1,40},)?\s+(?:\w+ly\s+|has\s+|had\s+|then\s+|later\s+|also\s+)*$"
PARTICIPLE = re.compile(r"(?:,|\b(?:while|before|after|by))\s+(?:\w+ly\s+|also\s+|then\s+)?$")
NAME = re.compile(rf"{PART}(?: (?:(?:{PARTICLES}|of|the|for|and) )*{PART}){{0,5}}")
# An apposition may come between a subject and its verb.
APPOSITION = re.compile(r"(?: \([^()]{1,60}\))?(?:,[^,.;:“”\"]{1,120},)?(?= [^\W\d_A-Z])")
# A phrase with a determiner ends before a verb; one without a clear end is not matched.
DESCRIBED = r"[\w’'-]+(?: [\w’'-]+){1,4}?(?= (?:%finite%|\w+ed|still|also|then|later)\b)"


def shares_subject(text: str, start: int, verb: re.Match[str], cues: Cues) -> bool:
    """Return True if a verb shares an earlier subject: "Doe rose and said", "Doe left, adding"."""
    before, joined = text[start : verb.start()], cues.compile(JOINED)
    if cues.language == "en" and verb["verb"].split()[0].endswith("ing"):
        return bool(PARTICIPLE.search(before) or joined.search(before))
    return bool(joined.search(before)) and not joined.fullmatch(before.strip() + " ")


def sentence_subject(text: str, within: Span, cues: Cues) -> Span | None:
    """Return the subject at the start of a sentence, after any opening adverbials ("In May, ...").

    >>> from transforms.language.cues import cues_of
    >>> text = "In May, Jane Doe, a professor, rose and said"
    >>> sentence_subject(text, Span(0, len(text)), cues_of("en")).of(text)
    'Jane Doe'
    """
    start = within.start
    for _ in range(MOST_FRONTED):
        start = behind_openers(text, Span(start, within.end), cues)
        word = re.compile(r"[^\s,]+").match(text, start, within.end)
        if word is None or word[0].casefold() not in cues.of("fronted"):
            break
        comma = re.compile(r",[”\"’»“]? ").search(text, start, within.end)
        if comma is None:
            return None
        start = comma.end()
    return _pronoun(text, start, cues) or _name(text, start, within.end, cues)


def _pronoun(text: str, start: int, cues: Cues) -> Span | None:
    word = re.compile(r"\w+").match(text, start)
    is_person = word is not None and word[0].casefold() in cues.of("he", "she")
    return Span(*word.span()) if word and is_person else None


def _name(text: str, start: int, end: int, cues: Cues) -> Span | None:
    word = re.compile(r"[\w’']+").match(text, start, end)
    if word is None:
        return None
    is_described = word[0].casefold() in cues.of("determiner")
    found = (cues.compile(DESCRIBED) if is_described else NAME).match(text, start, end)
    if found is None or found[0].endswith(POSSESSIVE) or not APPOSITION.match(text, found.end(), end):
        return None
    is_word = not is_described and " " not in found[0] and not _is_name(text, found[0])
    return None if is_word else as_subject(text, Span(*found.span()), cues)


def _is_name(text: str, word: str) -> bool:
    """Return True if the first word of a sentence is also capitalised in the middle of another."""
    return word.casefold() not in common_words() and bool(
        re.search(rf"[^\W\d_A-Z],? {re.escape(word)}\b", text)
    )
