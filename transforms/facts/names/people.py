"""Persons whom an article introduces by name and role, and the short names it then gives them."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256

from ahocorasick_rs import AhoCorasick, MatchKind

from transforms.facts.grammar.cues import Cues
from transforms.facts.names.entities import Named, is_whole
from transforms.facts.span import Span, fold_case
from transforms.reference import read_reference
from warehouse.schema import Entity

PARTICLES = "de|da|del|della|di|do|dos|du|la|le|van|von|der|den|bin|bint|al|el|ter|ibn"
WORD = r"[^\W\d_a-zß-öø-ÿа-я][\w'’\-]*[^\W\d_]"
PART = rf"(?:{WORD}|[A-Z]\.(?:[A-Z]\.)?)"
INITIAL = re.compile(r"[A-Z]\.")
FULL_NAME = rf"{PART}(?: (?:(?:{PARTICLES}) )*{PART}){{1,3}}(?:, [JS]r\b\.?|(?<= [JS]r)\.)?"
HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Herr|Frau|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev)\b\.?"
)
# "a former journalism professor": at most five words before the role, none that begins a clause.
BETWEEN = (
    r"(?:(?!(?:and|are|as|but|by|for|from|had|has|have|he|her|his|in|is|it|its|of|on|or|said|says|she|that|to|"
    r"was|were|when|where|which|while|who|whose|with)\b)[\w'’\-]+ ){0,5}"
)
NAME_BEFORE = re.compile(
    rf"\b(?P<name>{FULL_NAME})(?: \([^()]{{1,40}}\))?(?:, (?:(?:an?|the) )?| an? ){BETWEEN}$"
)
NAMED = re.compile(FULL_NAME)
CAPITALISED = re.compile(rf"(?<![\w-]){WORD}")
NAME_AFTER = re.compile(rf" (?:{HONORIFIC} )?(?P<name>{FULL_NAME})")
# German roles are compounds without end: "Teamkollege", "Verdi-Sprecherin".
ROLE_ENDING = re.compile(
    r"(?:chef|trainer|minister|sprecher|kolleg|leiter|direktor|präsident|meister|sieger|vorsitzend|beauftragt|"
    r"experte|expert|forscher|anwalt|richter|kanzler|manager|autor|gründer|professor|spieler|kapitän|stürmer|"
    r"torwart|inhaber|berater|vorstand|kommissar|dozent|mediziner|geschäftsführer|politiker)(?:e[rn]?|in|innen)?$"
)
LOOKBACK = 120  # characters from a name to its role
# Words that open a sentence or a place's or a firm's name, and are no one's first or last name.
NOT_IN_NAMES = frozenset(
    "a according after although an and as at but by during first for former from he her his how "
    "however i if in it its last later meanwhile new north on our recently she since so south that "
    "the their then there they this visit what where which who why read see today to tomorrow under "
    "we when while with yesterday you east west january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday "
    "accounting accelerator administration agency audit billing brand budget association authority "
    "bank bureau center centre chamber city club college commission committee company conference "
    "congress consulting corp corporation council county court department district division energy "
    "federation forum foundation fund government group holdings hospital house inc initiative "
    "institute institution international island journal laboratory league guide information limited "
    "llc ltd magazine management marketing media ministry museum national network networks news "
    "office officer online open organisation planning policies product programs rankings security "
    "support tax work organization parliament park partners party police post press prize program "
    "project province research road school senate service services square state states station "
    "street studies times treaty tribune tv union united university valley".split()
)


def find_candidates(text: str, known: Sequence[Named]) -> list[Named]:
    """Return where the persons are named in full whom the text introduces by name and role.

    "NAME, (a) ... ROLE" and "ROLE NAME" introduce; a name of two words at least is asked for. One
    that a list knows, as a person or as anything else, is left alone, and so is one with a word that
    organisations bear.

    >>> text = "said Jane Doe, managing director of Example Consulting. Analyst Lu Min agreed."
    >>> [found.entity.entity_id for found in find_candidates(text, [])]
    ['jane-doe', 'lu-min']
    """
    taken = [named.span for named in known]
    found: list[Named] = []
    for name in dict.fromkeys(span.of(text) for span in sorted(set(_introduced(text)))):
        for match in re.finditer(rf"\b{re.escape(name)}(?!\w)", text):
            span = Span(*match.span())
            if not any(map(span.overlaps, taken)):
                found.append(Named(span, _candidate(name)))
                taken.append(span)
    return sorted(found, key=lambda one: one.span)


def _introduced(text: str) -> Iterator[Span]:
    for role in _find_roles(text):
        before = NAME_BEFORE.search(text, max(0, role.start - LOOKBACK), role.start)
        after = NAME_AFTER.match(text, role.end)
        is_title = text[role.start].islower() or role.of(text) in _titles()
        for match in (before, after if is_title else None):
            if match and (span := trim_name(text, Span(*match.span("name")))):
                yield span


def _find_roles(text: str) -> Iterator[Span]:
    for _, start, end in _role_automaton().find_matches_as_indexes(fold_case(text)):
        if is_whole(text, Span(start, end)):
            yield Span(start, end)


@cache
def _role_automaton() -> AhoCorasick:
    return AhoCorasick(sorted(roles()), matchkind=MatchKind.LeftmostLongest)


@cache
def _titles() -> frozenset[str]:
    """Return the roles that stand before names with a capital: "Student Support" is no person."""
    return frozenset(row["role"].title() for row in read_reference("roles") if row["is_title"])


def trim_name(text: str, span: Span) -> Span | None:
    """Return the span without words before the name ("Recently Wu Rongrong"), or None if no name."""
    words = [Span(*match.span()) for match in re.compile(r"\S+").finditer(text, span.start, span.end)]
    while words and _opens(words[0].of(text)):
        words = words[1:]
    owners = [i for i, word in enumerate(words[:-1]) if _possessive(word.of(text))]
    words = words[owners[-1] + 1 :] if owners else words  # "Mozilla's Brian Grinstead"
    first = _given_name_at([word.of(text) for word in words[:-1]])
    words = words[first:] if any(is_no_name(word.of(text)) for word in words[:first]) else words
    name = [
        word.of(text).casefold().rstrip(".") for word in words if not INITIAL.fullmatch(word.of(text))
    ]
    if len(words) < 2 or not (NOT_IN_NAMES | roles()).isdisjoint(name):
        return None
    return Span(words[0].start, span.end - len(_possessive(span.of(text))))


def is_role(word: str) -> bool:
    """Say whether a word says what someone is."""
    return word.casefold() in roles() or bool(ROLE_ENDING.search(word.casefold()))


def is_no_name(word: str) -> bool:
    """Say whether a word with a capital says what someone is, or opens a sentence."""
    return word.isupper() or is_role(word) or word.casefold() in common_words() | NOT_IN_NAMES


def _given_name_at(words: Sequence[str]) -> int:
    """Return where the first given name stands ("Defense Secretary Mark ..."), 0 if none is listed."""
    return next((i for i, word in enumerate(words) if word.split("-")[0] in given_names()), 0)


@cache
def given_names() -> dict[str, str]:
    """Return given names, with m or f for those that only men or only women bear."""
    return {row["name"]: row["gender"] for row in read_reference("given_names")}


def find_plain_names(text: str, known: Sequence[Named], cues: Cues) -> list[Named]:
    """Return the persons whom a text names in full without a role: by a given name that is listed, or
    by a surname that speaks elsewhere.

    They are nobody's entity: good enough to tell who "she" may be, not to be listed.

    >>> from transforms.facts.grammar.cues import cues_of
    >>> text = "Jane Roe met Big Machine and Xanthe Doe. Doe said no."
    >>> [found.entity.name for found in find_plain_names(text, [], cues_of("en"))]
    ['Jane Roe', 'Xanthe Doe']
    """
    taken, found = [named.span for named in known], []
    speaking = _speaking_surnames(text, cues)
    for word in CAPITALISED.finditer(text):
        match = NAMED.match(text, word.start())
        if match and word[0].split("-")[0] not in given_names():
            match = match if _is_unlisted_person(match[0], speaking) else None
        span = trim_name(text, Span(*match.span())) if match else None
        if span and not any(map(span.overlaps, taken)):
            found.append(Named(span, _candidate(span.of(text))))
            taken.append(span)
    return found


def _is_unlisted_person(name: str, speaking: Container[str]) -> bool:
    """Say whether two words name a person whose given name no list has: the last speaks elsewhere."""
    words = name.split()
    low = {word.casefold() for word in words}
    is_plain = len(words) == 2 and "-" not in words[0] and not words[0].isupper()
    return is_plain and words[1] in speaking and low.isdisjoint(NOT_IN_NAMES | roles() | common_words())


@cache
def common_words() -> frozenset[str]:
    """Return words that are in every text of a language, without case."""
    return frozenset(row["word"] for row in read_reference("common_words"))


def _speaking_surnames(text: str, cues: Cues) -> set[str]:
    """Return the capitalised words that say something by themselves: "Doe said", "added Doe"."""
    verbs, found = cues.of("say", "tell"), set()
    tokens = re.findall(r"[\w'’-]+|[^\w\s]", text)
    for before, word, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        if word[0].isupper() and len(word) > 1:
            says_after = after in verbs and not before[-1:].isupper()
            if says_after or (before in verbs and not after[:1].isupper()):
                found.add(word)
    return found


def _possessive(name: str) -> str:
    return name[-2:] if name.endswith(("'s", "’s")) else ""


def _opens(word: str) -> bool:
    """Say whether a capitalised word stands before a name rather than in it."""
    is_role = word.casefold() in roles()
    return (
        is_role
        or (word.endswith("ly") and word not in given_names())
        or word.casefold() in NOT_IN_NAMES
        or bool(re.fullmatch(HONORIFIC, word))
    )


@cache
def roles() -> frozenset[str]:
    """Return the words that say what someone is, without case."""
    return frozenset(row["role"].casefold() for row in read_reference("roles"))


def _candidate(name: str) -> Entity:
    """Return an entity for a name; people who share a name share it.

    >>> _candidate("José Ñíguez").entity_id
    'jose-niguez'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if len(slug) < len(name) // 2:  # a script that ASCII cannot spell
        slug = "person-" + sha256(name.encode()).hexdigest()[:12]
    return Entity(slug, name, "person", [], None, is_candidate=True)


def find_short_names(text: str, named: Sequence[Named]) -> list[Named]:
    """Return where an article names a person by surname alone, after it has given the full name.

    A surname that two of its persons share is left alone, and so is one beside another capitalised
    word, which may be someone else's name ("Qiao" in "Qiao Liang").

    >>> person = Named(Span(0, 7), _candidate("Qiao Mu"))
    >>> found = find_short_names("Qiao Mu, a professor. Qiao said. Qiao Liang.", [person])
    >>> [short.span.start for short in found]
    [22]
    """
    return sorted(_short_names(text, named), key=lambda found: found.span)


def _short_names(text: str, named: Sequence[Named]) -> Iterator[Named]:
    taken = [one.span for one in named]
    for surname, (first, person) in _surnames(text, named).items():
        for match in re.finditer(rf"\b{re.escape(surname)}(?![\w-])", text):
            span = Span(*match.span())
            if (
                span.start > first.end
                and _stands_alone(text, span)
                and not any(map(span.overlaps, taken))
            ):
                yield Named(span, person)


def _surnames(text: str, named: Iterable[Named]) -> dict[str, tuple[Span, Entity]]:
    """Return each surname that is one person's alone, with where that person is first named in full."""
    owners: dict[str, dict[str, tuple[Span, Entity]]] = {}
    for one in named:
        words = one.span.of(text).split()
        if one.entity.kind == "person" and len(words) > 1:
            owner = owners.setdefault(surname_of(one.entity.name), {})
            owner.setdefault(one.entity.entity_id, (one.span, one.entity))
    return {name: next(iter(owner.values())) for name, owner in owners.items() if len(owner) == 1}


def surname_of(name: str) -> str:
    """Return the surname: the first word of a Chinese name, the last of others.

    >>> surname_of("Qiao Mu"), surname_of("Mark Natkin"), surname_of("Kai-Fu Lee")
    ('Qiao', 'Natkin', 'Lee')
    """
    words = name.split()
    return words[0] if words[0] in _eastern_surnames() else words[-1]


@cache
def _eastern_surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in read_reference("surnames"))


def _stands_alone(text: str, span: Span) -> bool:
    before = re.search(r"(\S+)\s$", text[max(0, span.start - 30) : span.start])
    after = re.match(r"\s[^\W\d_a-z]", text[span.end : span.end + 2])
    is_free = before is None or not re.match(r"[^\W\d_a-z][\w'’-]*$", before[1]) or _opens(before[1])
    return is_free and not after
