"""The words of a document's lines, as arrays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from transforms.features.wordlists import furniture_of, languages, languages_of

# Scripts written without spaces: each Han or kana character is found by itself and counts as half
# a word; of Thai, Lao, Burmese and Khmer up to four characters count as one. The ends of lines are
# found too, so that one search serves a whole document.
WORD = re.compile(
    r"\n|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{1,4}"
    r"|[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
LATIN_WORD = re.compile(r"\n|[^\W_]+")
FIRST_UNSPACED = "\u0e00"
TOPICAL_LENGTH = 5  # letters; in most alphabets shorter words are seldom what a text is about
HALF = 0.5  # words a Han or kana character stands for: Chinese has 1.6 characters a word, Japanese 2.2
FIRST_WIDE = 0x3040

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """All words of a document in order: the line each is in, and what is known of it."""

    line: Ints  # of each word
    vocabulary: Ints  # number of the folded word, equal words have equal numbers
    traits: Ints  # of each word, a bit or some bits each: see below
    counts: Ints  # of each line: how many words were found
    weights: Floats  # of each word: 1, or less where words are not written apart
    topics: Ints  # of each word: the number of what it is about, -1 if nothing

    def has(self, trait: int) -> npt.NDArray[np.bool_]:
        """Flag the words that have a trait."""
        return (self.traits & trait) > 0

    @property
    def words(self) -> Floats:
        """Return the length of each line in words of a language that writes them apart."""
        return np.bincount(self.line, weights=self.weights, minlength=len(self.counts))

    def share(self, flags: npt.NDArray[np.bool_]) -> Floats:
        """Return for each line the share of its words that are flagged."""
        hits = np.bincount(self.line, weights=flags, minlength=len(self.counts))
        return hits / np.maximum(self.counts, 1)


IS_TITLE, IS_CAPITALS, HAS_DIGIT, IS_TOPICAL, IS_WIDE, IS_OFFER, IS_WAY = (1 << n for n in range(7))
LENGTH_AT, LANGUAGES_AT = 8, 16  # where the length and the mask of languages begin
MOST_LENGTH = 255


@lru_cache(maxsize=1 << 16)
def word_traits(word: str) -> tuple[str, int]:
    """Return a word's folded form and what there is to know of it, packed in one number.

    >>> folded, traits = word_traits("WeChat")
    >>> folded, traits >> LENGTH_AT, bool(traits & IS_TITLE), bool(traits & IS_TOPICAL)
    ('wechat', 6, True, True)
    """
    folded = word.lower()
    is_word = word.isalpha()
    furniture = furniture_of(folded)
    traits = (
        IS_TITLE * word[0].isupper()
        | IS_CAPITALS * (len(word) > 1 and word.isupper())
        | HAS_DIGIT * (not is_word)
        | IS_TOPICAL * (is_word and len(word) >= TOPICAL_LENGTH)
        | IS_WIDE * (len(word) == 1 and ord(word) >= FIRST_WIDE)
        | IS_OFFER * bool(furniture & 1)
        | IS_WAY * bool(furniture & 2)
    )
    length = min(len(word), MOST_LENGTH)
    return folded, traits | length << LENGTH_AT | languages_of(folded) << LANGUAGES_AT


def find_words(text: str) -> list[str]:
    """Return the words of a text, and its ends of lines."""
    return (LATIN_WORD if text.isascii() or max(text) < FIRST_UNSPACED else WORD).findall(text)


def split_words(texts: Sequence[str]) -> Tokens:
    """Cut the lines of a document into words.

    >>> tokens = split_words(["Rice, rice", "", "\u5fae\u4fe1 app"])
    >>> tokens.counts.tolist(), tokens.vocabulary.tolist()
    ([2, 0, 3], [0, 0, 1, 2, 3])
    """
    found = find_words("\n".join(text.replace("\n", " ") for text in texts))
    forms: dict[str, int] = dict.fromkeys(found, -1)
    forms.pop("\n", None)
    numbers: dict[str, int] = {}
    known: list[tuple[int, int]] = []
    for number, form in enumerate(forms):
        folded, traits = word_traits(form)
        forms[form] = number
        known.append((numbers.setdefault(folded, len(numbers)), traits))
    order = np.array([forms.get(word, -1) for word in found], np.int64)
    is_end = order < 0
    line = np.cumsum(is_end)[~is_end]
    facts = np.array(known, np.int64).reshape(len(known), 2)[order[~is_end]]
    vocabulary, traits = facts[:, 0], facts[:, 1]
    is_wide = (traits & IS_WIDE) > 0
    counts = np.bincount(line, minlength=len(texts))
    weights = np.where(is_wide, HALF, 1.0)
    return Tokens(line, vocabulary, traits, counts, weights, _topics(line, vocabulary, traits, is_wide))


def _topics(
    line: Ints, vocabulary: Ints, traits: Ints, is_wide: npt.NDArray[np.bool_]
) -> Ints:
    """Number what words are about: longer words, and pairs of characters where words are not apart."""
    topics = np.where(traits & IS_TOPICAL, vocabulary, -1)
    if is_wide.any():
        size = int(vocabulary.max()) + 1
        pairs = np.flatnonzero(is_wide[:-1] & is_wide[1:] & (line[:-1] == line[1:]))
        topics[pairs] = size + vocabulary[pairs] * size + vocabulary[pairs + 1]
    known, topics = np.unique(topics, return_inverse=True)
    return topics - int(known[0] == -1) if len(known) else topics


def stop_words(tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Flag the words that are function words of the language that the document has most of."""
    masks = tokens.traits >> LANGUAGES_AT
    if not len(masks):
        return np.zeros(0, np.bool_)
    best = max(range(len(languages())), key=lambda n: int(((masks >> n) & 1).sum()))
    return ((masks >> best) & 1).astype(np.bool_)
