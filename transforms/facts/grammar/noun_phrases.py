"""Find the noun phrase after a verb of saying, and decide whether it can be a speaker."""

import re
from dataclasses import dataclass

from transforms.language.cues import CAPITAL_NOUNS, Cues
from transforms.language.grammar import languages_with
from transforms.language.names import FULL_NAME, HONORIFIC, LOWER, has_given_name, is_role, plain_words
from transforms.language.span import Span

LONGEST_SUBJECT = 10  # words; the training pages of the benchmark have up to 9
VERB_SECOND = languages_with("verb_second")
OF_PROGRAMME = re.compile(
    rf"\s*(?:[“\"‘«„][^”\"’»“]{{1,60}}[”\"’»“]\s+(?=(?:\w+ )+?{FULL_NAME}))?"
)  # “X” host Jane Doe
# A bare verb needs a plural subject: "critics say" is a statement, "say it" and "don't say" are not.
PLURAL = re.compile(r"(?:s|they|people|police|media|some|others|many|women|men)$", re.IGNORECASE)
# "the miller, Silas Audley": after the name comes no third part of a list.
NAME_AFTER_ROLE = re.compile(rf", (?P<name>{FULL_NAME})(?! (?:and|und|et|y|e|en|i|и) )")
# "zei molenaar Silas Ouderkerk": a role without an article, in languages without capital nouns.
ROLE_AND_NAME = re.compile(rf"\s*(?P<role>(?:[{LOWER}][\w’'-]* ){{1,4}})(?P<name>{FULL_NAME})(?![\w-])")
MOST_WORDS_OF_ROLE = 8
# "a woman waiting at the stop"
DOING = re.compile(r"(?:man|men|boys?|girls?|people|couple|person|son)(?P<doing> [a-z]+ing\b)")
CLAUSE = re.compile(r"\b(?:qu['’]|que|qui|quien|che|dass|welche[rs]?)\b|\bqu['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Verbs:
    any: re.Pattern[str]
    inverted: re.Pattern[str]


def speech_verbs(cues: Cues) -> _Verbs:
    """Return the patterns of verbs of saying, and of those that can come before their subject."""
    return _Verbs(
        any=cues.compile(r"(?<![\w-])(?P<verb>%say|tell|quote%)(?![\w-])"),
        inverted=cues.compile(r"(?:[a-z]\w*ly\s+)?(?P<verb>%say|say_after%)(?![\w’'])"),
    )


def phrase_after(text: str, within: Span, cues: Cues) -> Span | None:
    """Return the noun phrase at the start of a span: a name, or a noun with its modifiers.

    >>> from transforms.language.cues import cues_of
    >>> text = "said Mark Natkin, managing director"
    >>> phrase_after(text, Span(4, len(text)), cues_of("en")).of(text)
    'Mark Natkin'
    """
    start = within.start + len(OF_PROGRAMME.match(within.of(text))[0])  # type: ignore[index]
    if cues.language in VERB_SECOND and (
        adverb := re.compile(r"(\w+)\s+").match(text, start, within.end)
    ):
        start = adverb.end() if adverb[1] in cues.of("fronted") else start  # "meint derweil der Trainer"
    end, words, before = start, 0, ""
    for match in re.compile(r"[^\s,;:!?“”\"()«»„]+").finditer(text, start, within.end):
        word = match[0].rstrip(".") if _ends_sentence(match[0]) else match[0]
        if (
            text[end : match.start()].strip()
            or words > LONGEST_SUBJECT
            or not _may_stand(word, words, cues)
            or (words and _ends_phrase(word, before, cues))
        ):
            break
        before = word.casefold()
        end, words = match.start() + len(word), words + 1
        is_pronoun = words == 1 and word.casefold() in cues.of("he", "she")
        if word != match[0] or is_pronoun:
            break
    if name := name_in_apposition(text, Span(start, end), within.end, cues):
        return name  # "says the head of the council, Jane Doe"
    if cues.language not in CAPITAL_NOUNS and (name := _name_behind_role(text, Span(start, end), cues)):
        return name
    return _without_edge(text, Span(start, end), cues) or _name_behind_role(text, within, cues)


def name_in_apposition(text: str, role: Span, end: int, cues: Cues) -> Span | None:
    """Return the name after a comma behind a role: "the miller, Silas Audley".

    >>> from transforms.language.cues import cues_of
    >>> text = "said the miller, Silas Audley."
    >>> name_in_apposition(text, Span(5, 15), len(text), cues_of("en")).of(text)
    'Silas Audley'
    """
    name = NAME_AFTER_ROLE.match(text, role.end, end)
    if name is None or not _may_be_role(role.of(text), cues):
        return None
    words = name["name"].split()
    is_plain = any(map(is_role, words)) or words[-1].casefold() in plain_words()
    is_name = has_given_name(words) or not is_plain
    return Span(*name.span("name")) if is_name else None


def _may_be_role(phrase: str, cues: Cues) -> bool:
    """Return True if a phrase with an article, or a role, can describe a person: it has no name."""
    words = phrase.split()
    if not words or len(words) > MOST_WORDS_OF_ROLE or has_given_name(words):
        return False
    if any(map(is_role, words)):
        return True
    is_noun = words[-1][0].islower() or cues.language in CAPITAL_NOUNS
    article = re.split("(?<=['’])", words[0].casefold())[0]
    return is_noun and (article in cues.of("determiner", "article"))


def _name_behind_role(text: str, within: Span, cues: Cues) -> Span | None:
    """Return the name behind a role without an article: "zei molenaar Silas Ouderkerk"."""
    found = ROLE_AND_NAME.match(text, within.start, within.end) if cues.language != "en" else None
    if found is None or not cues.of("finite", "preposition", "say").isdisjoint(found["role"].split()):
        return None
    return Span(*found.span("name"))


def _ends_phrase(word: str, before: str, cues: Cues) -> bool:
    """Return True if a word after a subject ends its phrase: an addressee, an adverb or a participle."""
    if cues.language == "en" and word.islower() and word.endswith("ed"):
        return before not in cues.of("determiner", "inside")  # "the documents obtained by"
    if before in cues.of("fronted"):
        return False
    return word in cues.of("addressee") or (cues.language in VERB_SECOND and word in cues.of("adverb"))


def is_role_phrase(phrase: str) -> bool:
    """Return True if a phrase is a role without a name: "the deputy director"."""
    words = phrase.split()
    return any(map(is_role, words)) and not has_given_name(words)


def _ends_sentence(word: str) -> bool:
    if re.fullmatch(rf"(?:[A-Z]\w+-)?{HONORIFIC}", word):
        return False
    return word.endswith(".") and (len(word) > 3 or word.islower()) and "." not in word[:-1]


def _may_stand(word: str, index: int, cues: Cues) -> bool:
    low = word.casefold()
    if low in cues.of("finite", "preposition"):
        return False
    if word[0].isupper():
        return True
    if index:
        return low in cues.of("inside") or low not in cues.of("say", "determiner")
    if low in cues.of("determiner", "article", "he", "she"):
        return True
    return low not in cues.of("inside") if cues.language == "en" else not word[0].isascii()


def _without_edge(text: str, span: Span, cues: Cues) -> Span | None:
    """Return a phrase without its trailing function words, or None if it cannot be a speaker."""
    words = [Span(*match.span()) for match in re.compile(r"\S+").finditer(text, span.start, span.end)]
    edge = cues.of("inside", "determiner", "finite", "preposition")
    while words and words[-1].of(text).casefold() in edge and len(words) > 1:
        words = words[:-1]
    if not words or (len(words) == 1 and words[0].of(text).casefold() in edge):
        return None
    span = without_doing(text, Span(words[0].start, words[-1].end))
    return None if CLAUSE.search(span.of(text)) or not _may_speak(span.of(text), cues) else span


def without_doing(text: str, span: Span) -> Span:
    """Return a phrase without a participle clause ("leaning on a broom").

    >>> text = "an old man leaning on a broom"
    >>> without_doing(text, Span(0, len(text))).of(text)
    'an old man'
    """
    doing = DOING.search(text, span.start, span.end)
    return Span(span.start, doing.start("doing")) if doing else span


def _may_speak(phrase: str, cues: Cues) -> bool:
    """Return True if a phrase can be a speaker: a name, a plural or a noun with an article."""
    words = phrase.split()
    if not words[0].islower() or words[0].casefold() in cues.of("determiner", "he", "she"):
        return True
    is_other = words[0].casefold() in cues.of("pronoun_other") or not words[0].isascii()
    return is_other or any(word[0].isupper() for word in words) or bool(PLURAL.search(words[-1]))
