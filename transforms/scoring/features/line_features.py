"""Features of a single line of text: its words, signs, copies and boilerplate phrase."""

from collections.abc import Sequence

import numpy as np

from transforms.language.phrases import Phrase
from transforms.language.scripts import SENTENCE_WITHOUT_STOP
from transforms.scoring.features.characters import (
    BAR,
    CLOSER,
    COLON,
    COMMA,
    DIGIT,
    FULL_STOP,
    LOWER,
    MARK_CLASS,
    SPACE,
    STOP,
    UNSPACED_CLASS,
    UPPER,
    WORD_CLASS,
    Characters,
    Flags,
    Ints,
)
from transforms.scoring.features.tokens import Floats, Hashes, Tokens, as_floats, hash_spans, known_words

LONG = 200  # characters; a date in a longer line is part of the text
FAR = 999.0  # lines; means "never"
# Roles by their usual distance from the article's text, the farthest first.
PHRASE_ORDER = {
    "legal": 9, "navigation": 8, "share": 7, "advert": 6, "sidebar": 5, "related": 4,
    "comment_prompt": 3, "comment": 3, "author_bio": 2, "published": 1,
}  # fmt: skip
YEAR_LENGTH = 4
CLAUSES_A_SENTENCE = 2  # in Thai, parted by spaces


def line_features(
    phrases: Sequence[Phrase | None], tokens: Tokens, characters: Characters
) -> dict[str, Floats]:
    """Return the features of each single line by name."""
    return (
        _word_features(tokens)
        | _sign_features(tokens, characters)
        | _repeat_features(tokens, characters)
        | _phrase_features(phrases)
    )


def _word_features(tokens: Tokens) -> dict[str, Floats]:
    counts = np.maximum(tokens.counts, 1)
    letters = np.bincount(tokens.line, weights=tokens.lengths, minlength=len(counts))
    is_stop, is_offer, is_way = known_words(tokens)
    return {
        "words": tokens.words,
        "word_length": letters / counts,
        "stop_share": tokens.share(is_stop),
        "title_share": tokens.share(tokens.is_title),
        "capitals_share": tokens.share(tokens.is_capitals),
        "number_share": tokens.share(tokens.has_digit),
        "legal_words": tokens.share(is_offer),
        "menu_words": tokens.share(is_way),
    }


def _sign_features(tokens: Tokens, characters: Characters) -> dict[str, Floats]:
    starts = characters.starts
    inner_stops = characters.has(STOP) & (
        characters.has(SPACE, 1) | (characters.has(CLOSER, 1) & characters.has(SPACE, 2))
    )
    full_stops = (
        characters.has(FULL_STOP) & (characters.codes[1:-3] != ord("\n")) & ~characters.has(CLOSER, 1)
    )
    lengths = np.diff(starts, append=characters.size)
    return {
        "ending": _endings(characters, tokens),
        "beginning": _beginnings(characters),
        "inner_stops": _count(inner_stops | full_stops, starts) + _clauses(characters),
        "commas": _count(characters.has(COMMA), starts),
        "bars": _count(characters.has(BAR), starts),
        "has_clock": as_floats((_clocks(characters) > 0) & (lengths <= LONG)),
    }


def _count(flags: Flags, starts: Ints) -> Floats:
    """Return for each line the number of its flagged characters."""
    return np.add.reduceat(flags.astype(np.float64), starts)


def _clauses(characters: Characters) -> Floats:
    """Return for each line the sentences of Thai: its clauses have spaces between them."""
    before, behind = (characters.has(UNSPACED_CLASS, ahead) for ahead in (0, 2))
    return _count(before & characters.has(SPACE, 1) & behind, characters.starts) / CLAUSES_A_SENTENCE


def _endings(characters: Characters, tokens: Tokens) -> Floats:
    """Return how each line ends: 0 letter or digit, 1 other sign, 2 dots, 3 colon, 4 full stop.

    Thai has no full stop: there a line of some words ends as a sentence.
    """
    size = characters.size
    is_bare = ~characters.has(CLOSER) & (characters.codes[:size] != ord("\n"))
    last = np.maximum.reduceat(np.where(is_bare, np.arange(size), 0), characters.starts)
    classes, codes = characters.classes[last], characters.codes
    is_stop = (classes & (STOP | FULL_STOP)) > 0
    is_stop |= ((classes & UNSPACED_CLASS) > 0) & (tokens.words >= SENTENCE_WITHOUT_STOP)
    dots = (codes[last] == 0x2026) | ((codes[last] == 0x2E) & (codes[np.maximum(last - 1, 0)] == 0x2E))
    return np.select(
        [dots, is_stop, (classes & COLON) > 0, (classes & WORD_CLASS) > 0],
        [2.0, 4.0, 3.0, 0.0],
        1.0,
    )


def _beginnings(characters: Characters) -> Floats:
    """Return how each line begins: 0 small, 1 capital, 2 other letter, 3 digit, 4 list mark, 5 sign."""
    first = characters.classes[characters.starts]
    return np.select(
        [(first & kind) > 0 for kind in (DIGIT, UPPER, LOWER, WORD_CLASS, MARK_CLASS)],
        [3.0, 1.0, 0.0, 2.0, 4.0],
        5.0,
    )


def _clocks(characters: Characters) -> Floats:
    """Return the number of years, times of day and numeric dates in each line."""
    digit = [characters.has(DIGIT, ahead) for ahead in range(YEAR_LENGTH)]
    is_inside = np.concatenate(([False], digit[0][:-1]))
    ends = ~np.concatenate((digit[3][1:], [False]))
    is_year = (
        (characters.spells("19") | characters.spells("20")) & digit[2] & digit[3] & ~is_inside & ends
    )
    code = characters.codes[1 : characters.size + 1]
    is_time = digit[0] & ((code == ord(":")) | (code == ord("."))) & digit[2] & digit[3] & ends
    is_date = digit[0] & (code == ord("/")) & digit[2]
    return _count(is_year | is_time | is_date, characters.starts)


def _repeat_features(tokens: Tokens, characters: Characters) -> dict[str, Floats]:
    zeroed = np.where(characters.has(DIGIT), ord("0"), characters.folded[: characters.size])
    keys = hash_spans(zeroed.astype(np.uint32), characters.starts)
    copies, group = _copies(keys)
    filled = tokens.counts > 0
    firsts = np.cumsum(tokens.counts) - tokens.counts
    first, last = np.zeros(len(keys), np.uint64), np.zeros(len(keys), np.uint64)
    first[filled] = tokens.hashes[firsts[filled]]
    last[filled] = tokens.hashes[(firsts + tokens.counts - 1)[filled]]
    return {
        "copies": copies,
        "earlier_copies": _earlier(group),
        "same_first_word": _copies(first)[0],
        "same_last_word": _copies(last)[0],
    }


def _copies(keys: Hashes) -> tuple[Floats, Ints]:
    """Return how often each key occurs, and a number for each key, the same for equal keys."""
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    return sizes[group].astype(np.float64), group


def _earlier(group: Ints) -> Floats:
    """Return for each line how many lines of its group come before it."""
    sizes = np.bincount(group)
    order = np.argsort(group, kind="stable")
    earlier = np.empty(len(group))
    earlier[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return earlier


def _phrase_features(found: Sequence[Phrase | None]) -> dict[str, Floats]:
    """Return the kind of each line's phrase, and the lines since a phrase that begins boilerplate."""
    opens = np.array([phrase is not None and phrase.opens_rest for phrase in found])
    index = np.arange(len(found))
    last = np.maximum.accumulate(np.where(opens, index, -1))
    kinds = [PHRASE_ORDER.get(phrase.role, 0) if phrase else 0 for phrase in found]
    return {
        "phrase": np.array(kinds, np.float64),
        "since_opener": np.where(last >= 0, index - last, FAR),
    }
