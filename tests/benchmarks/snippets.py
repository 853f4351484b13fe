"""Pages of which only a few phrases are labelled: what must be kept and what must not."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def squeeze(text: str) -> str:
    """Return a text with all runs of space made one space."""
    return " ".join(text.split())


def mend_labels(
    scores: npt.NDArray[np.float64], lines: Sequence[str], page: dict[str, Any]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Return a model's labels, set right where a phrase says so, and the trust in each.

    A phrase that stands in several lines must not be kept in any, but may be meant in one only.
    """
    labels, trust = scores >= 0.5, np.abs(scores - 0.5) * 2
    squeezed = [squeeze(line) for line in lines]
    for key, wanted in (("with_", True), ("without", False)):
        for phrase in map(squeeze, page[key]):
            hits = [n for n, line in enumerate(squeezed) if phrase in line]
            if len(hits) == 1 or not wanted:
                labels[hits], trust[hits] = wanted, 1.0
    return labels, trust


def pseudo_gold(lines: Sequence[str], labels: npt.NDArray[np.bool_]) -> str:
    """Return the lines that are labelled as main text."""
    return "\n".join(line for line, label in zip(lines, labels, strict=True) if label)


def score_phrases(pairs: Sequence[tuple[dict[str, Any], str]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of kept texts over all phrases of their pages."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for page, text in pairs:
        kept = squeeze(text)
        counts.update((True, squeeze(phrase) in kept) for phrase in page["with_"])
        counts.update((False, squeeze(phrase) in kept) for phrase in page["without"])
    hits = counts[True, True]
    precision = hits / max(hits + counts[False, True], 1)
    recall = hits / max(hits + counts[True, False], 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
