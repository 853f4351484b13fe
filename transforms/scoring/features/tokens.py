"""The words of a document's lines, as arrays of positions, hashes and flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from transforms.scoring.features.characters import (
    DIGIT,
    UNSPACED_CLASS,
    UPPER,
    WIDE,
    WORD_CLASS,
    Characters,
    Flags,
    Ints,
    read_characters,
)
from transforms.scoring.features.wordlists import boilerplate_words, languages, stop_word_languages

UNSPACED_LENGTH = 4  # average characters per word in Thai and similar scripts
TOPICAL_LENGTH = 5  # letters; in most alphabets shorter words rarely show the topic
HALF = 0.5  # words per Han or kana character: Chinese has 1.6 characters a word, Japanese 2.2

Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
# A polynomial hash: the sum of a word's letters, each times the power of its position, is computed
# without a loop over words. The factor is odd, so that the multiplication loses no information.
FACTOR = np.uint64(0x9E3779B97F4A7C15)
WORD_PLACES = 1024
POWERS = np.cumprod(np.full(WORD_PLACES, FACTOR))


def as_floats(values: npt.ArrayLike) -> Floats:
    """Return values as an array of 64-bit numbers."""
    return np.asarray(values, np.float64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """All words of a document in order: the line of each word, and its properties."""

    line: Ints  # of each word
    hashes: Hashes  # the same for equal words, ignoring case
    lengths: Ints
    is_title: Flags
    is_capitals: Flags
    has_digit: Flags
    is_wide: Flags
    counts: Ints  # of each line: how many words were found

    @property
    def words(self) -> Floats:
        """Return the length of each line in words, estimated for scripts without spaces."""
        weights = np.where(self.is_wide, HALF, 1.0)
        return as_floats(np.bincount(self.line, weights=weights, minlength=len(self.counts)))

    def share(self, flags: Flags) -> Floats:
        """Return for each line the share of its words that are flagged."""
        hits = np.bincount(self.line, weights=flags, minlength=len(self.counts))
        return as_floats(hits / np.maximum(self.counts, 1))


def split_words(characters: Characters) -> Tokens:
    """Split the lines of a document into words.

    >>> tokens = split_words(read_characters(["Rice, rice", "", "\u5fae\u4fe1 App"]))
    >>> tokens.counts.tolist(), tokens.lengths.tolist(), tokens.is_title.tolist()
    ([2, 0, 3], [4, 4, 1, 1, 3], [True, False, False, False, True])
    >>> bool(tokens.hashes[0] == tokens.hashes[1])
    True
    """
    is_word = characters.has(WORD_CLASS)
    starts = np.flatnonzero(_word_starts(characters, is_word))
    lines = len(characters.starts)
    if not len(starts):
        none = np.zeros(0, np.int64)
        flags = none.astype(np.bool_)
        return Tokens(
            none, none.astype(np.uint64), none, flags, flags, flags, flags, np.zeros(lines, np.int64)
        )
    line = np.searchsorted(characters.starts, starts, side="right") - 1
    lengths = np.add.reduceat(is_word.astype(np.int64), starts)
    return Tokens(
        line,
        hash_spans(characters.folded[: characters.size] * is_word, starts),
        lengths,
        characters.has(UPPER)[starts],
        (np.add.reduceat(characters.has(UPPER).astype(np.int64), starts) == lengths) & (lengths > 1),
        np.add.reduceat(characters.has(DIGIT).astype(np.int64), starts) > 0,
        characters.has(WIDE)[starts],
        np.bincount(line, minlength=lines),
    )


def _word_starts(characters: Characters, is_word: Flags) -> Flags:
    """Flag the first character of each word."""
    is_wide = characters.has(WIDE)
    before = np.concatenate(([False], is_word[:-1] & ~is_wide[:-1]))
    starts = is_word & (~before | is_wide)
    is_unspaced = characters.has(UNSPACED_CLASS)
    if is_unspaced.any():
        index = np.arange(len(is_word))
        place = index - np.maximum.accumulate(np.where(starts, index, 0))
        starts |= is_unspaced & (place % UNSPACED_LENGTH == 0)
    return starts


def hash_spans(codes: npt.NDArray[np.uint32], starts: Ints) -> Hashes:
    """Return a hash of each span of characters, which goes up to the next start."""
    lengths = np.diff(starts, append=len(codes))
    places = np.arange(len(codes) - starts[0]) - np.repeat(starts - starts[0], lengths)
    powers = POWERS[places % WORD_PLACES if lengths.max() > WORD_PLACES else places]
    return np.asarray(np.add.reduceat(codes[starts[0] :] * powers, starts - starts[0]), np.uint64)


def known_words(tokens: Tokens) -> tuple[Flags, Flags, Flags]:
    """Flag function words, words of offers and legal text, and words of menus.

    Function words are those of the document's most frequent language.
    """
    table = _word_table()
    rows = np.searchsorted(table.hashes, tokens.hashes)
    rows[table.hashes[rows] != tokens.hashes] = len(table.hashes) - 1
    stop_words = table.stop_words[rows]
    is_stop = stop_words[:, stop_words.sum(axis=0).argmax()]
    return is_stop, table.is_offer[rows] & ~is_stop, table.is_way[rows] & ~is_stop


def topics(tokens: Tokens) -> tuple[Ints, Hashes]:
    """Return the topical words of a text, as line and hash.

    These are the longer words; in scripts without spaces, pairs of characters.
    """
    is_topical = (tokens.lengths >= TOPICAL_LENGTH) & ~tokens.has_digit
    line, hashes = tokens.line[is_topical], tokens.hashes[is_topical]
    if tokens.is_wide.any():
        is_pair = tokens.is_wide[:-1] & tokens.is_wide[1:] & (tokens.line[:-1] == tokens.line[1:])
        pairs = tokens.hashes[:-1] * FACTOR + tokens.hashes[1:]
        line = np.concatenate((line, tokens.line[:-1][is_pair]))
        hashes = np.concatenate((hashes, pairs[is_pair]))
    return line, hashes


@dataclass(frozen=True, slots=True)
class WordTable:
    """The sorted hashes of the listed words, and the properties of each word.

    The last hash is the highest number and a sentinel; its row has no properties.
    """

    hashes: Hashes
    stop_words: Flags  # a row a word, a column a language
    is_offer: Flags
    is_way: Flags


@cache
def _word_table() -> WordTable:
    """Read the words of the reference lists."""
    stop_words, (offers, ways) = stop_word_languages(), boilerplate_words()
    words = sorted({*stop_words, *offers, *ways})
    tokens = split_words(read_characters(words))
    is_whole = tokens.counts[tokens.line] == 1  # it must be one word here too
    hashes, lines = tokens.hashes[is_whole], tokens.line[is_whole]
    order = np.argsort(hashes, kind="stable")
    listed = [words[line] for line in lines[order]] + [""]
    return WordTable(
        np.append(hashes[order], np.uint64(2**64 - 1)),
        np.array([[one in stop_words.get(word, ()) for one in languages()] for word in listed]),
        np.array([word in offers for word in listed]),
        np.array([word in ways for word in listed]),
    )


def words_of(texts: Sequence[str]) -> tuple[Tokens, Characters]:
    """Return the words and the characters of the lines of a document."""
    characters = read_characters(list(texts))
    return split_words(characters), characters
