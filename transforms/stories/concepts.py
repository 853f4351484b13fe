"""What an article is about, in words of the news that the reference list has in eleven languages."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from transforms.language.reference import read_reference
from transforms.language.scripts import UNSPACED
from transforms.stories.rarity import rarity

WORD = re.compile(r"[^\W\d_]{3,}")
LONGEST = 40  # letters; no form of the list is longer
WORDS_KEPT = 50_000  # with their concepts, since words come again in other articles
LEAST_OF_CONCEPT = 0.1  # of a concept that any article may name
SHORT = 4  # letters; shorter forms must be the whole word


def find_concepts(text: str, language: str) -> frozenset[str]:
    """Return the concepts that a text names.

    >>> sorted(find_concepts("Die Feuerwehr löschte den Waldbrand.", "de"))
    ['fire', 'firefighter']
    """
    forms = _forms(language)
    if language in UNSPACED:
        return frozenset(concept for form, concept in forms.items() if form in text)
    words = set(WORD.findall(text.casefold()))
    return frozenset(filter(None, (_concept(word, language) for word in words)))


@cache
def all_concepts() -> tuple[str, ...]:
    """Return all concepts of the list, in order."""
    return tuple(sorted({row["concept"] for row in read_reference("concepts")}))


@cache
def concept_weights() -> Mapping[str, float]:
    """Return how much each concept tells, from 0.1 to 1: how rare the commonest English word for it is.

    >>> concept_weights()["child"] < concept_weights()["fire"] < concept_weights()["volcano"]
    True
    """
    words = {concept: [concept] for concept in all_concepts()}
    for row in read_reference("concepts"):
        if row["language"] == "en":
            words[row["concept"]].append(row["form"])
    return {
        concept: max(LEAST_OF_CONCEPT, min(rarity(word, "en") for word in forms))
        for concept, forms in words.items()
    }


def weigh_concepts(concepts: Iterable[str]) -> dict[str, float]:
    """Return concepts in order with how much each tells."""
    return {concept: concept_weights()[concept] for concept in sorted(concepts)}


@lru_cache(maxsize=WORDS_KEPT)
def _concept(word: str, language: str) -> str | None:
    """Return the concept of the longest form that a word begins with, accents apart."""
    word, forms = _plain(word), _forms(language)
    ends = range(min(len(word), LONGEST), 2, -1)
    return next((forms[word[:end]] for end in ends if word[:end] in forms and _is_form(word, end)), None)


def _is_form(word: str, end: int) -> bool:
    """Return True if the beginning of a word that ends there may tell its sense: "law" not of "lawn"."""
    return end == len(word) or end > SHORT or (end == SHORT and len(word) <= SHORT + 2)


def _plain(word: str) -> str:
    """Return a word without accents."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.replace("ł", "l"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def _forms(language: str) -> Mapping[str, str]:
    rows = read_reference("concepts")
    return {_plain(row["form"]): row["concept"] for row in rows if row["language"] == language}
