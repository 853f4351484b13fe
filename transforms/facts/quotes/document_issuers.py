"""Find who issued the document that a phrase names: "a statement by X", "the statement"."""

from collections.abc import Iterator

from transforms.facts.names.entities import Named
from transforms.facts.quotes.named_people import NamedPeople, Speaker, only_entity
from transforms.language.span import Span


def issuer_of(people: NamedPeople, span: Span) -> Speaker | None:
    """Return the issuer of the document that a phrase names ("a statement by X", "the statement")."""
    surface = span.of(people.text)
    by = people.cues.compile(r"(?i:\b%document%)(?: \w+){0,2}? %issued% ").search(surface)
    if by:
        rest = Span(span.start + by.end(), span.end)
        inside = [one for one in people.inside(rest) if one.entity.kind != "place"]
        is_one = len({one.entity.entity_id for one in inside}) == 1
        return _speaker_of(people, inside[0]) if is_one else None
    if people.cues.compile(r"(?i:%determiner% (?:\w+ )?%document%)").fullmatch(surface):
        if tellers := _tellers(people, span.start):
            return Speaker(tellers[0], surface, None) if len(set(tellers)) == 1 else None
        issuer = only_entity(_issuers(people, span.start))
        return _speaker_of(people, issuer) if issuer else None
    return None


def _tellers(people: NamedPeople, before: int) -> list[str]:
    """Return the speakers of earlier sentences such as "X said in a statement"."""
    who = r"(?<=, )(?P<who>(?:%definite% )?[^,.\n]{3,60})"
    told = people.cues.compile(rf"{who} %say% %cut_before% %determiner% (?:\w+ ){{0,2}}%document%")
    return [match["who"] for match in told.finditer(people.text, 0, before)]


def _issuers(people: NamedPeople, before: int) -> Iterator[Named]:
    """Yield the organisations that issued a document earlier in the text."""
    by = people.cues.compile(r"\b%document%(?: \w+){0,2}? %issued% (?i:%definite% )?$")
    for one in people.named:
        if one.span.end > before or one.entity.kind in ("place", "person"):
            continue
        if by.search(people.text, max(0, one.span.start - 60), one.span.start):
            yield one


def _speaker_of(people: NamedPeople, one: Named) -> Speaker:
    return people.speaker(one, one.span.of(people.text))
