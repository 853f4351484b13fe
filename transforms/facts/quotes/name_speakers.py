"""Find the name in a phrase that names a speaker: "UX Designer Xanthe Doe", "the group's Jane Doe"."""

import re

from transforms.facts.names.entities import Named
from transforms.facts.names.introduced_persons import trim_name
from transforms.facts.quotes.named_people import NamedPeople, Speaker, only_one
from transforms.language.names import (
    FULL_NAME,
    HONORIFIC,
    INITIAL,
    LOWER,
    NAME_WORD,
    PARTICLES,
    given_names,
    is_given_name,
    is_no_name,
    is_role,
)
from transforms.language.span import Span
from transforms.language.words import word_spans

NAME_AND_MORE = re.compile(
    rf"(?P<name>(?P<head>(?!\w+['’]){NAME_WORD})(?: {NAME_WORD}){{0,2}})"
    rf" (?!(?:{PARTICLES}) )(?P<next>[{LOWER}]+) "
)
# A role of several words, the last in lower case, and two names: without articles they are one phrase.
ROLE_OF_MANY_WORDS = re.compile(
    rf"(?P<role>[{LOWER}][\w-]+) (?:\S+ )+[{LOWER}]\S+ (?P<name>(?P<given>{NAME_WORD}) {NAME_WORD})"
)
SEVERAL = rf"{FULL_NAME} %and% {FULL_NAME}$"  # persons who say it together
OFFICIAL = r"(?i:%determiner%?\s?%official%?)"  # "the official Xinhua"


def speaker_by_name(people: NamedPeople, span: Span) -> Speaker:
    """Return the speaker that a phrase names: its person, its organisation, or the words."""
    surface, inside = span.of(people.text), people.inside(span)
    persons = people.persons_in(span)
    are_several = people.cues.compile(SEVERAL).search(surface) is not None
    if are_several or (persons and _is_inside(people, span, persons[0].span)):
        return Speaker(surface, surface, None)
    if persons and _is_owner(people, span, persons[-1].span):
        return Speaker(surface, surface, None)
    if len({one.entity.entity_id for one in persons}) == 1:
        return people.speaker(persons[0], surface)
    if len(inside) == 1 and not persons:
        return _for_organisation(people, span, inside[0])
    bare = _without_place(people, _without_owner(people, span))
    return Speaker(_as_named_before(people, _without_role(people, bare)), surface, None)


def _is_inside(people: NamedPeople, span: Span, name: Span) -> bool:
    """Return True if a person is only part of another's description: "a former aide to Jane Doe"."""
    links, articles = people.cues.of("link", "belonging"), people.cues.of("determiner", "article")
    words = re.findall(r"[^\s'’]+['’]?", people.text[span.start : name.start])
    while len(words) > 1:
        word = words.pop()
        if word.casefold() in links:
            return True
        is_role_of = is_role(word) or is_role(word.removesuffix("n"))  # "den Vorsitzenden Jan Doe"
        if not (word.casefold() in articles or is_role_of or re.fullmatch(HONORIFIC, word)):
            return False
    return False


def _is_owner(people: NamedPeople, span: Span, name: Span) -> bool:
    """Return True if a person's possessive names another speaker: "Doe's mother", not "Doe's letter"."""
    owned = re.match(r"['’]s? (?:[\w-]+ )*(?P<what>[a-z][\w-]*)$", people.text[name.end : span.end])
    written = people.cues.of("written", "document", "message", "title")
    return owned is not None and owned["what"] not in written


def _without_owner(people: NamedPeople, span: Span) -> Span:
    """Return the name after an organisation's possessive ("Mozilla's Brian Grinstead")."""
    owner = re.match(rf"(?:\S+ ){{0,3}}\S+['’]s (?={FULL_NAME}$)", span.of(people.text))
    return Span(span.start + owner.end(), span.end) if owner else span


def _without_place(people: NamedPeople, span: Span) -> Span:
    """Return a name without what a preposition adds to it, or without a long role before it.

    "Подольски в Instagram" is Подольски, "начальник отдела области Ирина Розова" is Ирина Розова.
    """
    cues, words = people.cues, span.of(people.text)
    if cues.language == "en":
        return span
    first, articles = NAME_AND_MORE.match(words), cues.of("determiner", "article")
    is_name = first and not first["name"].isupper() and first["head"].casefold() not in articles
    if first and is_name and first["next"] in cues.of("fronted", "preposition", "belonging"):
        return Span(span.start, span.start + first.end("name"))
    last = ROLE_OF_MANY_WORDS.fullmatch(words)
    is_nominative = last is not None and last["given"][:-1] not in given_names()
    if last and is_nominative and is_role(last["role"]) and not cues.of("article", "definite"):
        return Span(span.start + last.start("name"), span.end)
    return span


def _without_role(people: NamedPeople, span: Span) -> Span:
    """Return the name without a role before it ("UX Designer Xanthe Doe") or an affiliation after it."""
    words = word_spans(people.text, span)
    of = next((i for i, word in enumerate(words) if word.of(people.text) == "of"), len(words))
    name = [word for word in words[:of] if not INITIAL.fullmatch(word.of(people.text))]
    if of < len(words) and len(name) > 1 and not any(is_no_name(word.of(people.text)) for word in name):
        return Span(span.start, words[of - 1].end)  # "Xanthe Doe of Example Consulting"
    if not re.fullmatch(FULL_NAME, span.of(people.text)) or len(words) < 3:
        return span
    lead = [word.of(people.text) for word in words[:-2]]
    if words[-1].of(people.text).casefold() in people.cues.of("organisation"):
        return span  # "Communications Supervision Office"
    return Span(words[-2].start, span.end) if all(map(is_no_name, lead)) else span


def _for_organisation(people: NamedPeople, span: Span, one: Named) -> Speaker:
    """Return an organisation that speaks itself or through a spokesperson, not its officials."""
    surface, name = span.of(people.text), one.span.of(people.text)
    before = people.text[span.start : one.span.start].strip()
    if one.span.end == span.end and people.cues.compile(OFFICIAL).fullmatch(before):
        return Speaker(name, surface, one.entity.entity_id)
    speaks_for = people.cues.compile(r"(?i:(?<!\w)%spokesman%(?!\w))").search(surface)
    return Speaker(surface, surface, one.entity.entity_id if speaks_for else None)


def _as_named_before(people: NamedPeople, span: Span) -> str:
    """Return the full name that the text gave before to a person now named by surname alone."""
    surface = re.sub(rf"^{HONORIFIC} ", "", span.of(people.text))
    is_name = re.fullmatch(r"[^\W\d_a-z][\w'’-]+", surface) is not None
    if not is_name or people.text.find(surface, 0, span.start) < 0:
        return surface
    full = re.compile(rf"\b(?:{FULL_NAME[: FULL_NAME.rindex('{')]}{{0,2}}) {re.escape(surface)}\b")
    spans = (
        trim_name(people.text, Span(*match.span()))
        for match in full.finditer(people.text, 0, span.start)
    )
    names = {one.of(people.text) for one in spans if one and _may_begin(people, one)}
    return only_one(names) or surface


def _may_begin(people: NamedPeople, span: Span) -> bool:
    first = span.of(people.text).split()[0]
    may_be = is_given_name(first) or not is_no_name(first)
    return may_be and first.casefold() not in people.cues.of("fronted")
