"""Find persons whom an article introduces by name and role."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import dropwhile

from ahocorasick_rs import AhoCorasick, MatchKind

from transforms.facts.names.entities import Named, is_whole
from transforms.language.cues import Cues, cues_of
from transforms.language.names import (
    FULL_NAME,
    HONORIFIC,
    INITIAL,
    is_given_name,
    is_no_name,
    not_in_names,
    possessive_of,
    roles,
    stands_before_name,
)
from transforms.language.reference import read_reference
from transforms.language.span import Span, TakenSpans, fold_case
from transforms.language.word_lists import listed_pattern
from transforms.language.words import find_whole, word_spans
from warehouse.schema.rows.facts import Entity

# "a former journalism professor": up to five words before the role, none of which starts a clause.
BETWEEN = rf"(?:(?!{listed_pattern('clause_word')}\b)[\w'’\-]+ ){{0,5}}"
NAME_BEFORE = re.compile(
    rf"\b(?P<name>{FULL_NAME})(?: \([^()]{{1,40}}\))?(?:, (?:(?:an?|the) )?| an? ){BETWEEN}$"
)
NAME_AFTER = re.compile(rf" (?:{HONORIFIC} )?(?P<name>{FULL_NAME})")
# "the interior minister, Jane Doe,": the role comes before the name.
DESCRIBED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[\w’']+['’]s) (?:[\w-]+ ){0,3}$"
)
NAME_BESIDE = re.compile(rf", (?P<name>{FULL_NAME})(?=[,.;]| [a-z]|$)")
TITLED = re.compile(rf"{HONORIFIC} ")
ADDRESSED = re.compile(rf"\b{HONORIFIC} (?P<name>{FULL_NAME})")
LOOKBACK = 120  # characters from a name to its role
# "CDM Pekao", "PiS Adam Hofman", "ЕК Иван Розов"
ACRONYM = re.compile(r"[A-Z]{3,5}|[A-Z][a-z][A-Z]{1,2}|[А-ЯЁ]{2,5}")
MOST_OF_NAME = 5  # words
LETTERS = re.compile(r"[A-Z]{2,4}")  # behind a name, of an honour or an office


def find_candidates(text: str, known: Sequence[Named], language: str | None = None) -> list[Named]:
    """Return the full names of persons whom the text introduces by name and role.

    Patterns: "NAME, (a) ... ROLE", "ROLE NAME", "the ROLE, NAME" and "Dr. NAME". A name needs two or
    more words. Spans of `known` entities and names that contain a word of organisations' names are
    left out, and so are those that begin with an article of the text's language.

    >>> text = "said Jane Doe, managing director of Example Consulting. Analyst Lu Min agreed."
    >>> [found.entity.entity_id for found in find_candidates(text, [])]
    ['jane-doe', 'lu-min']
    """
    taken, cues = TakenSpans(named.span for named in known), cues_of(language)
    found: list[Named] = []
    spans = (_behind_preposition(text, span, cues) for span in sorted(set(_introduced(text))))
    for name in dict.fromkeys(span.of(text) for span in spans if span):
        for span in find_whole(text, name):
            if not taken.overlap(span):
                found.append(Named(span, to_candidate(name)))
                taken.add(span)
    return sorted(found, key=lambda one: one.span)


def _introduced(text: str) -> Iterator[Span]:
    for role in _find_roles(text):
        before = NAME_BEFORE.search(text, max(0, role.start - LOOKBACK), role.start)
        after = NAME_AFTER.match(text, role.end)
        is_title = text[role.start].islower() or role.of(text) in _titles()
        for match in (before, after if is_title else None, _beside(text, role)):
            if match and (span := trim_name(text, Span(*match.span("name")))):
                yield span
    for match in _find_addressed(text):
        if span := trim_name(text, Span(*match.span("name"))):
            yield span


def _find_addressed(text: str) -> Iterator[re.Match[str]]:
    """Yield all that ADDRESSED finds; a search for the honorific alone is several times as fast."""
    end = 0
    for title in TITLED.finditer(text):
        if title.start() >= end and (match := ADDRESSED.match(text, title.start())):
            end = match.end()
            yield match


def _behind_preposition(text: str, span: Span, cues: Cues) -> Span | None:
    """Return a name that a preposition opens ("Nach Worten von Ana Gil"); None if an article does."""
    words = word_spans(text, span)
    opening = words[0].of(text).casefold()
    if opening in cues.of("determiner", "article"):
        return None  # "Der Leitfaden"
    if opening not in cues.of("fronted", "preposition"):
        return span
    first = _given_name_at([word.of(text) for word in words[:-1]])
    return Span(words[first].start, span.end) if first else None


def _beside(text: str, role: Span) -> re.Match[str] | None:
    """Return the name after a role and a comma, if its first word is a given name."""
    if not DESCRIBED.search(text, max(0, role.start - LOOKBACK), role.start):
        return None
    match = NAME_BESIDE.match(text, role.end)
    return match if match and is_given_name(match["name"].split()[0]) else None


def _find_roles(text: str) -> Iterator[Span]:
    for _, start, end in _role_automaton().find_matches_as_indexes(fold_case(text)):
        if is_whole(text, Span(start, end)):
            yield Span(start, end)


@cache
def _role_automaton() -> AhoCorasick:
    return AhoCorasick(sorted(roles()), matchkind=MatchKind.LeftmostLongest)


@cache
def _titles() -> frozenset[str]:
    """Return the roles that are capitalised before a name; "Student Support" is not a person."""
    return frozenset(row["role"].title() for row in read_reference("roles") if row["is_title"])


def trim_name(text: str, span: Span) -> Span | None:
    """Return the span without words before the name ("Recently Wu Rongrong"), or None if no name."""
    words = word_spans(text, span)
    words = list(dropwhile(lambda word: _is_before_name(word.of(text)), words))
    owners = [i for i, word in enumerate(words[:-1]) if possessive_of(word.of(text))]
    words = words[owners[-1] + 1 :] if owners else words  # "Mozilla's Brian Grinstead"
    first = _given_name_at([word.of(text) for word in words[:-1]])
    words = words[first:] if any(is_no_name(word.of(text)) for word in words[:first]) else words
    belonging = [i for i in range(2, len(words)) if _begins_owner(text, words, i)]
    span = Span(span.start, words[belonging[0] - 1].end) if belonging else span
    words = words[: belonging[0]] if belonging else words
    if len(words) > 2 and LETTERS.fullmatch(words[-1].of(text)):
        words = words[:-1]  # "Philippa Strang KC"
        span = Span(span.start, words[-1].end)
    parts = [word.of(text) for word in words if not INITIAL.fullmatch(word.of(text))]
    before = ["", *parts]  # "Jan de Boer" is no farmer
    name = [
        part.casefold().rstrip(".")
        for part, first in zip(parts, before, strict=False)
        if not first.islower()
    ]
    if len(words) < 2 or not not_in_names().isdisjoint(name) or not roles().isdisjoint(name):
        return None
    return Span(words[0].start, span.end - len(possessive_of(span.of(text))))


def _begins_owner(text: str, words: Sequence[Span], at: int) -> bool:
    """Return True for the "van" behind a whole name: "Dirk Bosma van FC Zuiderzee"."""
    is_of = words[at].of(text) in ("van", "von")
    is_named = any(is_given_name(word.of(text)) for word in words[max(0, at - MOST_OF_NAME) : at - 1])
    is_surname = words[at - 2].of(text).islower() or not is_given_name(words[at - 1].of(text))
    return is_of and is_named and is_surname  # "Jan de Boer van de Handelsbank"


def _is_before_name(word: str) -> bool:
    return stands_before_name(word) or ACRONYM.fullmatch(word) is not None


def _given_name_at(words: Sequence[str]) -> int:
    """Return the index of the first given name ("Defense Secretary Mark ..."), 0 if there is none."""
    return next((i for i, word in enumerate(words) if is_given_name(word)), 0)


def to_candidate(name: str) -> Entity:
    """Return an entity for a person's name; the same name gives the same `entity_id`.

    >>> to_candidate("José Ñíguez").entity_id
    'jose-niguez'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if len(slug) < len(name) // 2:  # a script that ASCII cannot spell
        slug = "person-" + sha256(name.encode()).hexdigest()[:12]
    return Entity(slug, name, "person", [], None, is_candidate=True)
