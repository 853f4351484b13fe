"""Find surnames alone of persons whom the article has named in full before."""

import re
from collections.abc import Iterable, Iterator, Sequence

from transforms.facts.names.entities import Named
from transforms.language.names import is_given_name, stands_before_name, surname_of
from transforms.language.span import Span, TakenSpans
from transforms.language.words import find_whole
from warehouse.schema.rows.facts import Entity

CAPITAL_BEHIND = re.compile(r"\s[^\W\d_a-z]")  # "the Melinda Gates Foundation"
WORD_BEFORE = re.compile(r"([\w-]{1,30})\s$")


def find_short_names(text: str, named: Sequence[Named]) -> list[Named]:
    """Return the spans that name a person by surname alone, after the full name.

    A surname that two persons share is left out, and so is one next to another capitalised word,
    which may be another person's name ("Qiao" in "Qiao Liang").

    >>> from transforms.facts.names.introduced_persons import to_candidate
    >>> person = Named(Span(0, 7), to_candidate("Qiao Mu"))
    >>> found = find_short_names("Qiao Mu, a professor. Qiao said. Qiao Liang.", [person])
    >>> [short.span.start for short in found]
    [22]
    """
    return sorted(_short_names(text, named), key=lambda found: found.span)


def _short_names(text: str, named: Sequence[Named]) -> Iterator[Named]:
    taken = TakenSpans(one.span for one in named)
    for surname, (first, person) in _surnames(text, named).items():
        for span in find_whole(text, surname):
            is_free = text[span.end : span.end + 1] != "-" and _stands_alone(text, span)
            if span.start > first.end and is_free and not taken.overlap(span):
                yield Named(span, person)


def _surnames(text: str, named: Iterable[Named]) -> dict[str, tuple[Span, Entity]]:
    """Return each surname that only one person has, with that person's first full name in the text.

    Another person may have it without a role: "Joe Paterno ... his wife Sue Paterno".
    """
    owners: dict[str, dict[str, tuple[Span, Entity]]] = {}
    for one in named:
        words = one.span.of(text).split()
        if one.entity.kind == "person" and len(words) > 1:
            owner = owners.setdefault(surname_of(one.entity.name), {})
            owner.setdefault(one.entity.entity_id, (one.span, one.entity))
    only = {name: next(iter(owner.values())) for name, owner in owners.items() if len(owner) == 1}
    return {name: one for name, one in only.items() if not _has_other_owner(text, name, one[1])}


def _has_other_owner(text: str, surname: str, person: Entity) -> bool:
    """Return True if another person's given name stands before the surname; "Joe" may be "Joseph"."""
    initials = {word[0] for form in (person.name, *person.aliases) for word in form.split()}
    alone = (at for at in find_whole(text, surname) if not CAPITAL_BEHIND.match(text, at.end))
    before = (WORD_BEFORE.search(text[max(0, at.start - 30) : at.start]) for at in alone)
    return any(one and one[1][0] not in initials and is_given_name(one[1]) for one in before)


def _stands_alone(text: str, span: Span) -> bool:
    before = re.search(r"(\S+)\s$", text[max(0, span.start - 30) : span.start])
    after = CAPITAL_BEHIND.match(text, span.end)
    is_free = (
        before is None
        or not re.match(r"[^\W\d_a-z][\w'’-]*$", before[1])
        or stands_before_name(before[1])
    )
    return is_free and not after
