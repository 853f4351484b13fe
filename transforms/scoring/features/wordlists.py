"""What the reference lists know of a single word."""

import re
from collections import defaultdict
from functools import cache

from transforms.language.reference import read_column, read_reference

# The two kinds of boilerplate that words give away: offers and fine print, and ways to go elsewhere.
OFFERS = frozenset(("legal", "advert", "comment_prompt", "sidebar"))
WAYS = frozenset(("share", "navigation", "related"))
LEAST_PHRASES = 2  # a word of one phrase alone may be there by chance
LONGER_WORD = re.compile(r"[^\W\d_]{3,}")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages whose function words are listed."""
    return tuple(sorted(read_column("stopwords", "language")))


@cache
def stop_word_masks() -> dict[str, int]:
    """Return the function words, each with a bit for each language that has it.

    >>> stop_word_masks()["the"] > 0, "crackdown" in stop_word_masks()
    (True, False)
    """
    bits = {language: 1 << number for number, language in enumerate(languages())}
    masks: dict[str, int] = defaultdict(int)
    for row in read_reference("stopwords"):
        masks[row["word"]] |= bits[row["language"]]
    return dict(masks)


@cache
def boilerplate_words() -> dict[str, int]:
    """Return the words of set phrases: 1 for offers and fine print, 2 for ways to go elsewhere, 3 both.

    >>> boilerplate_words()["cookies"], "crackdown" in boilerplate_words()
    (1, False)
    """
    uses: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in read_reference("phrases"):
        for word in LONGER_WORD.findall(row["phrase"]):
            uses[word][0] += row["role"] in OFFERS
            uses[word][1] += row["role"] in WAYS
    masks = {
        word: (offers >= LEAST_PHRASES) + 2 * (ways >= LEAST_PHRASES)
        for word, (offers, ways) in uses.items()
    }
    return {word: mask for word, mask in masks.items() if mask}
