"""Find persons whom an article names in full without a role."""

import re
from collections.abc import Container, Sequence

from transforms.facts.names.entities import Named
from transforms.facts.names.introduced_persons import to_candidate, trim_name
from transforms.language.cues import NO_CAPITALS, Cues
from transforms.language.names import (
    FULL_NAME,
    WHOLE_NAME_WORD,
    is_given_name,
    is_role,
    plain_words,
    roles,
)
from transforms.language.span import Span, TakenSpans

NAMED = re.compile(FULL_NAME)
BEHIND_PERSON = r",? \(?\d\d[,)]|, (?:who|%who%) "  # "Dev Mistry, who runs", "Dev Mistry, 45,"
CAPITALISED = re.compile(WHOLE_NAME_WORD)


def find_plain_names(text: str, known: Sequence[Named], cues: Cues) -> list[Named]:
    """Return full names without a role: with a listed given name, or a surname that speaks elsewhere.

    They help to resolve "he" and "she" but are not certain enough to become mentions.

    >>> from transforms.language.cues import cues_of
    >>> text = "Jane Roe met Big Machine and Xanthe Doe. Doe said no."
    >>> [found.entity.name for found in find_plain_names(text, [], cues_of("en"))]
    ['Jane Roe', 'Xanthe Doe']
    """
    taken, found = TakenSpans(named.span for named in known), list[Named]()
    if cues.language in NO_CAPITALS:
        return found
    speaking, behind = _speaking_surnames(text, cues), cues.compile(BEHIND_PERSON)
    for word in CAPITALISED.finditer(text):
        match = NAMED.match(text, word.start())
        if match and not is_given_name(word[0]):
            is_told = behind.match(text, match.end()) is not None
            match = match if _is_unlisted_person(match[0], speaking, is_told) else None
        span = trim_name(text, Span(*match.span())) if match else None
        if span and not taken.overlap(span):
            found.append(Named(span, to_candidate(span.of(text))))
            taken.add(span)
    return found


def _is_unlisted_person(name: str, speaking: Container[str], is_told: bool) -> bool:
    """Return True if two words are a name whose given name is not listed but whose surname speaks.

    `is_told` says that an age or "who" follows them.
    """
    words = name.split()
    low = {word.casefold() for word in words}
    is_plain = len(words) == 2 and "-" not in words[0] and not words[0].isupper()
    return (
        is_plain
        and (is_told or words[1] in speaking)
        and low.isdisjoint(plain_words())
        and low.isdisjoint(roles())
    )


def _speaking_surnames(text: str, cues: Cues) -> set[str]:
    """Return the last words of the names beside a verb of saying or a role: "Doe said"."""
    verbs, found = cues.of("say", "tell"), set[str]()
    tokens = ["", *re.findall(r"[\w'’-]+|[^\w\s]", text), ""]
    first = 1
    for at in range(1, len(tokens)):
        if tokens[at][:1].isupper():
            continue
        if at > first and len(tokens[at - 1]) > 1:
            before, name = tokens[first - 1], tokens[at - 1]
            says = before in verbs or tokens[at] in verbs
            if says or (at - first > 1 and is_role(before)):
                found.add(name)
        first = at + 1
    return found
