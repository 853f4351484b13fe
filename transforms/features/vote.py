"""What another extractor kept of the page, as seen from each block."""

from collections.abc import Sequence

import numpy as np

from transforms.features.context import through_run
from transforms.features.tokens import Floats, find_words

GRAM = 3  # words in a row that are looked up together


def vote_features(texts: Sequence[str], vote: str) -> dict[str, Floats]:
    """Return how much of each block is in the text that another extractor kept.

    >>> vote_features(["Home", "Rice is dear now."], "Rice is dear now.")["vote"].tolist()
    [0.0, 1.0]
    """
    lines = {line.strip(" -|").casefold() for line in vote.splitlines()}
    kept = [word for word in find_words(vote.casefold()) if word != "\n"]
    grams = set(zip(kept, kept[1:], kept[2:], strict=False))
    found = [find_words(text.casefold()) for text in texts]
    votes = np.array([_vote(w, t, grams, lines) for w, t in zip(found, texts, strict=True)], np.float64)
    words = np.array([len(w) for w in found], np.float64)
    total = np.concatenate(([0.0], np.cumsum(votes)))
    index = np.arange(len(votes))
    columns = {"vote": votes}
    for reach in (1, 4):
        low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, len(votes))
        columns[f"vote_within_{reach}"] = (total[high] - total[low] - votes) / np.maximum(high - low - 1, 1)
    through = through_run(words * (2 * votes - 1))
    columns["vote_run"] = through / max(float(through.max(initial=0.0)), 1.0)
    columns["vote_share"] = np.full(len(votes), float((votes * words).sum() / max(words.sum(), 1.0)))
    columns["vote_words"] = np.full(len(votes), float(len(kept)))
    columns["vote_before"] = total[:-1] / max(total[-1], 1.0)
    return columns


def _vote(words: list[str], text: str, grams: set[tuple[str, ...]], lines: set[str]) -> float:
    if not words:
        return 0.0
    if text.strip(" -|").casefold() in lines:
        return 1.0
    if len(words) < GRAM:
        return 0.0
    return sum(gram in grams for gram in zip(words, words[1:], words[2:], strict=False)) / (len(words) - 2)
