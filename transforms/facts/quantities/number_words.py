"""Find numbers that are written in words, by text2num or by number_words.csv of a language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from text_to_num import text2num

from transforms.facts.quantities.scales import VOWEL_SIGNS, scales_of
from transforms.language.cues import cues_of
from transforms.language.grammar import languages_with
from transforms.language.known_words import KnownWords
from transforms.language.reference import read_mapping
from transforms.language.span import Span
from transforms.language.words import runs_of

NUMBER_TOKEN = re.compile(rf"[^\W\d_]+(?:[{VOWEL_SIGNS}]+[^\W\d_]*)*(?:[’'-][^\W\d_]+)*")
OF_TOKEN = rf"[^\W\d_]|[’'{VOWEL_SIGNS}-]"
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class InWords:
    """A number in words: its span and value, and whether it stands as more than one plain word."""

    span: Span
    value: float
    is_compound: bool


def find_in_words(text: str, within: Span, language: str) -> Iterator[InWords]:
    """Yield the numbers in words, with their decimals ("one point two") but without scale words.

    >>> [found.value for found in find_in_words("twenty-five of two or one", Span(0, 25), "en")]
    [25, 2, 1]
    """
    run: list[Span] = []
    part = within.of(text)
    if not any(word in part for word in number_words_of(text, language).numbers):
        return
    for match in NUMBER_TOKEN.finditer(text, within.start, within.end):
        length = _length_of_number(match[0], language)
        if not length:
            continue
        word = Span(match.start(), match.start() + length)
        if not _joins(text, run, word, language):
            yield from _values(text, run, language)
            run = []
        run.append(word)
    yield from _values(text, run, language)


class NumberWords(NamedTuple):
    """The words of a text that begin with a number, and those that hold a number or a scale word."""

    numbers: frozenset[str]
    telling: frozenset[str]


@lru_cache(maxsize=8)
def number_words_of(text: str, language: str) -> NumberWords:
    """Return the number words of a text; asked of a text again, they are known."""
    known = _known(language)
    kinds = [(word, kind) for word in _tokens(text) if (kind := known[word])]
    return NumberWords(
        frozenset(word for word, (is_number, _) in kinds if is_number),
        frozenset(word for word, (_, is_telling) in kinds if is_telling),
    )


def _tokens(text: str) -> set[str]:
    """Return what NUMBER_TOKEN finds in a text; it is asked only about words with signs."""
    runs = set(runs_of(text, OF_TOKEN))
    plain = {run for run in runs if run.isalpha()}
    return plain.union(NUMBER_TOKEN.findall(" ".join(runs - plain)))


@cache
def _known(language: str) -> KnownWords[tuple[bool, bool] | None]:
    """Return for each word whether it begins with a number and whether it tells of one; mostly None."""

    def kind_of(word: str) -> tuple[bool, bool] | None:
        kind = (_length_of_number(word, language) > 0, _has_number_word(word, language))
        return kind if any(kind) else None

    return KnownWords(kind_of)


def _has_number_word(token: str, language: str) -> bool:
    """Return True if a word, or a part of it between hyphens, is a number or a scale word."""
    words, low = scales_of(language).words, token.casefold()
    return any(part in words or _is_number_word(part, language) for part in (low, *low.split("-")))


@lru_cache(maxsize=20_000)
def _length_of_number(token: str, language: str) -> int:
    """Return how long the number at a word's start is: "twenty-five", "eight" in "eight-week"; or 0."""
    word = token.lower()
    while word and not _is_number_word(word, language):
        word = word.rpartition("-")[0]
    return len(word)


@lru_cache(maxsize=20_000)
def _is_number_word(word: str, language: str) -> bool:
    return word not in cues_of(language).of("no_number") and value_of_words(word, language) is not None


def _joins(text: str, run: list[Span], word: Span, language: str) -> bool:
    """Return True if a number word continues the number before it: "six hundred and ten"."""
    if not run:
        return True
    between = text[run[-1].end : word.start]
    if between in (" ", "-"):
        return True
    whole = cues_of(language).of("before_and") or {run[-1].of(text).lower()}
    return between.strip() in cues_of(language).of("and") and run[-1].of(text).lower() in whole


def _values(text: str, run: list[Span], language: str) -> Iterator[InWords]:
    """Yield the number in a run of number words, or one for each word ("five and six")."""
    if not run:
        return
    span = Span(run[0].start, run[-1].end)
    value = value_of_words(span.of(text).lower(), language)
    if value is None:
        for one in run if len(run) > 1 else []:
            yield from _values(text, [one], language)
        return
    decimals = _decimals(text, span, language)
    if decimals:
        yield InWords(decimals[1], value + decimals[0], is_compound=True)
    else:
        yield InWords(span, value, is_compound=not span.of(text).isalpha())


def _decimals(text: str, span: Span, language: str) -> tuple[float, Span] | None:
    """Return the decimals after a number in words and the span of both: "one point two five"."""
    point = scales_of(language).match("point", text, span.end, len(text))
    if point is None:
        return None
    digits, end = "", point[1]
    while word := NUMBER_TOKEN.match(text, end + bool(digits)):
        value = value_of_words(word[0].lower(), language)
        if value is None or value > 9 or (digits and text[end] != " "):
            break
        digits, end = f"{digits}{value}", word.end()
    return (float(f"0.{digits}"), Span(span.start, end)) if digits else None


@lru_cache(maxsize=20_000)
def value_of_words(words: str, language: str) -> int | None:
    """Return the value of a number in lower-case words, or None if they are none."""
    if language not in languages_with("text2num"):
        return _sum_listed(re.split(r"[ -]", words), _listed(language))
    try:
        return int(text2num(words, language))
    except ValueError:
        return None


@cache
def _listed(language: str) -> dict[str, int]:
    listed = read_mapping("number_words", "form", "value", language)
    return {form: int(value) for form, value in listed.items()}


def _sum_listed(words: list[str], listed: dict[str, int]) -> int | None:
    """Return the sum of listed words that fall in size ("двести двадцать пять"), or None."""
    total, least = 0, 10 * HUNDRED
    for word in words:
        value = listed.get(word)
        if value == HUNDRED and 0 < total < 10:
            total, least = total * value, HUNDRED  # Turkish "iki yüz"
            continue
        if value is None or value >= least:
            return None
        total, least = total + value, 10 if value >= 20 else 1
        least = HUNDRED if value >= HUNDRED else least
    return total
