"""Find the one person, or organisation, that a text means by a role: "the coach", "the group"."""

import re

from transforms.facts.names.entities import Named
from transforms.facts.quotes.named_people import NamedPeople, Speaker, only_entity, only_one
from transforms.facts.quotes.organisations import organisation_of
from transforms.facts.quotes.same_roles import same_roles
from transforms.language.cues import VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.names import FULL_NAME, HONORIFIC, is_role
from transforms.language.span import Span

DEFINITE = r"(?i:%definite%)(?: |(?<=['’]))(?P<role>[\w-]+(?: [\w'’-]+){0,3})"
BARE = r"(?P<role>[^\W\d_]+(?: [^\W\d_]+){0,2})"
OFFICE = r"[^,.;:\n]{1,40}?"  # министр транспорта Роман Лещук
OF_WHAT = r"%of_what% [^,.;:\n]{1,40}"  # "la ministra de Pesca, Clara Benet"


def speaker_by_role(people: NamedPeople, span: Span) -> Speaker | None:
    """Return the person or organisation that a role or a kind means: "the coach", "the group"."""
    surface = span.of(people.text)
    if person := _by_role(people, span):
        return people.speaker(person, surface)
    name = _named_with_role(people, span) or organisation_of(people, span)
    return Speaker(name, surface, None) if name else None


def _role_in(people: NamedPeople, span: Span) -> str | None:
    """Return a pattern of the role in "the coach", or None if a phrase is no such role."""
    is_bare = people.cues.language in WITHOUT_ARTICLES  # подчеркнул министр
    template = BARE if is_bare else DEFINITE
    phrase = people.cues.compile(template).fullmatch(span.of(people.text))
    if phrase is None:
        return None
    names = same_roles(phrase["role"], people.cues.language)
    if not names and " " not in phrase["role"] and is_role(phrase["role"]):
        names = frozenset([phrase["role"]])
    return f"(?i:{'|'.join(map(re.escape, sorted(names)))})" if names else None


def _before_name(people: NamedPeople, role: str) -> str:
    """Return a template of a role and its office before a name; "minister" ends landbouwminister."""
    office = OFFICE if people.cues.language in WITHOUT_ARTICLES else OF_WHAT
    compound = r"[\w-]*" if people.cues.language in VERB_SECOND else ""
    return rf"\b{compound}{role}(?: {office})?,? "


def _by_role(people: NamedPeople, span: Span) -> Named | None:
    """Return the one person whom the text introduces with the role in a phrase: "the coach"."""
    role = _role_in(people, span)
    if role is None:
        return None
    before = people.cues.compile(rf"{_before_name(people, role)}(?:{HONORIFIC} )?$")
    after = re.compile(rf"(?: \([^()]{{1,40}}\))?, (?:[\w'’-]+ ){{0,5}}{role}\b")
    return only_entity(
        one
        for one in people.persons
        if before.search(people.text, max(0, one.span.start - 60), one.span.start)
        or after.match(people.text, one.span.end)
    )


def _named_with_role(people: NamedPeople, span: Span) -> str | None:
    """Return the one full name that follows a role in the text before: "Mayor Jane Doe"."""
    role = _role_in(people, span)
    if role is None:
        return None
    named = people.cues.compile(rf"{_before_name(people, role)}(?P<name>{FULL_NAME})")
    return only_one({match["name"] for match in named.finditer(people.outside, 0, span.start)})
