"""Resolve "he" and "she" to a person named before."""

import re
from collections.abc import Iterator

from transforms.facts.names.entities import Named
from transforms.facts.quotes.named_people import NamedPeople
from transforms.language.cues import CAPITAL_NOUNS
from transforms.language.names import (
    FULL_NAME,
    HONORIFIC,
    common_words,
    given_names,
    not_in_names,
    surname_of,
)
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern

PARAGRAPHS_BACK = 3  # in the five sample captures "he" comes up to two paragraphs after the name
WOMAN = re.compile(rf"{listed_pattern('title_of_woman')}\.? $")
MAN = re.compile(rf"{listed_pattern('title_of_man')}\.? $")


def last_person(people: NamedPeople, at: int, pronoun: str) -> Named | None:
    """Return the one person whom "he" or "she" can mean, or None if that is not certain.

    It is the only person who is named, or who speaks, in the nearest paragraph with a person. If that
    paragraph has two persons, or a capitalised name that is not introduced, the result is None.
    """
    for line in _lines_before(people.text, at):
        persons = [
            one
            for one in people.inside(line)
            if one.entity.kind == "person"
            and one.span.of(people.outside) == one.span.of(people.text)
            and _agrees(people, one, pronoun)
            and not _is_object(people.text, one.span, at)
        ]
        strangers = list(_strangers(people, line))
        if not persons and not strangers:
            continue
        speaking = {one.entity.entity_id: one for one in persons if _speaks(people, one)}
        distinct = {one.entity.entity_id: one for one in persons}
        if len(distinct) == 1 and not strangers:
            return next(iter(distinct.values()))
        return next(iter(speaking.values())) if len(speaking) == 1 else None
    return None


def _lines_before(text: str, at: int) -> Iterator[Span]:
    """Yield the line up to a position, and then the lines before it, the nearest first."""
    end = at
    for _ in range(PARAGRAPHS_BACK + 1):
        start = text.rfind("\n", 0, end) + 1
        yield Span(start, end)
        end = start - 1
        while end > 0 and text[end - 1] == "\n":
            end -= 1
        if end <= 0:
            return


def names_other(people: NamedPeople, span: Span, speaker: str) -> bool:
    """Return True if a span names a person who is not the speaker."""
    persons = (one for one in people.inside(span) if one.entity.kind == "person")
    is_other = any(speaker not in (one.entity.name, people.full_name(one)) for one in persons)
    return is_other or any(not speaker.endswith(name) for name in _strangers(people, span))


def may_be(people: NamedPeople, speaker: str, pronoun: str) -> bool:
    """Return True if a pronoun can mean a speaker whom the article names in full."""
    one = next((one for one in people.named if people.full_name(one) == speaker), None)
    return one is not None and one.entity.kind == "person" and _agrees(people, one, pronoun)


def _agrees(people: NamedPeople, one: Named, pronoun: str) -> bool:
    """Return True unless a person's form of address (Mr, Ms) contradicts a pronoun."""
    titles = [
        people.text[max(0, other.span.start - 9) : other.span.start]
        for other in people.named
        if other.entity.entity_id == one.entity.entity_id
    ]
    gender = given_names().get(one.entity.name.split()[0], "")
    is_woman = gender == "f" or any(map(WOMAN.search, titles))
    is_man = gender == "m" or any(map(MAN.search, titles))
    is_she, is_he = pronoun in people.cues.of("she"), pronoun in people.cues.of("he")
    return not ((is_he and is_woman) or (is_she and is_man))


def _is_object(text: str, span: Span, at: int) -> bool:
    """Return True if a name is not a subject: after "with", or after "by" in the pronoun's sentence."""
    before = text[max(0, span.start - 30) : span.start]
    if re.search(r"\b(?:with|like|than|about|against) $", before):
        return True
    is_behind = bool(re.search(r"\b(?:by|to|from) (?:\S+ )?$", before))
    return is_behind and not re.search(r"[.!?]\s|\n", text[span.end : at])


def _strangers(people: NamedPeople, line: Span) -> Iterator[str]:
    """Yield possible names of persons who are neither known nor introduced."""
    if people.cues.language in CAPITAL_NOUNS:
        return
    for match in re.compile(rf"(?<![.“\"‘] )(?<!\w){FULL_NAME}").finditer(
        people.outside, line.start, line.end
    ):
        span = Span(*match.span())
        is_common = not common_words().isdisjoint(match[0].casefold().split())
        is_known = any(span.overlaps(one.span) or _bears_name(match[0], one) for one in people.named)
        if not_in_names().isdisjoint(match[0].casefold().split()) and not (
            is_common or is_known or _is_thing(people.text, span)
        ):
            yield match[0]


def _bears_name(name: str, one: Named) -> bool:
    """Return True if a name begins with a person's surname: Jane Doe's firm may be Doe Digital."""
    return one.entity.kind == "person" and name.split()[0] == surname_of(one.entity.name)


def _is_thing(text: str, span: Span) -> bool:
    """Return True if a name is not a person's: it has an article, or is repeated and always in full."""
    if re.search(r"(?:\b(?:[Tt]he|[Aa]n?)|['’]s) $", text[max(0, span.start - 4) : span.start]):
        return True
    name = span.of(text)
    again = len(re.findall(rf"\b{re.escape(name)}\b", text))
    return again > 1 and again == len(re.findall(rf"\b{re.escape(name.split()[-1])}\b", text))


def _speaks(people: NamedPeople, one: Named) -> bool:
    before = people.text[max(0, one.span.start - 40) : one.span.start]
    after = people.text[one.span.end : one.span.end + 120]
    return bool(
        people.cues.compile(rf"\b%say|tell% (?:{HONORIFIC} )?$").search(before)
        or people.cues.compile(r"(?:,[^,.\n]{1,80},)? %say|tell%\b").match(after)
    )
