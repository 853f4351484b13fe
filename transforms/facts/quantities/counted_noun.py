"""Find the noun that a number counts, with its adjectives."""

import re
from dataclasses import dataclass

from transforms.facts.analysis.tokens import verb_classes
from transforms.facts.quantities.scales import VOWEL_SIGNS
from transforms.facts.quantities.units import is_listed_noun, noun_at
from transforms.language.cues import cues_of
from transforms.language.reference import read_column
from transforms.language.scripts import HAN, KATAKANA, UNSPACED
from transforms.language.span import Span
from transforms.language.word_lists import listed_words

LONGEST_UNSPACED = 4  # characters of a noun that no space ends
MOST_WORDS = 5  # "Chinese mobile instant messaging users"
NEXT_WORD = re.compile(rf"[ \u00a0]?(?P<word>[^\W\d_](?:[\w'’.{VOWEL_SIGNS}-]*[\w{VOWEL_SIGNS}])?)")
IRREGULAR = listed_words("irregular_plural")
MASSES = listed_words("mass_noun")  # "police officers"
IRREGULAR_ENDS = ("men", "women", "people", "children")
NOT_PLURAL = listed_words("not_plural")
OWNS = re.compile(r"s['’](?!\w)")
NOT_PLURAL_ENDS = ("ss", "us", "is", "'s", "’s")
DEMONYM = re.compile(r"[A-Z]\w+(?:ese|ish|ch|wiss)$")
PEOPLES = re.compile(r"[A-Z]\w+(?:[lq]|an|ud|sh|[ai]t|en|ab|mar|tar|id|zid|jab)is$")  # Israelis, Saudis
# Verbs and other words that end the phrase, besides the stop words of the language.
ENDS = listed_words("phrase_end")
MAY_STAND = listed_words("adjective_in_phrase")
# "Two 120 mm rounds": the measure describes the noun.
MEASURED = re.compile(r"(?<=[^\W\d_]\s)\d[\d.]*[ -]?[a-z]{1,10}(?= \w)")
# A classifier and perhaps its noun, up to a sign: 38个群组, 4.8本.
CLASSIFIED = (
    rf"(?P<classifier>%classifier%)(?!左右|以|之|多)(?:(?P<word>[{HAN}{KATAKANA}]{{2,3}})(?![^\W\d_]))?"
)
LINK = r"\s(?:%or_more%\s)?(?:%of|of_these%(?:\s|(?<=['’])))?(?:%owner%\s)?"
TIED = re.compile(r"-(?P<word>[^\W\d_]+)(?![\w-])")  # "a one-million-tree project"


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted noun: its head, the whole phrase, and where the phrase ends."""

    noun: str
    phrase: str
    end: int


def find_counted(text: str, start: int, end: int, language: str) -> Counted | None:
    """Return the noun that a number ending at `start` counts, or None if none follows.

    In English the head is the first plural within five words, with no function word in between.

    >>> text = "355 million monthly active users, most of them"
    >>> find_counted(text, 11, len(text), "en")
    Counted(noun='users', phrase='monthly active users', end=32)
    >>> find_counted("five of the accounts", 4, 20, "en").noun
    'accounts'
    """
    if tied := TIED.match(text, start, end):
        return Counted(tied["word"], tied["word"], tied.end())
    if language in UNSPACED and (classified := _classified(text, start, end, language)):
        return classified
    linked = _after_of(text, start, end, language)
    words = _words(text, linked, end, language)
    if linked > start + 1 and language == "en":
        words = _without_owner(text, words)
    heads = _heads([word.of(text) for word in words], language)
    if not heads or (language in UNSPACED and len(words[0].of(text)) > LONGEST_UNSPACED):
        return None
    last = words[next((i for i in heads if not _describes(text, words, i, language)), heads[0])]
    return Counted(last.of(text), text[words[0].start : last.end], last.end)


def _classified(text: str, start: int, end: int, language: str) -> Counted | None:
    """Return the noun behind a classifier, or the classifier if what follows may be more than a noun."""
    found = cues_of(language).compile(CLASSIFIED).match(text, start, end)
    if found is None:
        return None
    listed = noun_at(text, found.end("classifier"), end, language)
    is_noun = found["word"] and not found["word"].startswith(tuple(verb_classes(language)))  # 10张减至
    word = listed or (found["word"] if is_noun else found["classifier"])
    return Counted(word, word, found.end("classifier") + (len(word) if listed or is_noun else 0))


def _without_owner(text: str, words: list[Span]) -> list[Span]:
    """Return the words after a plural owner: "300 of the two companies' workers" are workers."""
    owners = [i for i, word in enumerate(words) if OWNS.match(text, word.end - 1)]
    return words[owners[-1] + 1 :] if owners else words


def _describes(text: str, words: list[Span], index: int, language: str) -> bool:
    """Return True if a noun describes the next one: "sports fans", "United States troops"."""
    word = words[index].of(text)
    if language == "de":
        following = words[index + 1].of(text) if index + 1 < len(words) else "s"
        return word.endswith("er") and following[0].isupper() and not following.endswith("s")
    is_states = index > 0 and (words[index - 1].of(text), word) == ("United", "States")
    beside = words[index + 1] if index + 1 < len(words) else None
    if beside and beside.start == words[index].end + 1 and beside.of(text).endswith("s"):
        return language == "en" and _is_plural(beside.of(text))
    return is_states or word in MASSES or bool(DEMONYM.match(word))


def _after_of(text: str, start: int, end: int, language: str) -> int:
    """Return where the noun begins after "of", "of the", "de", "d'"."""
    found = cues_of(language).compile(LINK).match(text, start, end)
    return found.end() if found else start


def _words(text: str, start: int, end: int, language: str) -> list[Span]:
    """Return the words of the possible phrase, up to punctuation, a function word or the limit."""
    found: list[Span] = []
    measured = MEASURED.match(text, start, end)
    at = measured.end() if measured else start
    while len(found) < MOST_WORDS and (match := NEXT_WORD.match(text, at, end)):
        word = Span(*match.span("word"))
        if found and match["word"] == "and" and found[-1].of(text) not in MASSES:
            at = match.end()  # "popular and easily accessible hikes"
            continue
        if _ends_phrase(word.of(text), language):
            break
        found.append(word)
        at = word.end + bool(OWNS.match(text, word.end - 1))
    return found


def _ends_phrase(word: str, language: str) -> bool:
    low = word.casefold()
    if low in MAY_STAND or is_listed_noun(low, language):
        return False
    return low in ENDS or low in read_column("stopwords", "word", language)


def _heads(words: list[str], language: str) -> list[int]:
    """Return which words of a phrase may be its noun."""
    if language == "en":
        return [i for i, word in enumerate(words) if _is_plural(word)]
    if language == "de":
        return [i for i, word in enumerate(words) if word[0].isupper() and len(word) > 2]
    low = [word.casefold() for word in words]
    first = _skip_adjectives(low, language)
    return [first] if low and len(low[first]) > 2 else []


def _skip_adjectives(words: list[str], language: str) -> int:
    """Return which word is the first noun: the one behind adjectives, or the first if none is there.

    >>> _skip_adjectives(["nuevos", "países"], "es"), _skip_adjectives(["новых", "стран"], "ru")
    (1, 1)
    >>> _skip_adjectives(["больных", "гепатитом"], "ru")
    0
    """
    cues = cues_of(language)
    listed, endings = cues.of("adjective_before"), tuple(cues.of("adjective_ending"))
    names = cues.of("no_adjective")
    nouns = tuple(cues.of("noun_ending")) or ""  # any word ends in nothing
    for i, word in enumerate(words):
        if word in names or (word not in listed and not word.endswith(endings)):
            return i if word.endswith(nouns) else 0
    return 0


def _is_plural(word: str) -> bool:
    low = word.casefold()
    if low in IRREGULAR or low.endswith(IRREGULAR_ENDS) or DEMONYM.match(word) or PEOPLES.match(word):
        return True
    return (
        low.endswith("s")
        and (len(low) > 3 or word[:2].isupper())
        and low not in NOT_PLURAL
        and not low.endswith(NOT_PLURAL_ENDS)
    )
