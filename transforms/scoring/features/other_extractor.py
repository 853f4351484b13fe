"""Features of how much of each block another extractor (trafilatura) kept."""

import numpy as np

from transforms.scoring.features.characters import Ints
from transforms.scoring.features.context_features import through_run
from transforms.scoring.features.tokens import (
    FACTOR,
    POWERS,
    WORD_PLACES,
    Floats,
    Hashes,
    Tokens,
    words_of,
)

GRAM = 3  # words in a row that are compared together


def vote_features(found: Tokens, vote: str) -> dict[str, Floats]:
    """Return features of how much of each block is in another extractor's text; `found` are its words.

    >>> found, _ = words_of(["Home", "Rice is dear now."])
    >>> vote_features(found, "Rice is dear now.")["vote"].tolist()
    [0.0, 1.0]
    """
    kept_lines = [line.strip(" -|") for line in vote.splitlines()] or [""]
    kept, _ = words_of(kept_lines)
    votes = _votes(found, kept)
    words = found.counts.astype(np.float64)
    total = np.concatenate(([0.0], np.cumsum(votes)))
    index = np.arange(len(votes))
    columns = {"vote": votes}
    for reach in (1, 4):
        low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, len(votes))
        around = (total[high] - total[low] - votes) / np.maximum(high - low - 1, 1)
        columns[f"vote_within_{reach}"] = around
    through = through_run(words * (2 * votes - 1))
    columns["vote_run"] = through / max(float(through.max(initial=0.0)), 1.0)
    share = float((votes * words).sum() / max(words.sum(), 1.0))
    columns["vote_share"] = np.full(len(votes), share)
    columns["vote_words"] = np.full(len(votes), float(kept.counts.sum()))
    columns["vote_before"] = total[:-1] / max(total[-1], 1.0)
    return columns


def _votes(found: Tokens, kept: Tokens) -> Floats:
    """Return 1 for a block that is a line of the kept text, else the share of its word runs in it."""
    grams, line = _grams(found)
    hits = np.isin(grams, _grams(kept)[0])
    shares = np.bincount(line, hits, len(found.counts)) / np.maximum(found.counts - GRAM + 1, 1)
    is_line = np.isin(_line_hashes(found), _line_hashes(kept)) & (found.counts > 0)
    return np.where(is_line, 1.0, shares)


def _grams(tokens: Tokens) -> tuple[Hashes, Ints]:
    """Return the hashes of the runs of words within a line, and their lines."""
    if len(tokens.line) < GRAM:
        return tokens.hashes[:0], tokens.line[:0]
    first, second, third = (tokens.hashes[n : len(tokens.hashes) - GRAM + 1 + n] for n in range(GRAM))
    inside = tokens.line[: -GRAM + 1] == tokens.line[GRAM - 1 :]
    grams = (first * FACTOR + second) * FACTOR + third
    return grams[inside], tokens.line[: -GRAM + 1][inside]


def _line_hashes(tokens: Tokens) -> Hashes:
    """Return a hash of the words of each line, 0 for a line without any."""
    filled = tokens.counts > 0
    starts = (np.cumsum(tokens.counts) - tokens.counts)[filled]
    hashes = np.zeros(len(tokens.counts), np.uint64)
    if len(starts):
        places = np.arange(len(tokens.line)) - np.repeat(starts, tokens.counts[filled])
        hashes[filled] = np.add.reduceat(tokens.hashes * POWERS[places % WORD_PLACES], starts)
    return hashes
