"""What the memory of a site keeps of a document: a few numbers for each block."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

import numpy as np

from transforms.blocks.block import Block, Element
from transforms.language.phrases import normalise_lines
from transforms.language.words import count_words
from transforms.scoring.features.characters import Ints
from transforms.scoring.features.tokens import Floats

LOG_ODDS_STEP = 0.125  # log odds are kept in whole steps
MOST_STEPS = 100  # of log odds, to either side
MOST_BLOCKS = 3000  # of a document; no page of the benchmark has more, and each costs 20 bytes
NEAREST_ELEMENTS = 3  # of a block's path; those further up hold the number of the article


@dataclass(frozen=True, slots=True)
class PageLines:
    """The blocks of a document, an array each: digests, log odds by the model, numbers of words.

    `texts` are digests of the normalised texts (numbers count as one), `places` of the tags and class
    words around a block, 0 for text without markup. `log_odds` are in steps of LOG_ODDS_STEP.
    """

    texts: Ints
    places: Ints
    log_odds: Ints
    words: Ints

    @property
    def has_places(self) -> bool:
        """Return True if the document is a page with markup."""
        return bool(self.places.any())


def keep_lines(
    blocks: Sequence[Block], log_odds: Floats, words: Sequence[int] | None = None
) -> PageLines | None:
    """Return what is kept of a document, or None if it has no blocks or too many.

    `words` are the numbers of words of the blocks, if they are known.
    """
    if not 0 < len(blocks) == len(log_odds) <= MOST_BLOCKS:
        return None
    texts = [block.text for block in blocks]
    normals = zip(normalise_lines(texts), texts, strict=True)
    steps = np.clip(np.rint(log_odds / LOG_ODDS_STEP), -MOST_STEPS, MOST_STEPS)
    return PageLines(
        np.array([digest(normal or text) for normal, text in normals], np.int64),
        _places(blocks),
        steps.astype(np.int64),
        np.array([count_words(text) for text in texts] if words is None else words, np.int64),
    )


def digest(text: str) -> int:
    """Return a number of 64 bits for a text, the same on every machine.

    >>> digest("share this")
    -5611340977253458980
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


def _places(blocks: Sequence[Block]) -> Ints:
    """Return a digest of the nearest elements of each block, 0 without markup."""
    known: dict[Element, int] = {}
    for block in blocks:
        if block.markup and block.markup.element not in known:
            nearest = islice(block.markup.element.line(), NEAREST_ELEMENTS)
            path = "/".join(f"{element.tag}.{element.names}" for element in nearest)
            known[block.markup.element] = digest(path)
    return np.array([known[b.markup.element] if b.markup else 0 for b in blocks], np.int64)
