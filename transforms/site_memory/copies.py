"""Find the documents of a site that are one article: they must not vouch for each other's lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from transforms.scoring.features.characters import Ints
from transforms.site_memory.page_lines import PageLines

# Of the words of the shorter text, also in other pages: a second capture shares nearly all, an article
# that quotes another less than this.
COPIED = 0.5
# A line on more pages than two, and than this share of all, is no sign of a copy: a notice that the
# labeller takes for text on every page would make all pages copies of each other.
COMMON = 0.25
Texts = dict[int, int]  # the words of each line by the digest of its text


def group_copies(pages: Sequence[PageLines], addresses: Sequence[str]) -> Ints:
    """Return a number for each page; those of one article have the same.

    Pages of one article have the same address, or share most of the words that the labeller takes for
    main text.
    """
    leader = list(range(len(pages)))
    mains = _main_texts(pages)
    for one, other in combinations(range(len(pages)), 2):
        if addresses[one] == addresses[other] or _is_copy(mains[one], mains[other]):
            first, last = sorted((_find(leader, one), _find(leader, other)))
            leader[last] = first
    found: Ints = np.unique([_find(leader, n) for n in range(len(pages))], return_inverse=True)[1]
    return found


def _find(leader: list[int], n: int) -> int:
    while leader[n] != n:
        n = leader[n]
    return n


def _main_texts(pages: Sequence[PageLines]) -> list[Texts]:
    """Return the main text of each page, without lines that are common on the site if any others are."""
    standing = Counter(text for page in pages for text in set(page.texts.tolist()))
    limit = max(2, COMMON * len(pages))
    found = []
    for page in pages:
        is_main = page.log_odds >= 0
        main = dict(zip(page.texts[is_main].tolist(), page.words[is_main].tolist(), strict=True))
        rare = {text: words for text, words in main.items() if standing[text] <= limit}
        found.append(rare if any(rare.values()) else main)
    return found


def _is_copy(one: Texts, other: Texts) -> bool:
    shared = sum(words for text, words in one.items() if text in other)
    return shared >= COPIED * max(1, min(sum(one.values()), sum(other.values())))
