"""How rare a word is in its language at large, by the word lists of wordfreq.

The lists are fixed, so that one article's place does not depend on which others the warehouse holds.
"""

import math

from transforms.language.frequencies import word_frequencies

# On the Zipf scale (log10 of occurrences in a thousand million words) 6 is a word of every text, such
# as "people" or "year"; the small lists of wordfreq end at 3, one in a million.
COMMON, RARE = 6.0, 3.0
LONGEST_WORD = 4  # characters of a word of Chinese or Japanese
UNKNOWN_COST = 20.0  # of a character that is in no word of the list; e**-20 is rarer than the list's end


def rarity(word: str, language: str) -> float:
    """Return how rare a case-folded word is, from 0 (in every text) to 1 (in no list).

    >>> rarity("the", "en"), rarity("zubeldia", "en"), 0.4 < rarity("ferry", "en") < 0.9
    (0.0, 1.0, True)
    """
    frequency = word_frequencies(language).get(word)
    if not frequency:
        return 1.0
    return min(1.0, max(0.0, (COMMON - math.log10(frequency * 1e9)) / (COMMON - RARE)))


def split_unspaced(run: str, language: str) -> list[str]:
    """Return the words of a run of Han or kana, as the likeliest of all ways to split it.

    >>> split_unspaced("法院判处部长监禁", "zh")
    ['法院', '判处', '部长', '监禁']
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - LONGEST_WORD), end)
        best.append(min((best[start][0] + _cost(run[start:end], language), start) for start in starts))
    words, end = [], len(run)
    while end:
        words.append(run[best[end][1] : end])
        end = best[end][1]
    return words[::-1]


def _cost(word: str, language: str) -> float:
    frequency = word_frequencies(language).get(word)
    if frequency:
        return -math.log(frequency)
    return UNKNOWN_COST if len(word) == 1 else math.inf
