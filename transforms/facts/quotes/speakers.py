"""Resolve the phrase that refers to a speaker to a name and an entity."""

import re
from collections.abc import Iterator

from transforms.facts.names.entities import Named
from transforms.facts.names.introduced_persons import trim_name
from transforms.facts.quotes.named_people import NamedPeople, Speaker
from transforms.facts.quotes.organisations import organisation_of
from transforms.facts.quotes.pronouns import last_person, named_in_sentence_before
from transforms.language.cues import Cues
from transforms.language.names import (
    FULL_NAME,
    HONORIFIC,
    INITIAL,
    LOWER,
    NAME_WORD,
    PARTICLES,
    given_names,
    is_no_name,
    is_role,
)
from transforms.language.span import Span

DEFINITE = r"(?i:%definite%) (?P<role>[\w-]+)"
OF_WHAT = r"%of_what% [^,.;:\n]{1,40}"  # "la ministra de Pesca, Clara Benet"
# "Le maire promet de se battre. « ... », a-t-il lancé"
ROLE_AS_SUBJECT = r"(?:(?m:^)|(?<=[.!?] ))(?P<who>(?i:%determiner%) (?P<role>[\w-]+))(?= [^\W\d_A-Z])"
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
BARE_DOCUMENT = r"(?i:%determiner% (?:\w+ )?%bare_document%)"


def resolve_speaker(people: NamedPeople, span: Span) -> Speaker | None:
    """Return the speaker that a phrase refers to; the name is None if that is not certain.

    "The statement by X" is X; "the statement" alone is X only if the text before names a single issuer.
    """
    span = _without_article(people, span)
    surface = span.of(people.text)
    if not surface:
        return None
    low = surface.casefold()
    if people.cues.compile(BARE_DOCUMENT).fullmatch(low) and not _issuer(people, span):
        return Speaker(None, surface, None)
    if low in people.cues.of("he", "she"):
        return resolve_pronoun(people, span.start, low)
    if (pronoun := _pronoun_of_view(people.cues, low)) is not None:
        return resolve_pronoun(people, span.start, pronoun)
    if re.split("['’]", low)[0] in people.cues.of("pronoun_other"):
        return Speaker(None, surface, None)
    if issuer := _issuer(people, span):
        return Speaker(issuer.name, surface, issuer.entity_id)
    if surface in people.cues.of("question", "answer"):
        return _interviewed(people, span)
    return _described(people, span) or _named_speaker(people, span)


def _pronoun_of_view(cues: Cues, words: str) -> str | None:
    """Return the pronoun of a phrase such as "in her view", an empty one if it is of both sexes."""
    for template, pronoun in ((r"(?i:%his_view%)", "he"), (r"(?i:%her_view%)", "she")):
        if cues.compile(template).fullmatch(words):
            return min(cues.of(pronoun), default="")
    return "" if words in cues.of("own_view") else None


def resolve_pronoun(people: NamedPeople, at: int, pronoun: str) -> Speaker:
    """Return whom "he" or "she" means; an empty pronoun is one that the language leaves out."""
    line = Span(people.text.rfind("\n", 0, at) + 1, at)
    is_named = any(one.entity.kind == "person" for one in people.inside(line))
    pattern = people.cues.compile(ROLE_AS_SUBJECT)
    role = pattern.search(people.outside, line.start, line.end)
    if role and is_role(role["role"]) and not is_named:
        span = Span(*role.span("who"))
        return _described(people, span) or Speaker(span.of(people.text), pronoun, None)
    said = set(people.outside[line.start : at].casefold().split())
    if not pronoun and said & people.cues.of("he", "she"):
        return Speaker(None, pronoun, None)  # "le preguntaron y él contestó"
    if person := last_person(people, at, pronoun):
        return Speaker(people.full_name(person), pronoun, person.entity.entity_id)
    named = named_in_sentence_before(people, at, pronoun) if pronoun else None
    found = _named_speaker(people, named) if named else None
    return Speaker(found.name if found else None, pronoun, found.entity_id if found else None)


def _described(people: NamedPeople, span: Span) -> Speaker | None:
    """Return the person or organisation that a role or a kind means: "the coach", "the group"."""
    surface = span.of(people.text)
    if person := _by_role(people, span):
        return Speaker(people.full_name(person), surface, person.entity.entity_id)
    name = _named_with_role(people, span) or organisation_of(people, span)
    return Speaker(name, surface, None) if name else None


def _interviewed(people: NamedPeople, span: Span) -> Speaker:
    """Return who answers in an interview: the one person whom the text names before its questions."""
    surface, text = span.of(people.text), people.text
    first = people.cues.compile(r"(?m)^%question|answer%:").search(text)
    persons = [one for one in people.named if one.entity.kind == "person"]
    named = {people.full_name(one) for one in persons if first and one.span.end <= first.start()}
    is_answer = surface in people.cues.of("answer") and len(named) == 1
    return Speaker(named.pop() if is_answer else None, surface, None)


def _role_in(people: NamedPeople, span: Span) -> str | None:
    """Return a pattern of the role in "the coach", or None if a phrase is no such role."""
    phrase = people.cues.compile(DEFINITE).fullmatch(span.of(people.text))
    return f"(?i:{re.escape(phrase['role'])})" if phrase and is_role(phrase["role"]) else None


def _by_role(people: NamedPeople, span: Span) -> Named | None:
    """Return the one person whom the text introduces with the role in a phrase: "the coach"."""
    role = _role_in(people, span)
    if role is None:
        return None
    before = people.cues.compile(rf"\b{role}(?: {OF_WHAT})?,? (?:{HONORIFIC} )?$")
    after = re.compile(rf"(?: \([^()]{{1,40}}\))?, (?:[\w'’-]+ ){{0,5}}{role}\b")
    persons = {
        one.entity.entity_id: one
        for one in people.named
        if one.entity.kind == "person"
        and (
            before.search(people.text, max(0, one.span.start - 60), one.span.start)
            or after.match(people.text, one.span.end)
        )
    }
    return next(iter(persons.values())) if len(persons) == 1 else None


def _named_with_role(people: NamedPeople, span: Span) -> str | None:
    """Return the one full name that follows a role in the text before: "Mayor Jane Doe"."""
    role = _role_in(people, span)
    if role is None:
        return None
    named = people.cues.compile(rf"\b{role}(?: {OF_WHAT})?,? (?P<name>{FULL_NAME})")
    names = {match["name"] for match in named.finditer(people.outside, 0, span.start)}
    return names.pop() if len(names) == 1 else None


def _without_article(people: NamedPeople, span: Span) -> Span:
    """Return a name without its article; return any other phrase unchanged."""
    match = re.match(r"(?:the|The) (?=[A-Z])", span.of(people.text))
    return Span(span.start + match.end(), span.end) if match else span


def _named_speaker(people: NamedPeople, span: Span) -> Speaker:
    surface, inside = span.of(people.text), people.inside(span)
    persons = [one for one in inside if one.entity.kind == "person"]
    are_several = people.cues.compile(SEVERAL).search(surface) is not None
    if are_several or (persons and _is_inside(people, span, persons[0].span)):
        return Speaker(surface, surface, None)
    if persons and _is_owner(people, span, persons[-1].span):
        return Speaker(surface, surface, None)
    if len({one.entity.entity_id for one in persons}) == 1:
        return Speaker(people.full_name(persons[0]), surface, persons[0].entity.entity_id)
    others = [one for one in inside if one.entity.kind != "person"]
    if len(others) == 1 and not persons:
        return _for_organisation(people, span, others[0])
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
    words = [
        Span(*match.span()) for match in re.compile(r"\S+").finditer(people.text, span.start, span.end)
    ]
    of = next((i for i, word in enumerate(words) if word.of(people.text) == "of"), len(words))
    name = [word for word in words[:of] if not INITIAL.fullmatch(word.of(people.text))]
    if of < len(words) and len(name) > 1 and not any(is_no_name(word.of(people.text)) for word in name):
        return Span(span.start, words[of - 1].end)  # "Xanthe Doe of Example Consulting"
    if not re.fullmatch(FULL_NAME, span.of(people.text)) or len(words) < 3:
        return span
    lead = [word.of(people.text) for word in words[:-2]]
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
    return names.pop() if len(names) == 1 else surface


def _may_begin(people: NamedPeople, span: Span) -> bool:
    first = span.of(people.text).split()[0]
    return not is_no_name(first) and first.casefold() not in people.cues.of("fronted")


def _issuer(people: NamedPeople, span: Span) -> Speaker | None:
    """Return the issuer of the document that a phrase names ("a statement by X", "the statement")."""
    surface = span.of(people.text)
    by = people.cues.compile(r"(?i:\b%document%)(?: \w+){0,2}? %issued% ").search(surface)
    if by:
        rest = Span(span.start + by.end(), span.end)
        inside = [one for one in people.inside(rest) if one.entity.kind != "place"]
        return (
            _speaker_of(people, inside[0])
            if len({one.entity.entity_id for one in inside}) == 1
            else None
        )
    if people.cues.compile(r"(?i:%determiner% (?:\w+ )?%document%)").fullmatch(surface):
        if tellers := _tellers(people, span.start):
            return Speaker(tellers[0], surface, None) if len(set(tellers)) == 1 else None
        issuers = {one.entity.entity_id: one for one in _issuers(people, span.start)}
        return _speaker_of(people, next(iter(issuers.values()))) if len(issuers) == 1 else None
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
    return Speaker(people.full_name(one), one.span.of(people.text), one.entity.entity_id)
