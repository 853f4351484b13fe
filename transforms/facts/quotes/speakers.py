"""Resolve the phrase that refers to a speaker to a name and an entity."""

import re
from dataclasses import replace

from transforms.facts.quotes.document_issuers import issuer_of
from transforms.facts.quotes.name_speakers import speaker_by_name
from transforms.facts.quotes.named_people import NamedPeople, Speaker, only_one
from transforms.facts.quotes.pronouns import last_person, named_in_sentence_before, organisation_before
from transforms.facts.quotes.role_speakers import speaker_by_role
from transforms.facts.quotes.script_lines import SPEAKER_INITIALS
from transforms.language.cues import VERB_SECOND, WITHOUT_ARTICLES, Cues
from transforms.language.names import NAME_WORD, is_role
from transforms.language.span import Span
from transforms.language.words import line_start

# "Le maire promet de se battre. « ... », a-t-il lancé"
ROLE_AS_SUBJECT = (
    r"(?:(?m:^)|(?<=[.!?] ))(?:[^\W\d_][^\n,.:!?]{2,40}, |(?i:%fronted%) [^\n,.:!?]{2,30} )?"
    r"(?P<who>(?i:%determiner%) (?P<role>[\w-]+))(?=,? [^\W\d_A-Z])"
)
# "le coureur de 31 ans", "der 44-Jährige", "il 32enne"
OF_AGE = r"(?:%definite%) ?(?:[\w-]+ %of% )?\d+(?: %years_old%|[ -]?%of_age%)\w*(?: \w+)?"
CLAUSE_END = re.compile(r"[.!?…:,]")
BARE_DOCUMENT = r"(?i:%determiner% (?:\w+ )?%bare_document%)"


def resolve_speaker(people: NamedPeople, span: Span) -> Speaker:
    """Return the speaker that a phrase refers to; the name is None if that is not certain.

    "The statement by X" is X; "the statement" alone is X only if the text before names a single issuer.
    """
    span = _without_article(people, span)
    surface = span.of(people.text)
    low = surface.casefold()
    if found := _referred_to(people, span, low):
        return found
    if re.split("['’]", low)[0] in people.cues.of("pronoun_other"):
        return Speaker(None, surface, None)
    if issuer := issuer_of(people, span):
        return replace(issuer, surface=surface)
    if people.cues.compile(BARE_DOCUMENT).fullmatch(low):
        return Speaker(None, surface, None)
    if surface in people.cues.of("question", "answer"):
        return _interviewed(people, span)
    return (
        _of_initials(people, surface) or speaker_by_role(people, span) or speaker_by_name(people, span)
    )


def _referred_to(people: NamedPeople, span: Span, low: str) -> Speaker | None:
    """Return the person of a pronoun, or of a phrase that stands for one: "the 44-year-old"."""
    is_pronoun = low in people.cues.of("he", "she", "it")
    is_again = low in people.cues.of("named_again")
    if is_pronoun or is_again or people.cues.compile(OF_AGE).fullmatch(low):
        found = speaker_by_role(people, span) or resolve_pronoun(people, span.start, low)
        surface = span.of(people.text)
        return found if found.name or is_pronoun else Speaker(surface, surface, None)
    pronoun = _pronoun_of_view(people.cues, low)
    return None if pronoun is None else resolve_pronoun(people, span.start, pronoun)


def _pronoun_of_view(cues: Cues, words: str) -> str | None:
    """Return the pronoun of a phrase such as "in her view", an empty one if it is of both sexes."""
    for template, pronoun in ((r"(?i:%his_view%)", "he"), (r"(?i:%her_view%)", "she")):
        if cues.compile(template).fullmatch(words):
            return min(cues.of(pronoun), key=lambda form: (len(form), form), default="")
    return "" if words in cues.of("own_view") else None


def resolve_pronoun(people: NamedPeople, at: int, pronoun: str) -> Speaker:
    """Return whom "he", "she" or "it" means; an empty pronoun is one that the language leaves out."""
    if pronoun in people.cues.of("it"):
        issuer = organisation_before(people, at)
        return resolve_speaker(people, issuer) if issuer else Speaker(None, pronoun, None)
    line = Span(line_start(people.text, at), at)
    roles = people.cues.compile(ROLE_AS_SUBJECT).finditer(people.outside, line.start, line.end)
    role = max(roles, key=lambda one: one.start(), default=None)
    is_named = role is not None and bool(people.persons_in(Span(role.start(), at)))
    is_before = role is not None and CLAUSE_END.search(people.outside, role.end(), at) is not None
    if role and is_before and is_role(role["role"]) and not is_named:
        span = Span(*role.span("who"))
        return speaker_by_role(people, span) or Speaker(span.of(people.text), pronoun, None)
    said = set(people.outside[line.start : at].casefold().split())
    if not pronoun and said & people.cues.of("he", "she"):
        return Speaker(None, pronoun, None)  # "le preguntaron y él contestó"
    if person := last_person(people, at, pronoun):
        return people.speaker(person, pronoun)
    named = named_in_sentence_before(people, at, pronoun)
    found = speaker_by_name(people, named) if named else None
    return replace(found, surface=pronoun) if found else Speaker(None, pronoun, None)


def _interviewed(people: NamedPeople, span: Span) -> Speaker:
    """Return who answers in an interview: the one person whom the text names before its questions."""
    surface, text = span.of(people.text), people.text
    first = people.cues.compile(r"(?m)^%question|answer%:").search(text)
    before = [one for one in people.persons if first and one.span.end <= first.start()]
    is_answer = surface in people.cues.of("answer")
    name = only_one({people.full_name(one) for one in before}) if is_answer else None
    return Speaker(name, surface, None)


def _of_initials(people: NamedPeople, surface: str) -> Speaker | None:
    """Return the one person of a text whose name has these initials: "J. D." is Jane Doe."""
    if not re.fullmatch(SPEAKER_INITIALS, surface):
        return None
    letters = re.findall("[A-Z]", surface)
    names = {people.full_name(one) for one in people.persons}
    fitting = [name for name in names if [word[0] for word in name.split()] == letters]
    return Speaker(only_one(fitting), surface, None)


def _without_article(people: NamedPeople, span: Span) -> Span:
    """Return a name without its article; return any other phrase unchanged."""
    match = re.match(r"(?:the|The) (?=[A-Z])", span.of(people.text))
    if people.cues.language not in VERB_SECOND | WITHOUT_ARTICLES | {"en"}:
        match = people.cues.compile(rf"%definite%(?: |(?<=['’]))(?={NAME_WORD}$)").match(
            people.text, span.start, span.end
        )
        known = people.cues.of("organisation")
        match = match if match and people.text[match.end() : span.end].casefold() not in known else None
        return Span(match.end(), span.end) if match else span
    return Span(span.start + match.end(), span.end) if match else span
