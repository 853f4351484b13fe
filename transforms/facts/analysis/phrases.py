"""Find noun phrases: after a verb, before a verb, and the name that a role stands for."""

import re

from transforms.facts.analysis.apposition import name_behind_role, name_in_apposition
from transforms.facts.analysis.listeners import behind_listener
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import ELIDED, Token
from transforms.language.cues import CAPITAL_NOUNS, PRO_DROP, VERB_SECOND, WITHOUT_ARTICLES, Cues
from transforms.language.names import (
    FULL_NAME,
    has_given_name,
    is_role,
)
from transforms.language.span import Span

MOST_WORDS_OF_PHRASE = 10  # words of a subject; the training pages of the benchmark have up to 9
LONGEST_OFFICE = 5  # tokens of "ai Lavori pubblici"
PROGRAMME = re.compile(
    rf"[“\"‘«„][^”\"’»“]{{1,60}}[”\"’»“]\s+(?=(?:\w+ )+?{FULL_NAME})"
)  # “X” host Jane Doe
BEHIND_QUOTED = re.compile(rf" [“\"«„][^”\"’»“\n]{{1,60}}[”\"»“] (?P<name>{FULL_NAME})")
DOING = r"%doer%(?P<doing> [a-z]+ing\b)"  # "a woman waiting at the stop"
CLAUSE = r"(?i:\b%clause_mark%(?!\w)|\bqu['’])"
PHRASE_SIGNS = frozenset("&@#-‑/'’%+…·")


def phrase_after(sentence: Sentence, at: int) -> Span | None:
    """Return the noun phrase that begins at a token: a name, or a noun with its modifiers.

    >>> text = "Mark Natkin, managing director"
    >>> phrase_after(Sentence.whole(text), 0).of(text)
    'Mark Natkin'
    """
    at = behind_listener(sentence, _behind_programme(sentence, at))
    tokens = sentence.tokens
    if sentence.language in VERB_SECOND and at < len(tokens) - 1 and tokens[at].has("fronted"):
        at += tokens[at].text.islower()  # "meint derweil der Trainer"
    end = at
    while end < len(tokens) and end - at <= MOST_WORDS_OF_PHRASE and _may_stand(sentence, at, end):
        end += 1
        if end - at == 1 and tokens[at].has("person"):
            break
    if at == end:
        return name_behind_role(sentence, at, len(tokens))
    if behind := BEHIND_QUOTED.match(sentence.text, tokens[end - 1].span.end):
        return Span(*behind.span("name"))  # "тренер «Искры» Руслан Гатин"
    if name := name_in_apposition(sentence, sentence.span(at, _role_end(sentence, end))):
        return name  # "says the head of the council, Jane Doe"
    is_plain = sentence.language not in CAPITAL_NOUNS
    if is_plain and (name := name_behind_role(sentence, at, end)):
        return name
    return _without_edge(sentence, at, end) or name_behind_role(sentence, at, len(tokens))


def _role_end(sentence: Sentence, end: int) -> int:
    """Return where a role ends: before a comma behind its office, "l’assessora ai Lavori, Ada Neri"."""
    tokens = sentence.tokens
    if sentence.language in VERB_SECOND or end >= len(tokens) or not tokens[end].has("addressee"):
        return end
    office = range(end + 1, min(end + LONGEST_OFFICE, len(tokens)))
    return next((i for i in office if tokens[i].has("comma")), end)


def _behind_programme(sentence: Sentence, at: int) -> int:
    """Return where a phrase goes on after a title: “Crime Hour” host Jane Doe."""
    if at >= len(sentence.tokens):
        return at
    found = PROGRAMME.match(sentence.text, sentence.tokens[at].span.start, sentence.tokens[-1].span.end)
    while found and at < len(sentence.tokens) and sentence.tokens[at].span.start < found.end():
        at += 1
    return at


def _may_stand(sentence: Sentence, first: int, at: int) -> bool:
    """Return True if a token can be part of the noun phrase that began at another."""
    token, before = sentence.tokens[at], sentence.tokens[at - 1] if at > first else None
    if not _is_word(token):
        is_inner = token.has("in_name") or token.text in PHRASE_SIGNS
        return is_inner and (before is not None or token.text in "@#")
    if token.has("finite", "preposition"):
        return False
    if before is None:
        return _may_open(token, sentence)
    if sentence.language in VERB_SECOND and token.has("determiner") and token.text.islower():
        names = [one.text for one in sentence.tokens[first : at - 1]]
        if before.is_capital and has_given_name(names):
            return False  # "sagte Jan Doe der Agentur"
    if _ends_phrase(token, before, sentence.language):
        return False
    is_next = token.has("determiner") and not token.has("article")
    return token.is_capital or token.has("inside") or not (is_next or token.has("say", "it_says"))


def _is_word(token: Token) -> bool:
    return token.text[0].isalnum() and not token.has("quoted")


def _may_open(token: Token, sentence: Sentence) -> bool:
    is_aged = token.has("number") and token.text[-1].isalpha()  # "45-letni Jan Kowalski"
    if token.opens_noun or is_aged or token.has("person", "form_of_address"):
        return True
    if sentence.language == "en":
        return not token.has("inside")
    is_definite = sentence.cues.ends(token.text, "definite_ending")  # "polisen"
    is_role_alone = sentence.language in PRO_DROP and is_role(token.text)
    return is_definite or is_role_alone or not token.text[0].isascii()


def _ends_phrase(token: Token, before: Token, language: str) -> bool:
    """Return True if a word after a subject ends its phrase: an addressee, an adverb or a participle."""
    if language == "en" and token.text.islower() and token.text.endswith("ed"):
        return not before.has("determiner", "inside")  # "the documents obtained by"
    if token.has("weekday") and before.is_capital:
        return True  # "said Jane Doe Tuesday"
    if before.has("fronted"):
        return False
    is_lower = token.text[0].islower()
    return is_lower and (token.has("addressee") or (language in VERB_SECOND and token.has("adverb")))


def _without_edge(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return a phrase without its trailing function words, or None if it cannot be a speaker."""
    tokens, edge = sentence.tokens, ["inside", "determiner", "finite", "preposition"]
    edge += ["fronted"] * (sentence.language != "en")  # "teilte der Club mit", "le maire dans"
    has_capitals = sentence.language in CAPITAL_NOUNS  # "ließ der Sender lapidar wissen"
    while end - start > 1 and (
        (tokens[end - 1].has(*edge) and not ELIDED.match(tokens[end - 1].text))
        or not _is_word(tokens[end - 1])
        or (has_capitals and tokens[end - 1].text.islower())
    ):
        end -= 1
    if end - start == 1 and tokens[start].has(*edge) and not ELIDED.match(tokens[start].text):
        return None
    if sentence.language != "en" and tokens[start].text.islower():  # "el juez en su auto"
        is_case = sentence.language in WITHOUT_ARTICLES  # "министр на брифинге"
        where = ("circumstance", "cut_before") if is_case else ("circumstance",)
        end = sentence.next_of(start + 2 - is_case, end, *where)
    span = without_doing(sentence, start, end)
    words = span.of(sentence.text)
    is_clause = sentence.cues.compile(CLAUSE).search(words)
    return None if is_clause or not _may_speak(words, tokens[start], sentence.cues) else span


def without_doing(sentence: Sentence, start: int, end: int) -> Span:
    """Return a phrase without a participle clause: "an old man leaning on a broom"."""
    span = sentence.span(start, end)
    doing = sentence.cues.compile(DOING).search(sentence.text, span.start, span.end)
    return Span(span.start, doing.start("doing")) if doing else span


def may_be_plural(word: str, cues: Cues) -> bool:
    """Return True for a word that can be the subject of a bare verb: "critics say", "people say"."""
    return word.casefold().endswith(("s", *cues.of("plural")))


def _may_speak(phrase: str, first: Token, cues: Cues) -> bool:
    """Return True if a phrase can be a speaker: a name, a plural or a noun with an article."""
    words = phrase.split()
    if not words[0].islower() or first.has("determiner", "person", "other"):
        return True
    has_name = any(word[0].isupper() for word in words)
    is_bare = not words[0].isascii() or is_role(words[0])  # "powiedział analityk banku"
    is_bare = is_bare or cues.ends(words[0], "definite_ending")
    return is_bare or has_name or may_be_plural(words[-1], cues)
