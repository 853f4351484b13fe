"""Whether what was kept of a document is an article at all: refuse it, keep it in doubt, or keep it."""

from collections.abc import Iterable

from transforms.judging.judged import Judged
from transforms.language.words import count_words

FEWEST_WORDS = 5  # of which less remains, that is no article
# The score of the surest kept block. docs/cleaning.md has the share of pages with and without an
# article that lie below each.
REFUSED, DOUBTFUL = 0.55, 0.7


def find_surest(judged: Iterable[Judged]) -> float:
    """Return the score of the surest kept block, 0 if none is kept."""
    return max((one.score for one in judged if one.is_kept), default=0.0)


def is_refused(text: str, surest: float) -> bool:
    """Return True if a kept text is no article.

    >>> is_refused("Nothing found", 0.9), is_refused("Apps were closed on Monday, says Qiao.", 0.6)
    (True, False)
    """
    return surest < REFUSED or count_words(text) < FEWEST_WORDS


def find_doubt(surest: float) -> str | None:
    """Return why a kept text may be no article, or None if nothing speaks against it.

    >>> find_doubt(0.62), find_doubt(0.95)
    ('no block is surely main text (highest score 0.62)', None)
    """
    if surest >= DOUBTFUL:
        return None
    return f"no block is surely main text (highest score {surest:.2f})"
