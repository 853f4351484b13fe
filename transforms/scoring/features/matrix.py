"""All features of the blocks of a document, in one matrix."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from transforms.blocks.block import Block
from transforms.scoring.features.context import context_features, prose_words
from transforms.scoring.features.lines import line_features
from transforms.scoring.features.other_extractor import vote_features
from transforms.scoring.features.tokens import Floats, words_of
from transforms.scoring.features.tree import tree_features


def text_columns(texts: Sequence[str]) -> dict[str, Floats]:
    """Return what the text of the lines shows, a column a feature; the same for every source."""
    tokens, characters = words_of(texts)
    columns = line_features(texts, tokens, characters)
    return columns | context_features(columns, tokens)


def page_columns(blocks: Sequence[Block], vote: str | None) -> dict[str, Floats]:
    """Return what the text and the tree of a page show, and what another extractor kept of it."""
    texts = [block.text for block in blocks]
    columns = text_columns(texts)
    columns |= tree_features(blocks, columns, prose_words(columns))
    return columns if vote is None else columns | vote_features(texts, vote)


def stack(columns: dict[str, Floats], names: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the named columns side by side, a row a block."""
    rows = np.empty((len(columns[names[0]]), len(names)), np.float32)
    for number, name in enumerate(names):
        rows[:, number] = columns[name]
    return rows
