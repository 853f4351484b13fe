"""Combine all features of the blocks of a document in one matrix."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from transforms.blocks.block import Block
from transforms.language.phrases import Phrase, find_phrases
from transforms.scoring.features.characters import Characters
from transforms.scoring.features.context_features import context_features, prose_words
from transforms.scoring.features.line_features import line_features
from transforms.scoring.features.other_extractor import vote_features
from transforms.scoring.features.tokens import Floats, Tokens, words_of
from transforms.scoring.features.tree_features import tree_features

Phrases = Sequence[Phrase | None]


def text_columns(texts: Sequence[str], phrases: Phrases | None = None) -> dict[str, Floats]:
    """Return the features of the lines' text by name; they are the same for every kind of source.

    `phrases` is the result of `find_phrases` for the texts, if already computed.
    """
    return _read_columns(texts, *words_of(texts), phrases)


def _read_columns(
    texts: Sequence[str], tokens: Tokens, characters: Characters, phrases: Phrases | None
) -> dict[str, Floats]:
    known = find_phrases(texts) if phrases is None else phrases
    columns = line_features(known, tokens, characters)
    return columns | context_features(columns, tokens)


def page_columns(
    blocks: Sequence[Block], vote: str | None, phrases: Phrases | None = None
) -> dict[str, Floats]:
    """Return the features of a page's text and tree, and of another extractor's vote, by name."""
    texts = [block.text for block in blocks]
    tokens, characters = words_of(texts)
    columns = _read_columns(texts, tokens, characters, phrases)
    columns |= tree_features(blocks, columns, prose_words(columns))
    return columns if vote is None else columns | vote_features(tokens, vote)


def stack(columns: dict[str, Floats], names: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return a matrix of the named columns, one row a block."""
    rows = np.empty((len(columns[names[0]]), len(names)), np.float32)
    for number, name in enumerate(names):
        rows[:, number] = columns[name]
    return rows
