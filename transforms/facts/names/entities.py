"""Find known entities in a text; they come from the reference list and the user's own list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick

from transforms.facts.names.user_entities import OwnList, _read_own
from transforms.language.names import given_names
from transforms.language.places import known_places
from transforms.language.reference import read_reference
from transforms.language.scripts import continues_word
from transforms.language.span import Span, fold_case, fold_signs
from warehouse.schema.rows.facts import Entity
from warehouse.schema.vocabulary import EntityKind

# "REUTERS" is Reuters; "APA" in capitals would be Apa's as well as the agency's.
SHORTEST_IN_CAPITALS = 5
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 4  # two letters (EU, UN) are unambiguous enough
# "State internet information office" is long enough to be the office; "Global times" is not a name.
SHORTEST_IN_ANY_CASE = 18
# A URL or an e-mail address is not a mention of the company: example.com/google, jo@gmail.com.
ADDRESS_BEFORE = re.compile(r"[\w.-]*(?:@|\w[./])$")
SHOUTED_BEFORE = re.compile(r"(?<![\w.])[A-Z]{3,} $")
WORD_BEFORE = re.compile(r"(?P<word>[A-Z][\w'’-]*\.?)\s$")
# Names of both a city and a state: "Conway, Washington", but "London, Washington and Rome".
NAMES_OF_STATES = frozenset(["New York", "Washington"])
INSTITUTION_AFTER = re.compile(
    r" (?:[A-Z][\w'’&-]+ ){0,2}(?:University|College|Polytechnic|Airlines|Airways|Stock Exchange)\b"
)
TOWN_BEFORE = re.compile(r"(?P<town>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*), $")
SHOUTED_AFTER = re.compile(r" [A-Z]{3,}\b")
ADDRESS_AFTER = re.compile(r"\.(?:com|net|org|cn|co|io|gov|edu|de|fr|uk)\b|@")


@dataclass(frozen=True, slots=True)
class Named:
    """A span of a text that names an entity."""

    span: Span
    entity: Entity


class KnownEntities:
    """A list of entities, compiled for search."""

    def __init__(self, entities: Iterable[Entity], phrases: Iterable[str] = ()) -> None:
        self.by_id = {entity.entity_id: entity for entity in entities}
        self.kinds = {entity.entity_id: entity.kind for entity in self.by_id.values()}
        spellings: dict[str, Entity | None] = dict.fromkeys(map(fold_signs, phrases))
        for entity in self.by_id.values():
            for spelling in (entity.name, *entity.aliases):
                spellings.setdefault(fold_signs(spelling), entity)
        self._names = list(spellings.items())  # the entity of a phrase that only contains a name is None
        self._automaton = AhoCorasick(list(map(fold_case, spellings)))

    def find(self, text: str, language: str | None = None) -> list[Named]:
        """Return the spans of a text that name an entity: whole words, the longest name, no overlap.

        A name matches in its listed case, in capitals, or, if it is long, in any case; in German also
        with the genitive s. Not matched are addresses, longer phrases that only contain a name
        (seeds/reference/not_names.csv), one word after a given name ("George Washington"), a state
        ("Conway, Washington"), and an acronym of an organisation that the text does not also spell
        out: CAC may be an office in Beijing or the cost of acquiring a customer.

        >>> known = read_entities()
        >>> text = "Tencent Holdings Ltd’s WECHAT, the line, 微信支付 and bob@gmail.com"
        >>> [(found.span.of(text), found.entity.entity_id) for found in known.find(text)]
        [('Tencent Holdings Ltd', 'tencent'), ('WECHAT', 'wechat'), ('微信支付', 'wechat-pay')]
        """
        taken: list[tuple[Span, Entity | None]] = []
        fitting = self._fitting(fold_signs(text), language)
        for span, entity in sorted(fitting, key=lambda one: (one[0].start, -one[0].end)):
            last, of_last = taken[-1] if taken else (Span(0, 0), None)
            if not span.overlaps(last):
                taken.append((span, entity))
            elif entity is of_last:  # "President Xi" and "Xi Jinping" are one name
                taken[-1] = (Span(last.start, max(last.end, span.end)), of_last)
        found = [Named(span, entity) for span, entity in taken if entity]
        spelled_out = {one.entity.entity_id for one in found if not _is_acronym(one, text)}
        return [one for one in found if one.entity.entity_id in spelled_out]

    def _fitting(self, text: str, language: str | None) -> Iterator[tuple[Span, Entity | None]]:
        matches = self._automaton.find_matches_as_indexes(fold_case(text), overlapping=True)
        for index, start, end in matches:
            span, (spelling, entity) = Span(start, end), self._names[index]
            if not _fits_case(span.of(text), spelling) or _is_shouted(text, span):
                continue
            if language == "de" and text[end : end + 1] == "s" and _has_genitive(entity):
                span = Span(start, end + 1)
            if is_whole(text, span) and not _is_anothers(text, span, entity):
                yield span, entity


def _has_genitive(entity: Entity | None) -> bool:
    return entity is not None and entity.kind in ("person", "place")


def _is_anothers(text: str, span: Span, entity: Entity | None) -> bool:
    """Return True if a name is part of a person's name, or means the state and not the city."""
    surface = span.of(text)
    if not _has_genitive(entity) or not surface.isascii():
        return False
    if entity and entity.kind == "place" and INSTITUTION_AFTER.match(text, span.end):
        return True
    before = text[max(0, span.start - 40) : span.start]
    if " " not in surface and (word := WORD_BEFORE.search(before)):
        return word["word"] in given_names()
    town = TOWN_BEFORE.search(before) if surface in NAMES_OF_STATES else None
    return town is not None and town["town"].casefold() not in known_places()


def _is_acronym(one: Named, text: str) -> bool:
    """Return True if a mention of an organisation is an acronym of three or four capitals."""
    surface = one.span.of(text)
    is_short = SHORTEST_ACRONYM <= len(surface) <= LONGEST_ACRONYM and surface.isascii()
    has_name = surface != one.entity.name and one.entity.kind in ("organisation", "outlet")
    return has_name and is_short and surface.isupper()


def _is_shouted(text: str, span: Span) -> bool:
    """Return True if a short name is surrounded by words in capitals, where "US" may mean "us"."""
    if span.end - span.start > len("USA") or not span.of(text).isupper():
        return False
    beside = (
        SHOUTED_BEFORE.search(text, max(0, span.start - 20), span.start),
        SHOUTED_AFTER.match(text, span.end),
    )
    return any(beside)


def is_whole(text: str, span: Span) -> bool:
    """Return True if a span consists of whole words and is not part of an address.

    >>> is_whole("as-Weixin", Span(3, 9)), is_whole("WeChatter", Span(0, 6))
    (True, False)
    """
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if before and continues_word(text[span.start], before, before=True):
        return False
    if after and continues_word(text[span.end - 1], after, before=False):
        return False
    if before and before in "@./" and ADDRESS_BEFORE.search(text, max(0, span.start - 40), span.start):
        return False
    return not (after and after in ".@" and ADDRESS_AFTER.match(text, span.end))


def _fits_case(surface: str, spelling: str) -> bool:
    if surface == spelling:
        return True
    if len(surface) >= SHORTEST_IN_CAPITALS and surface.isupper():
        return True
    return len(surface) >= SHORTEST_IN_ANY_CASE and surface[0] == spelling[0]


@cache
def read_entities(own: OwnList | None = None) -> KnownEntities:
    """Return the entities of the reference list and of the user's own list, if one is given.

    A row of the user's list replaces the row of the reference list with the same `entity_id`, so that
    an alias can be added or removed.
    """
    rows = {row["entity_id"]: row for row in read_reference("entities")}
    if own:
        rows |= {row["entity_id"]: row for row in _read_own(own.path)}
    phrases = [row["phrase"] for row in read_reference("not_names")]
    return KnownEntities((_to_entity(row) for row in rows.values()), phrases)


def _to_entity(row: dict[str, str]) -> Entity:
    return Entity(
        entity_id=row["entity_id"],
        name=row["name"],
        kind=cast(EntityKind, row["kind"]),
        aliases=[alias for alias in row["aliases"].split("|") if alias],
        wikidata_id=row["wikidata_id"] or None,
        is_candidate=False,
    )
