"""Score the lines of a site's pages again, by what all of its pages have in common."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from transforms.scoring.features.characters import Ints
from transforms.scoring.features.matrix import stack
from transforms.scoring.features.tokens import Floats
from transforms.scoring.forest import Forest, read_forest
from transforms.scoring.score import MODELS, Scored, score_log_odds
from transforms.site_memory.evidence import Evidence, weigh_pages
from transforms.site_memory.features import memory_features
from transforms.site_memory.page_lines import LOG_ODDS_STEP, PageLines

# Log odds with the memory are one of six numbers, from -2.5 to 2.5 (probabilities of 0.08 to 0.92), so
# that a page of the site more or less rarely changes any. The figures of docs/cleaning.md have them so.
COARSE, FURTHEST = 8, 20
# Of the other pages. One alone says too little: where the model knows a collection, pages of sites with
# two pages lost as often as they gained (docs/cleaning.md).
FEWEST_PAGES = 2


@cache
def load_memory_forest() -> Forest:
    """Read the model of the memory, which corrects the log odds of lines of text."""
    return read_forest(MODELS / "site_flat.npz")


def remember(pages: Sequence[PageLines], addresses: Sequence[str]) -> list[tuple[int, ...]]:
    """Return for each page of a site the log odds of its lines in steps, given all its pages.

    It is empty for a page of which the others say nothing, and for pages with markup, which gained
    nothing (docs/cleaning.md). The first pages are asked, so they are to be in the order of captures.
    """
    if all(page.has_places for page in pages):
        return [()] * len(pages)
    found = weigh_pages(pages, addresses)
    return [_log_odds(page, evidence) for page, evidence in zip(pages, found, strict=True)]


def _log_odds(page: PageLines, evidence: Evidence) -> tuple[int, ...]:
    if evidence.pages < FEWEST_PAGES or page.has_places:
        return ()
    forest = load_memory_forest()
    rows = stack(memory_features(page, evidence), forest.names)
    log_odds = page.log_odds * LOG_ODDS_STEP + forest.log_odds(rows)
    return tuple(in_steps(log_odds).tolist())


def in_steps(log_odds: Floats) -> Ints:
    """Return log odds in steps of LOG_ODDS_STEP, as coarse as they are kept.

    >>> in_steps(np.array([-7.0, -0.1, 0.0, 0.9, 1.1])).tolist()
    [-20, -4, 4, 4, 12]
    """
    steps = np.floor(log_odds / (LOG_ODDS_STEP * COARSE)) * COARSE + COARSE // 2
    return np.asarray(np.clip(steps, -FURTHEST, FURTHEST), np.int64)


def recall_scores(memory: Sequence[int], words: Sequence[int]) -> Scored:
    """Return the scores of a document's blocks by the memory of its site; they have no reasons.

    `words` has the number of words of each block.
    """
    log_odds = np.array(memory, np.float64) * LOG_ODDS_STEP
    return Scored(
        "flat",
        score_log_odds(log_odds, np.array(words, np.float64)),
        np.zeros((0, 0), np.float32),
        log_odds,
        True,
    )
