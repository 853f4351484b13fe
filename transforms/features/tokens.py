"""The words of a document's lines, as arrays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from transforms.features.wordlists import furniture_of, languages, languages_of

# Scripts written without spaces: each Han or kana character is found by itself and counts as half
# a word; of Thai, Lao, Burmese and Khmer up to four characters count as one.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{1,4}"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)
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
    traits: Ints  # of each word: columns as in `word_traits`, without the folded form
    counts: Ints  # of each line: how many words were found
    weights: Floats  # of each word: 1, or less where words are not written apart
    topics: Ints  # of each word: the number of what it is about, -1 if nothing

    @property
    def words(self) -> Floats:
        """Return the length of each line in words of a language that writes them apart."""
        return np.bincount(self.line, weights=self.weights, minlength=len(self.counts))

    def share(self, flags: npt.NDArray[np.bool_]) -> Floats:
        """Return for each line the share of its words that are flagged."""
        hits = np.bincount(self.line, weights=flags, minlength=len(self.counts))
        return hits / np.maximum(self.counts, 1)


@lru_cache(maxsize=1 << 16)
def word_traits(word: str) -> tuple[str, int, bool, bool, bool, bool, int, bool, int]:
    """Return folded form, length and what else there is to know of a word, see the names below.

    >>> word_traits("WeChat")[:6]
    ('wechat', 6, True, False, False, True)
    """
    folded = word.lower()
    has_digit = not word.isalpha()
    is_title = word[0].isupper()
    return (
        folded,
        len(word),
        is_title,
        len(word) > 1 and word.isupper(),
        has_digit,
        not has_digit and len(word) >= TOPICAL_LENGTH,
        languages_of(folded),
        len(word) == 1 and ord(word) >= FIRST_WIDE,
        furniture_of(folded),
    )


def split_words(texts: Sequence[str]) -> Tokens:
    """Cut the lines of a document into words.

    >>> tokens = split_words(["Rice, rice", "", "\u5fae\u4fe1 app"])
    >>> tokens.counts.tolist(), tokens.vocabulary.tolist()
    ([2, 0, 3], [0, 0, 1, 2, 3])
    """
    found = [WORD.findall(text) for text in texts]
    counts = np.fromiter(map(len, found), np.int64, len(found))
    traits = list(map(word_traits, chain.from_iterable(found)))
    numbers: dict[str, int] = {}
    vocabulary = np.array([numbers.setdefault(trait[0], len(numbers)) for trait in traits], np.int64)
    flags = np.array([trait[1:] for trait in traits], np.int64).reshape(len(traits), 8)
    line = np.repeat(np.arange(len(found)), counts)
    is_wide = flags[:, 6] > 0
    weights = np.where(is_wide, HALF, 1.0)
    return Tokens(line, vocabulary, flags, counts, weights, _topics(line, vocabulary, flags, is_wide))


def _topics(line: Ints, vocabulary: Ints, flags: Ints, is_wide: npt.NDArray[np.bool_]) -> Ints:
    """Number what words are about: longer words, and pairs of characters where words are not apart."""
    topics = np.where(flags[:, 4] > 0, vocabulary, -1)
    if is_wide.any():
        size = int(vocabulary.max()) + 1
        pairs = np.flatnonzero(is_wide[:-1] & is_wide[1:] & (line[:-1] == line[1:]))
        topics[pairs] = size + vocabulary[pairs] * size + vocabulary[pairs + 1]
    known, topics = np.unique(topics, return_inverse=True)
    return topics - int(known[0] == -1) if len(known) else topics


def stop_words(tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Flag the words that are function words of the language that the document has most of."""
    masks = tokens.traits[:, 5]
    if not len(masks):
        return np.zeros(0, np.bool_)
    best = max(range(len(languages())), key=lambda n: int(((masks >> n) & 1).sum()))
    return ((masks >> best) & 1).astype(np.bool_)
