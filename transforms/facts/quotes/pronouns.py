"""Resolve "he" and "she" to a person named before."""

import re
from collections.abc import Iterator
from itertools import islice

from transforms.facts.analysis.apposition import name_in_apposition
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.sentence_subject import sentence_subject
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.analysis.tokens import MASK
from transforms.facts.names.entities import Named
from transforms.facts.quotes.named_people import NamedPeople, only_entity
from transforms.language.cues import CAPITAL_NOUNS, NO_CAPITALS
from transforms.language.names import (
    FULL_NAME,
    HONORIFIC,
    common_words,
    given_names,
    is_role,
    not_in_names,
    surname_of,
)
from transforms.language.sentences import split_sentences
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern
from transforms.language.words import line_start

NAMES = re.compile(rf"(?<![\w-]){FULL_NAME}")
PARAGRAPHS_BACK = 3  # in the five sample captures "he" comes up to two paragraphs after the name
WOMAN = re.compile(rf"{listed_pattern('title_of_woman')}\.? $")
MAN = re.compile(rf"{listed_pattern('title_of_man')}\.? $")


def last_person(people: NamedPeople, at: int, pronoun: str) -> Named | None:
    """Return the one person whom "he" or "she" can mean, or None if that is not certain.

    It is the only person who is named, or who speaks, in the nearest paragraph with a person. If that
    paragraph has two persons, or a capitalised name that is not introduced, the result is None.
    """
    for line in _lines_before(people.text, at):
        persons = [
            one
            for one in people.persons_in(line)
            if one.span.of(people.outside) == one.span.of(people.text)
            and _agrees(people, one, pronoun)
            and not _is_object(people, one.span, at)
        ]
        strangers = list(_strangers(people, line))
        if not persons and not strangers:
            continue
        if not strangers and (person := only_entity(persons)):
            return person
        leading = [one for one in persons if _leads(people, one, line)]
        speaking = [one for one in persons if _speaks(people, one)]
        return only_entity(speaking or (leading if pronoun and not strangers else []))
    return None


def _leads(people: NamedPeople, one: Named, line: Span) -> bool:
    """Return True for a name that a sentence of a paragraph begins with: most likely its subject."""
    before = people.text[line.start : one.span.start].rstrip()
    return not before or before.endswith((".", "!", "?"))


def named_in_sentence_before(people: NamedPeople, at: int, pronoun: str) -> Span | None:
    """Return the person who is the subject of the sentence before a quotation, or the only one in it.

    "Councillor Per Hagman defends it. “We have no money,” he writes."
    """
    sentence = _sentence_before(people, at)
    if sentence is None:
        return None
    words = Sentence(people.outside, sentence, people.cues)
    first = sentence_subject(words)
    first = (first and name_in_apposition(words, first)) or first  # "Its director, Jane Doe, left."
    if first is None or not _is_person(people, first):
        first = None if people.cues.language == "en" else _only_name(people, sentence)
    if first is None or _names_rival(people, sentence, first, pronoun):
        return None
    gender = given_names().get(first.of(people.text).split()[0])
    other = people.cues.of("she" if gender == "m" else "he") if gender in ("m", "f") else ()
    return first if pronoun not in other else None


def organisation_before(people: NamedPeople, at: int) -> Span | None:
    """Return the organisation that is the subject of the sentence before a quotation: what "it" means.

    "The ministry denied the report. “We were not asked,” it said."
    """
    sentence = _sentence_before(people, at)
    if sentence is None:
        return None
    before = Sentence(people.outside, sentence, people.cues)
    said = before.find("say", "tell")[-1:]
    subject = sentence_subject(before) or next(filter(None, map(Subjects(before).before, said)), None)
    if subject is None:
        return None
    kinds = {one.entity.kind for one in people.named if subject.covers(one.span)}
    words = subject.of(people.text).casefold().split()
    is_kind = not people.cues.of("organisation").isdisjoint(words)
    return subject if "person" not in kinds and (is_kind or kinds - {"place"}) else None


def _names_rival(people: NamedPeople, sentence: Span, first: Span, pronoun: str) -> bool:
    """Return True if a pronoun can mean another person of a sentence, who is no mere owner."""
    text = people.text
    others = [one for one in people.persons_in(sentence) if not first.overlaps(one.span)]
    rivals = [one.span for one in others if _agrees(people, one, pronoun)]
    strangers = {name for name in _strangers(people, sentence) if name not in first.of(text)}
    return bool(strangers) or any(text[one.end : one.end + 2] not in ("’s", "'s") for one in rivals)


def _sentence_before(people: NamedPeople, at: int) -> Span | None:
    """Return the last sentence before a position that does not begin with quoted words."""
    for line in islice(_lines_before(people.text, at), 2):
        words = line.of(people.outside).replace(MASK, "X")  # a capital: a quotation begins a sentence
        sentences = split_sentences(words, people.cues.language)
        if line.end == at and sentences:
            head = sentences[-1].of(words).rstrip()
            if head[:1].isalnum() and not head.endswith((".", "!", "?", "…")):
                return None  # "The clerk who called recalled that he said"
            if not head[:1].isalnum():
                sentences.pop()
        if sentences:
            last = next((one for one in reversed(sentences) if words[one.start].isalnum()), None)
            return Span(line.start + last.start, line.start + last.end) if last else None
    return None


def _is_person(people: NamedPeople, name: Span) -> bool:
    """Return True for a person of the text, or two words in capitals that are nothing else."""
    known = [one for one in people.named if one.span.overlaps(name)]
    if known:
        return all(one.entity.kind == "person" for one in known)
    words = name.of(people.text)
    is_plain = not not_in_names().isdisjoint(words.casefold().split())
    if people.cues.language in CAPITAL_NOUNS and not any(map(is_role, words.split())):
        return False
    is_name = bool(NAMES.fullmatch(words)) or words in given_names()  # "Mehdi berce sa fille"
    return not is_plain and is_name and not _is_thing(people.text, name)


def _only_name(people: NamedPeople, sentence: Span) -> Span | None:
    """Return the only name of a sentence with a verb of saying: "said the director Jane Doe"."""
    found = NAMES.finditer(people.outside, sentence.start, sentence.end)
    names = [one for one in (Span(*match.span()) for match in found) if _is_person(people, one)]
    words = frozenset(sentence.of(people.text).split())
    says = not words.isdisjoint(people.cues.of("say")) and words.isdisjoint(people.cues.of("he", "she"))
    return names[0] if says and len(names) == 1 else None


def _lines_before(text: str, at: int) -> Iterator[Span]:
    """Yield the line up to a position, and then the lines before it, the nearest first."""
    end = at
    for _ in range(PARAGRAPHS_BACK + 1):
        start = line_start(text, end)
        yield Span(start, end)
        end = start - 1
        while end > 0 and text[end - 1] == "\n":
            end -= 1
        if end <= 0:
            return


def names_other(people: NamedPeople, span: Span, speaker: str) -> bool:
    """Return True if a span names a person who is not the speaker."""
    is_other = any(
        speaker not in (one.entity.name, people.full_name(one)) for one in people.persons_in(span)
    )
    return is_other or any(not speaker.endswith(name) for name in _strangers(people, span))


def may_be(people: NamedPeople, speaker: str, pronoun: str) -> bool:
    """Return True if a pronoun can mean a speaker whom the article names in full."""
    one = next((one for one in people.named if people.full_name(one) == speaker), None)
    return one is not None and one.entity.kind == "person" and _agrees(people, one, pronoun)


def fits_verb(people: NamedPeople, speaker: str, verb: str) -> bool:
    """Return False if a verb tells that its subject is of the other sex or many: "Anna napisał"."""
    is_he, is_she = (people.cues.ends(verb, kind) for kind in ("he_verb", "she_verb"))
    gender = given_names().get(speaker.split()[0])
    is_other = (is_he and gender == "f") or (is_she and gender == "m")
    are_many = people.cues.ends(verb.split()[0], "they_verb") and gender is not None  # "hanno detto"
    return not is_other and not are_many


def _agrees(people: NamedPeople, one: Named, pronoun: str) -> bool:
    """Return True unless a person's form of address (Mr, Ms) contradicts a pronoun."""
    titles = [
        people.text[max(0, other.span.start - 9) : other.span.start]
        for other in people.named
        if other.entity.entity_id == one.entity.entity_id
    ]
    gender = given_names().get(one.entity.name.split()[0], "")
    is_woman = gender == "f" or any(map(WOMAN.search, titles))
    is_man = gender == "m" or any(map(MAN.search, titles))
    is_she, is_he = pronoun in people.cues.of("she"), pronoun in people.cues.of("he")
    return not ((is_he and is_woman) or (is_she and is_man))


def _is_object(people: NamedPeople, span: Span, at: int) -> bool:
    """Return True if a name is not a subject: after "with", or after "by" in the pronoun's sentence."""
    before = people.text[max(0, span.start - 30) : span.start]
    if people.cues.compile(r"\b%beside% $").search(before):
        return True
    is_behind = people.cues.compile(r"\b%agent|source% (?:\S+ )?$").search(before) is not None
    return is_behind and not re.search(r"[.!?]\s|\n", people.text[span.end : at])


def _strangers(people: NamedPeople, line: Span) -> Iterator[str]:
    """Yield possible names of persons who are neither known nor introduced."""
    if people.cues.language in CAPITAL_NOUNS | NO_CAPITALS:
        return
    for match in re.compile(rf"(?<![.“\"‘] )(?<!\w){FULL_NAME}").finditer(
        people.outside, line.start, line.end
    ):
        span = Span(*match.span())
        is_common = not common_words().isdisjoint(match[0].casefold().split())
        is_known = any(span.overlaps(one.span) or _bears_name(match[0], one) for one in people.named)
        if not_in_names().isdisjoint(match[0].casefold().split()) and not (
            is_common or is_known or _is_thing(people.text, span)
        ):
            yield match[0]


def _bears_name(name: str, one: Named) -> bool:
    """Return True if a name begins with a person's surname: Jane Doe's firm may be Doe Digital."""
    return one.entity.kind == "person" and name.split()[0] == surname_of(one.entity.name)


def _is_thing(text: str, span: Span) -> bool:
    """Return True if a name is not a person's: it has an article, or is repeated and always in full."""
    if re.search(r"(?:\b(?:[Tt]he|[Aa]n?)|['’]s) $", text[max(0, span.start - 4) : span.start]):
        return True
    name = span.of(text)
    again = len(re.findall(rf"\b{re.escape(name)}\b", text))
    return again > 1 and again == len(re.findall(rf"\b{re.escape(name.split()[-1])}\b", text))


def _speaks(people: NamedPeople, one: Named) -> bool:
    before = people.text[max(0, one.span.start - 40) : one.span.start]
    after = people.text[one.span.end : one.span.end + 120]
    return bool(
        people.cues.compile(rf"\b%say|tell% (?:{HONORIFIC} )?$").search(before)
        or people.cues.compile(r"(?:,[^,.\n]{1,80},)? %say|tell%\b").match(after)
    )
