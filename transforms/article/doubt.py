"""Whether what was kept of a document is an article at all: refuse it, keep it in doubt, or keep it."""

from collections.abc import Iterable

from transforms.judging.judged import Judged
from transforms.judging.rules import HEADING_BEFORE_PROSE, LIST_ITEM_IN_ARTICLE, PARAGRAPH_IN_ARTICLE
from transforms.language.words import count_words

# The score of the surest kept block. Below it an article is in doubt.
DOUBTFUL = 0.7
# A text with fewer words is no article. docs/cleaning.md has the share of pages with and without an
# article that are refused.
FEWEST_WORDS, FEWEST_IN_DOUBT = 5, 50
# Kept for the prose beside them.
KEPT_FOR_OTHERS = (HEADING_BEFORE_PROSE, LIST_ITEM_IN_ARTICLE, PARAGRAPH_IN_ARTICLE)


def find_surest(judged: Iterable[Judged]) -> float:
    """Return the score of the surest block that is kept for its score, 0 if there is none."""
    kept = (one for one in judged if one.is_kept and one.rule not in KEPT_FOR_OTHERS)
    return max((one.score for one in kept), default=0.0)


def is_refused(text: str, surest: float) -> bool:
    """Return True if a kept text is no article: it has hardly a word, or is short and in doubt.

    >>> text = "Apps were closed on Monday, says Qiao."
    >>> is_refused("Nothing found", 0.9), is_refused(text, 0.9), is_refused(text, 0.65)
    (True, False, True)
    """
    fewest = FEWEST_IN_DOUBT if surest < DOUBTFUL else FEWEST_WORDS
    return count_words(text) < fewest


def find_doubt(surest: float) -> str | None:
    """Return why a kept text may be no article, or None if nothing speaks against it.

    >>> find_doubt(0.62), find_doubt(0.95)
    ('no block is surely main text (highest score 0.62)', None)
    """
    if surest >= DOUBTFUL:
        return None
    return f"no block is surely main text (highest score {surest:.2f})"
