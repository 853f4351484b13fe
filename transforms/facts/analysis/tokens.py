"""Split a sentence into tokens, each with its classes from all lists of the language, in one pass."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.language.cues import cues_of
from transforms.language.reference import read_reference
from transforms.language.span import Span
from transforms.language.word_lists import listed_words

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d[\d.,\u00a0\u202f’']*\d|[^\W_]+(?:[’'.-][^\W_]+)*[’']?|[^\w\s]"
)
BREAKS = frozenset('.;:!?()[]—–“”"«»„')  # what no clause runs over
# Kinds of cues that are classes of tokens.
CUES = {
    "finite": "finite",
    "preposition": "fronted",
    "determiner": "determiner",
    "article": "determiner",
    "he": "pronoun",
    "she": "pronoun",
    "pronoun_other": "pronoun",
    "and": "and",
    "opener": "opener",
    "fronted": "fronted",
    "say": "verb",
    "relative": "relative",
}


class Token(NamedTuple):
    """A token: its span, its text, and the classes of its case-folded form."""

    span: Span
    text: str
    classes: frozenset[str]

    def has(self, *classes: str) -> bool:
        """Return True if the token has one of the classes."""
        return not self.classes.isdisjoint(classes)


CONTRACTED = ("’ll", "'ll", "’ve", "'ve", "’re", "'re", "’d", "'d")  # "They’ll"
NONE: frozenset[str] = frozenset()
COMMA, BREAK, NUMBER = (frozenset([kind]) for kind in ("comma", "break", "number"))


def tokenise(text: str, within: Span, language: str) -> Sequence[Token]:
    """Return the tokens of a span with their classes.

    >>> [sorted(token.classes) for token in tokenise("The firm has 5.", Span(0, 15), "en")]
    [['determiner'], [], ['figure_verb', 'finite'], ['number'], ['break']]
    """
    return [
        Token(Span(*match.span()), match[0], _classes_of(match[0], language))
        for match in TOKEN.finditer(text, within.start, within.end)
    ]


@lru_cache(maxsize=20_000)
def _classes_of(word: str, language: str) -> frozenset[str]:
    if word == ",":
        return COMMA
    if word in BREAKS:
        return BREAK
    if word[0].isdigit():
        return NUMBER
    low, classes = word.casefold(), _classes(language)
    found = classes.get(low) or classes.get(
        re.split("['’]", low)[0] if low.endswith(CONTRACTED) else low
    )
    return found or NONE


@cache
def _classes(language: str) -> dict[str, frozenset[str]]:
    """Return the classes of each listed word of a language."""
    found: dict[str, set[str]] = {}
    for kind, name in CUES.items():
        for form in cues_of(language).of(kind):
            found.setdefault(form.casefold(), set()).add(name)
    for word in listed_words("subject_pronoun"):
        found.setdefault(word, set()).add("pronoun")
    for word in listed_words("subject_preposition"):
        found.setdefault(word, set()).add("link")
    for word in verb_classes(language):
        found.setdefault(word, set()).add("figure_verb")
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def verb_classes(language: str) -> dict[str, str]:
    """Return the verbs between a subject and its figure, each with the class that it is compared by.

    >>> verb_classes("en")["rose"], verb_classes("de")["stieg"]
    ('rise', 'rise')
    """
    rows = read_reference("figure_verbs")
    return {row["form"]: row["class"] for row in rows if row["language"] == language}
