"""Features of a line from the other pages of its site, and from the score that it has without them."""

import numpy as np

from transforms.scoring.features.characters import Ints
from transforms.scoring.features.tokens import Floats, as_floats
from transforms.site_memory.evidence import Evidence
from transforms.site_memory.page_lines import LOG_ODDS_STEP, PageLines

MOST_COUNTED = 8  # pages; more say no more, and counts that stand still keep documents as they are
SHARES = 10  # steps of a share
WINDOWS = (1, 3)  # lines to each side


def memory_features(page: PageLines, evidence: Evidence) -> dict[str, Floats]:
    """Return the features of each line by name; `evidence` is of one other page or more."""
    score = as_floats(page.log_odds * LOG_ODDS_STEP)
    own = {
        "score": score,
        "score_of_surest": score - float(score.max()),
        "words": page.words.astype(np.float64),
        "pages": np.full(len(score), float(min(evidence.pages, MOST_COUNTED))),
        "copies": _copies(page.texts),
        "place_repeats": _in_steps(evidence.repeated_place),
    }
    return own | _counts(evidence) | _windows(score, as_floats(evidence.standing / evidence.pages))


def _counts(evidence: Evidence) -> dict[str, Floats]:
    columns = {}
    most = max(int(evidence.standing.max()), 1)
    for name in ("standing", "placed", "after", "before"):
        counts: Ints = getattr(evidence, name)
        columns[name] = np.minimum(counts, MOST_COUNTED).astype(np.float64)
        columns[f"{name}_share"] = _in_steps(counts / evidence.pages)
    columns["standing_of_most"] = _in_steps(evidence.standing / most)
    columns["most_share"] = _in_steps(np.full(len(evidence.standing), most / evidence.pages))
    return columns


def _in_steps(shares: Floats) -> Floats:
    return np.rint(shares * SHARES) / SHARES


def _windows(score: Floats, share: Floats) -> dict[str, Floats]:
    """Return what is around each line: scores, and shares of the pages on which lines stand."""
    columns = {}
    for reach in WINDOWS:
        for name, values in (("score", score), ("share", share)):
            before, after = _means(values, reach)
            columns[f"{name}-{reach}"], columns[f"{name}+{reach}"] = before, after
    return columns


def _means(values: Floats, reach: int) -> tuple[Floats, Floats]:
    """Return the means of the values before and after each line, within reach."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    index = np.arange(len(values))
    first, last = np.maximum(index - reach, 0), np.minimum(index + 1 + reach, len(values))
    before = (total[index] - total[first]) / np.maximum(index - first, 1)
    after = (total[last] - total[index + 1]) / np.maximum(last - index - 1, 1)
    return before, after


def _copies(texts: Ints) -> Floats:
    """Return how often each line stands on its own page."""
    _, columns, counts = np.unique(texts, return_inverse=True, return_counts=True)
    return np.minimum(counts[columns], MOST_COUNTED).astype(np.float64)
