"""Score the blocks of a document by the probability that they are main text, and explain the scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from transforms.blocks.block import Block
from transforms.language.scripts import is_mostly_latin
from transforms.scoring.features.descriptions import describe
from transforms.scoring.features.matrix import Phrases, page_columns, stack, text_columns
from transforms.scoring.features.tokens import Floats
from transforms.scoring.forest import Forest, as_probabilities, mean_of, read_forest

ModelKind = Literal["flat", "fast", "best"]
ForestKind = ModelKind | Literal["half_vote"]
MODELS = Path(__file__).parent.parent.parent / "seeds" / "models"
# The cut is 0.5. A document without a clear main text still has one: if this share of its highest
# probability is lower than 0.5, so is the cut.
CUT, LEAST_OF_SUREST = 0.5, 0.55
REASONS = 3


@dataclass(frozen=True, slots=True)
class Contribution:
    """A feature's contribution to a block's score: its value, and its weight in log odds."""

    feature: str
    value: float
    weight: float

    @property
    def words(self) -> str:
        """Return the feature in words, with its value, and whether it raised or lowered the score."""
        return f"{'for' if self.weight > 0 else 'against'}: {describe(self.feature)} ({self.value:.3g})"


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of blocks (0.5 or more means keep), and the feature values to explain them."""

    kind: ForestKind
    scores: tuple[float, ...]
    rows: npt.NDArray[np.float32]
    log_odds: Floats  # before the scores are rescaled
    is_remembered: bool = False  # whether the memory of the site has corrected them

    def reasons(self, index: int, count: int = REASONS) -> tuple[Contribution, ...]:
        """Return the features with the largest contributions to a block's score, largest first."""
        forest = load_forest(self.kind)
        moved = forest.contributions(self.rows[index])
        most = np.argsort(-np.abs(moved), kind="stable")[:count]
        return tuple(
            Contribution(forest.names[n], float(self.rows[index, n]), float(moved[n])) for n in most
        )


@cache
def load_forest(kind: ForestKind) -> Forest:
    """Read a model: flat for text, fast for pages, best for pages with trafilatura's vote.

    `half_vote` is the mean of best and fast. trafilatura's rules know Western pages: in languages left
    out, the mean is better where the letters are not Latin, and worse where they are (docs/cleaning.md).
    """
    if kind == "half_vote":
        return mean_of(load_forest("best"), load_forest("fast"))
    return read_forest(MODELS / f"{kind}.npz")


def score_blocks(
    blocks: Sequence[Block], vote: str | None = None, phrases: Phrases | None = None
) -> Scored:
    """Score the blocks of one document; `vote` is the text that trafilatura kept of the page.

    `phrases` are the boilerplate phrases of the blocks, if already found.

    For blocks with markup, their place in the page's tree and the vote are features too. The score does
    not depend on the role of a block: a title is scored like any line, and usually low, since the
    main texts of the benchmark rarely contain it.
    """
    if not blocks:
        return Scored("flat", (), np.zeros((0, 0), np.float32), np.zeros(0))
    has_tree = all(block.markup for block in blocks)
    texts = [block.text for block in blocks]
    kind = _choose_forest(texts, vote is not None) if has_tree else "flat"
    columns = page_columns(blocks, vote, phrases) if has_tree else text_columns(texts, phrases)
    forest = load_forest(kind)
    rows = stack(columns, forest.names)
    log_odds = forest.log_odds(rows)
    return Scored(kind, score_log_odds(log_odds, columns["words"]), rows, log_odds)


def _choose_forest(texts: Sequence[str], has_vote: bool) -> ForestKind:
    if not has_vote:
        return "fast"
    return "best" if is_mostly_latin("".join(texts)) else "half_vote"


def score_log_odds(log_odds: Floats, words: Floats) -> tuple[float, ...]:
    """Return the scores of a document's blocks, given their log odds and their numbers of words."""
    return tuple(centre_on_cut(as_probabilities(log_odds), words).tolist())


def centre_on_cut(probabilities: Floats, words: Floats) -> Floats:
    """Rescale the probabilities of a document so that its cut is at 0.5; `words` are their numbers.

    >>> centre_on_cut(np.array([0.95, 0.5, 0.1]), np.array([50.0, 9.0, 2.0])).tolist()
    [0.95, 0.5, 0.1]
    >>> centre_on_cut(np.array([0.4, 0.22, 0.11]), np.array([50.0, 9.0, 2.0])).round(2).tolist()
    [0.62, 0.5, 0.25]
    >>> centre_on_cut(np.array([0.4, 0.22, 0.11]), np.array([9.0, 9.0, 90.0])).round(2).tolist()
    [0.64, 0.53, 0.33]
    """
    cut = _find_cut(probabilities, words)
    if cut in (0.0, CUT):
        return probabilities
    above = CUT + (probabilities - cut) * (1 - CUT) / (1 - cut)
    return np.where(probabilities >= cut, above, probabilities * CUT / cut)


def _find_cut(probabilities: Floats, words: Floats) -> float:
    """Return the probability from which the blocks of a document are kept.

    On a document without a clear main text it is half of the F1 of its words that can be expected, the
    cut at which that F1 is highest, if that is lower.
    """
    cut = LEAST_OF_SUREST * float(probabilities.max(initial=0.0))
    if cut >= CUT:
        return CUT
    order = np.argsort(-probabilities, kind="stable")
    kept, hits = np.cumsum(words[order]), np.cumsum((probabilities * words)[order])
    expected = 2 * hits / np.maximum(kept + hits[-1:], 1e-9)
    return min(cut, float(expected.max(initial=0.0)) / 2) or cut
