"""From the words that stand for a speaker to the one who speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.facts.cues import Cues
from transforms.facts.entities import Named
from transforms.facts.people import FULL_NAME, HONORIFIC, NOT_IN_NAMES, common_words, given_names, is_no_name, trim_name
from transforms.facts.span import Span

BARE_DOCUMENT = re.compile(
    r"(?:the|its|a|an|this|that) (?:\w+ )?(?:statement|release|announcement|tweet|letter)"
)
CAPITAL_NOUNS = frozenset(["de"])  # in which two words with a capital need not be a name
PARAGRAPHS_BACK = 3  # in the five captures "he" stands two paragraphs after his name
WOMAN = re.compile(r"(?:Ms|Mrs|Miss|Lady|Dame|Frau|Mme|Madame|Sra)\.? $")
MAN = re.compile(r"(?:Mr|Sir|Lord|Herr|Sr)\.? $")
SHE = frozenset("she sie elle ella lei ela ze ona она 她 t-elle -t-elle".split())
HE = frozenset("he er il él lui ele hij on он 他 t-il -t-il".split())
SPEAKING_KINDS = frozenset(
    ["platform", "company", "agency", "outlet", "organisation", "person", "place"]
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the fullest name, the words that stand for it, and the entity, as far as known."""

    name: str | None
    surface: str
    entity_id: str | None


@dataclass(slots=True)
class Cast:
    """The persons and organisations of an article."""

    text: str
    named: Sequence[Named]
    cues: Cues
    ids: frozenset[str]  # of those that are mentions of the article
    outside: str  # the text with the words between quotation marks blotted out
    fullest: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.named:
            name = one.span.of(self.text)
            if one.entity.kind == "person" and len(name) > len(
                self.fullest.get(one.entity.entity_id, "")
            ):
                self.fullest[one.entity.entity_id] = name

    def inside(self, span: Span) -> list[Named]:
        """Return who is named within a span."""
        return [one for one in self.named if span.covers(one.span) and one.entity.kind in SPEAKING_KINDS]

    def names_other(self, span: Span, speaker: str) -> bool:
        """Say whether a span names a person who is not the speaker."""
        persons = (one for one in self.inside(span) if one.entity.kind == "person")
        is_other = any(speaker not in (one.entity.name, _full(self, one)) for one in persons)
        return is_other or any(not speaker.endswith(name) for name in _strangers(self, span))

    def may_be(self, speaker: str, pronoun: str) -> bool:
        """Say whether a pronoun can stand for a speaker whom the article names in full."""
        found = (one for one in self.named if _full(self, one) == speaker)
        one = next(found, None)
        return one is not None and one.entity.kind == "person" and _may_be(self, one, pronoun)


def resolve_speaker(cast: Cast, span: Span) -> Speaker | None:
    """Return who a phrase stands for; its name is None where that is not certain.

    "The statement by X" is X; "the statement" alone is X only if the text before names one issuer.
    """
    span = _without_article(cast, span)
    surface = span.of(cast.text)
    if not surface:
        return None
    low = surface.casefold()
    if BARE_DOCUMENT.fullmatch(low) and not _issuer(cast, span):
        return Speaker(None, surface, None)
    if low in cast.cues.of("pronoun_person"):
        person = _last_person(cast, span.start, low)
        return Speaker(
            _full(cast, person) if person else None, surface, person.entity.entity_id if person else None
        )
    if re.split("['’]", low)[0] in cast.cues.of("pronoun_other"):
        return Speaker(None, surface, None)
    if issuer := _issuer(cast, span):
        return Speaker(issuer.name, surface, issuer.entity_id)
    return _named_speaker(cast, span)


def _without_article(cast: Cast, span: Span) -> Span:
    """Return a phrase that is a name without its article; others keep theirs."""
    match = re.match(r"(?:the|The) (?=[A-Z])", span.of(cast.text))
    return Span(span.start + match.end(), span.end) if match else span


def _named_speaker(cast: Cast, span: Span) -> Speaker:
    surface, inside = span.of(cast.text), cast.inside(span)
    persons = [one for one in inside if one.entity.kind == "person"]
    if len({one.entity.entity_id for one in persons}) == 1:
        return Speaker(_full(cast, persons[0]), surface, persons[0].entity.entity_id)
    others = [one for one in inside if one.entity.kind != "person"]
    if len(others) == 1 and not persons:
        return _for_organisation(cast, span, others[0])
    return Speaker(_as_named_before(cast, _without_role(cast, _without_owner(cast, span))), surface, None)


def _without_role(cast: Cast, span: Span) -> Span:
    """Return the name behind words that say what someone is: "UX Designer Xanthe Doe"."""
    words = [Span(*match.span()) for match in re.compile(r"\S+").finditer(cast.text, span.start, span.end)]
    if not re.fullmatch(FULL_NAME, span.of(cast.text)) or len(words) < 3:
        return span
    lead = [word.of(cast.text) for word in words[:-2]]
    return Span(words[-2].start, span.end) if all(map(is_no_name, lead)) else span


def _without_owner(cast: Cast, span: Span) -> Span:
    """Return the name behind an organisation's ("Mozilla's Brian Grinstead")."""
    owner = re.match(rf"(?:\S+ ){{0,3}}\S+['’]s (?={FULL_NAME}$)", span.of(cast.text))
    return Span(span.start + owner.end(), span.end) if owner else span


def _for_organisation(cast: Cast, span: Span, one: Named) -> Speaker:
    """Return the organisation if it speaks itself or through a spokesman; its officials are not it."""
    surface, name = span.of(cast.text), one.span.of(cast.text)
    before = cast.text[span.start : one.span.start].strip()
    is_all = (one.span.end == span.end and before.islower()) or (not before and one.span.end == span.end)
    if is_all and re.fullmatch(
        r"(?:[Tt]he |[Aa]n? )?(?:official|state-run|state-owned|government-run|the)?", before
    ):
        return Speaker(name, surface, one.entity.entity_id)
    words = set(re.findall(r"[\w-]+", surface.casefold()))
    speaks_for = not words.isdisjoint(cast.cues.of("spokesman"))
    return Speaker(surface, surface, one.entity.entity_id if speaks_for else None)


def _full(cast: Cast, one: Named) -> str:
    return cast.fullest.get(one.entity.entity_id) or one.span.of(cast.text)


def _as_named_before(cast: Cast, span: Span) -> str:
    """Return the full name that the text has given before to someone now called by surname alone."""
    surface = re.sub(rf"^{HONORIFIC} ", "", span.of(cast.text))
    if not re.fullmatch(r"[^\W\d_a-z][\w'’-]+", surface):
        return surface
    full = re.compile(rf"\b(?:{FULL_NAME[: FULL_NAME.rindex('{')]}{{0,2}}) {re.escape(surface)}\b")
    spans = (trim_name(cast.text, Span(*match.span())) for match in full.finditer(cast.text, 0, span.start))
    names = {one.of(cast.text) for one in spans if one and _may_begin(cast, one)}
    return names.pop() if len(names) == 1 else surface


def _may_begin(cast: Cast, span: Span) -> bool:
    first = span.of(cast.text).split()[0]
    return not is_no_name(first) and first.casefold() not in cast.cues.of("fronted")


def _is_name(words: str) -> bool:
    return NOT_IN_NAMES.isdisjoint(words.casefold().split())


def _issuer(cast: Cast, span: Span) -> Speaker | None:
    """Return who issued the document that a phrase names ("a statement by X", "the statement")."""
    document, issued = cast.cues.pattern("document"), cast.cues.pattern("issued")
    surface = span.of(cast.text)
    by = re.search(rf"(?i:\b{document})(?: \w+){{0,2}}? {issued} ", surface)
    if by:
        rest = Span(span.start + by.end(), span.end)
        inside = [one for one in cast.inside(rest) if one.entity.kind != "place"]
        return (
            _speaker_of(cast, inside[0]) if len({one.entity.entity_id for one in inside}) == 1 else None
        )
    if re.fullmatch(rf"(?i:(?:the|its|a|this|that) (?:\w+ )?{document})", surface):
        if tellers := _tellers(cast, span.start):
            return Speaker(tellers[0], surface, None) if len(set(tellers)) == 1 else None
        issuers = {one.entity.entity_id: one for one in _issuers(cast, span.start)}
        return _speaker_of(cast, next(iter(issuers.values()))) if len(issuers) == 1 else None
    return None


def _tellers(cast: Cast, before: int) -> list[str]:
    """Return who the text before has said to say something in a document ("X said in a statement")."""
    say, document = cast.cues.pattern("say"), cast.cues.pattern("document")
    told = re.compile(
        rf"(?<=, )(?P<who>(?:the )?[^,.\n]{{3,60}}) {say} in an? (?:\w+ ){{0,2}}{document}"
    )
    return [match["who"] for match in told.finditer(cast.text, 0, before)]


def _issuers(cast: Cast, before: int) -> Iterator[Named]:
    """Yield who the text before has said to have issued a document."""
    document, issued = cast.cues.pattern("document"), cast.cues.pattern("issued")
    by = re.compile(rf"\b{document}(?: \w+){{0,2}}? {issued} (?:the |The )?$")
    for one in cast.named:
        if one.span.end > before or one.entity.kind in ("place", "person"):
            continue
        if by.search(cast.text, max(0, one.span.start - 60), one.span.start):
            yield one


def _speaker_of(cast: Cast, one: Named) -> Speaker:
    return Speaker(_full(cast, one), one.span.of(cast.text), one.entity.entity_id)


def _last_person(cast: Cast, at: int, pronoun: str) -> Named | None:
    """Return the one person that "he" or "she" can be.

    It is the only one that the nearest paragraph with a person names, or lets speak. A paragraph
    with two is none, and so is one with a capitalised name that no one has introduced.
    """
    lines = [Span(*match.span()) for match in re.finditer(r"[^\n]+", cast.text[:at])]
    for line in lines[::-1][: PARAGRAPHS_BACK + 1]:
        persons = [
            one
            for one in cast.inside(line)
            if one.entity.kind == "person"
            and one.span.of(cast.outside) == one.span.of(cast.text)
            and _may_be(cast, one, pronoun)
            and not _is_object(cast.text, one.span, at)
        ]
        strangers = list(_strangers(cast, line))
        if not persons and not strangers:
            continue
        speaking = {one.entity.entity_id: one for one in persons if _speaks(cast, one)}
        distinct = {one.entity.entity_id: one for one in persons}
        if len(distinct) == 1 and not strangers:
            return next(iter(distinct.values()))
        return next(iter(speaking.values())) if len(speaking) == 1 else None
    return None


def _is_object(text: str, span: Span, at: int) -> bool:
    """Say whether a name stands behind a preposition in the sentence of a pronoun: "asked by Doe, he"."""
    behind = re.search(
        r"\b(?:by|with|to|from|against|about) (?:\S+ )?$", text[max(0, span.start - 30) : span.start]
    )
    return bool(behind) and not re.search(r"[.!?]\s|\n", text[span.end : at])


def _may_be(cast: Cast, one: Named, pronoun: str) -> bool:
    """Say whether a person's form of address, if there is one, agrees with a pronoun."""
    titles = [
        cast.text[max(0, other.span.start - 9) : other.span.start]
        for other in cast.named
        if other.entity.entity_id == one.entity.entity_id
    ]
    gender = given_names().get(one.entity.name.split()[0], "")
    is_woman = gender == "f" or any(map(WOMAN.search, titles))
    is_man = gender == "m" or any(map(MAN.search, titles))
    return not ((pronoun in HE and is_woman) or (pronoun in SHE and is_man))


def _strangers(cast: Cast, line: Span) -> Iterator[str]:
    """Yield what may be names of persons that are neither known nor introduced."""
    if cast.cues.language in CAPITAL_NOUNS:
        return
    for match in re.compile(rf"(?<![.“\"‘] )(?<!\w){FULL_NAME}").finditer(
        cast.outside, line.start, line.end
    ):
        span = Span(*match.span())
        is_common = not common_words().isdisjoint(match[0].casefold().split())
        is_known = any(span.overlaps(one.span) for one in cast.named)
        if _is_name(match[0]) and not (is_common or is_known or _is_thing(cast.text, span)):
            yield match[0]


def _is_thing(text: str, span: Span) -> bool:
    """Say whether a name is that of a thing: it has an article, or comes again, but never by its last word."""
    if re.search(r"(?:\b(?:[Tt]he|[Aa]n?)|['’]s) $", text[max(0, span.start - 4) : span.start]):
        return True
    name = span.of(text)
    again = len(re.findall(rf"\b{re.escape(name)}\b", text))
    return again > 1 and again == len(re.findall(rf"\b{re.escape(name.split()[-1])}\b", text))


def _speaks(cast: Cast, one: Named) -> bool:
    say = cast.cues.pattern("say", "tell")
    before = cast.text[max(0, one.span.start - 40) : one.span.start]
    after = cast.text[one.span.end : one.span.end + 120]
    return bool(
        re.search(rf"\b{say} (?:{HONORIFIC} )?$", before)
        or re.match(rf"(?:,[^,.\n]{{1,80}},)? {say}\b", after)
    )
