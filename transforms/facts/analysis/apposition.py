"""Find the name that a role stands for: "the miller, Silas Audley", "molenaar Silas Ouderkerk"."""

import re
from collections.abc import Iterator

from transforms.facts.analysis.sentence import Sentence
from transforms.language.cues import CAPITAL_NOUNS, NO_CAPITALS, Cues
from transforms.language.names import (
    FULL_NAME,
    HONORIFIC,
    LOWER,
    given_names,
    has_given_name,
    is_role,
    plain_words,
)
from transforms.language.span import Span

MOST_WORDS_OF_ROLE = 8
PART_SIGNS = frozenset(",–—")
# "the late Silas Audley", "don Livio Marra"
DESCRIBED = r"(?:%definite% (?:[\w-]+ ){0,2}|%form_of_address% )?"
# "the miller, Silas Audley": after the name comes no third part of a list.
NAME_AFTER_ROLE = rf", {DESCRIBED}(?:{HONORIFIC} )?(?P<name>{FULL_NAME})(?! %and% )"
# "zei molenaar Silas Ouderkerk": a role without an article.
ROLE_AND_NAME = re.compile(
    rf"(?P<role>(?:(?:\d+-)?[{LOWER}][\w’'-]* ){{1,4}})(?P<name>{FULL_NAME})(?![\w-])"
)


def name_in_apposition(sentence: Sentence, role: Span) -> Span | None:
    """Return the name after a comma behind a role: "the miller, Silas Audley".

    >>> text = "said the miller, Silas Audley."
    >>> name_in_apposition(Sentence.whole(text), Span(5, 15)).of(text)
    'Silas Audley'
    """
    end = sentence.tokens[-1].span.end
    name = sentence.cues.compile(NAME_AFTER_ROLE).match(sentence.text, role.end, end)
    if name is None or not _may_be_role(role.of(sentence.text), sentence.cues):
        return None
    words = name["name"].split()
    is_plain = any(map(is_role, words)) or words[-1].casefold() in plain_words()
    return Span(*name.span("name")) if has_given_name(words) or not is_plain else None


def _may_be_role(phrase: str, cues: Cues) -> bool:
    """Return True if a phrase with an article, or a role, can describe a person: it has no name."""
    words = phrase.split()
    if not words or len(words) > MOST_WORDS_OF_ROLE or has_given_name(words):
        return False
    if any(is_role(word) for word in re.split(r"[\s'’]+", phrase)) or cues.compile("%one_of%").match(
        phrase
    ):
        return True
    is_noun = words[-1][0].islower() or cues.language in CAPITAL_NOUNS
    article = re.split("(?<=['’])", words[0].casefold())[0]
    return is_noun and (article in cues.of("determiner", "article"))


def name_behind_role(sentence: Sentence, at: int, end: int) -> Span | None:
    """Return the name behind a role without an article: "zei molenaar Silas Ouderkerk"."""
    if sentence.language == "en" or at >= end:
        return None
    if sentence.language in NO_CAPITALS:
        words = [one.text for one in sentence.tokens[at:end]]
        given = next((i for i, word in enumerate(words) if word in given_names()), 0)
        return sentence.span(at + given, end) if any(map(is_role, words[:given])) else None
    start, stop = sentence.tokens[at].span.start, sentence.tokens[end - 1].span.end
    found = ROLE_AND_NAME.match(sentence.text, start, stop)
    closed = sentence.cues.of("finite", "preposition", "say", "belonging")
    if found is None or not closed.isdisjoint(found["role"].split()):
        return None
    is_place = found["role"].split()[-1] in sentence.cues.of("circumstance", "fronted")
    is_unsure = is_place or found["name"].split()[0].isupper()
    if is_unsure and not has_given_name(found["name"].split()):
        return None  # "powiedział analityk CDM Pekao", "dijo ayer en Radio Norte"
    return Span(*found.span("name"))


def parts_of(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between commas and dashes."""
    first = start
    for at in range(start, end + 1):
        if at == end or sentence.tokens[at].text in PART_SIGNS:
            if at > first:
                yield first, at
            first = at + 1
