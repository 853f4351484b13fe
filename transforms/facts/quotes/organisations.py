"""Find the organisation that "the group" or "the agency" means."""

import re

from transforms.facts.quotes.named_people import NamedPeople, only_one
from transforms.language.names import LOWER, NAME_WORD, PARTICLES, is_no_name
from transforms.language.span import Span

NAME = rf"(?P<name>{NAME_WORD}(?: (?:(?:of|for|{PARTICLES}) )?{NAME_WORD}){{0,4}})"
DEFINITE_NOUN = re.compile(r"(?:\w+ |l['’])(?P<noun>[\w-]+)")
MODIFIERS = r"(?:[^\W_][\w’'-]* ){0,4}"
# A name that has a kind in it: "The Association of Landlords"
CALLED = (
    rf"(?<![\w-])(?P<name>(?:{NAME_WORD} (?:of |for )?){{0,3}}(?=[^\W\d_{LOWER}])(?i:%organisation%)"
    rf"(?: (?:of |for |{PARTICLES} )?{NAME_WORD}){{1,3}})"
)


def organisation_of(people: NamedPeople, span: Span) -> str | None:
    """Return the one organisation of its kind that a text names before "the group", or None.

    The text gives the kind next to the name ("the conservation group Free Range", "Free Range, a
    conservation group"), or describes the organisation once ("the national weather bureau").
    """
    phrase = DEFINITE_NOUN.fullmatch(span.of(people.text))
    noun = phrase["noun"].casefold() if phrase else ""
    if noun not in people.cues.of("organisation"):
        return None
    text = people.outside[: span.start]
    beside = re.compile(rf"(?<![\w-])(?i:{re.escape(noun)}) {NAME}(?![\w’'-])")
    ends = r"(?=[,.;]| (?:%of_what|relative|cut_before%|based)\b)"
    behind = people.cues.compile(rf"(?<![\w’'-]){NAME}, {MODIFIERS}(?i:{re.escape(noun)}){ends}")
    called = people.cues.compile(CALLED)  # "the group" is the Association of Landlords
    names = {match["name"] for pattern in (beside, behind) for match in pattern.finditer(text)}
    names = names or {match["name"] for match in called.finditer(text)}
    names = {name for name in names if " " in name or not is_no_name(name)}
    if names:
        return only_one(names)
    described = people.cues.compile(rf"\b(?i:%determiner%) (?:[a-z][\w’'-]* ){{1,3}}{re.escape(noun)}\b")
    return only_one({match[0] for match in described.finditer(text)})
