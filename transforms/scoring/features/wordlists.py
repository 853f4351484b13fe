"""Word lists for features: function words by language, and words of boilerplate phrases."""

import re
from collections import Counter, defaultdict
from functools import cache

from transforms.language.reference import read_column, read_reference

# The two kinds of boilerplate that single words show: offers and legal text, and navigation.
OFFERS = frozenset(("legal", "advert", "comment_prompt", "sidebar"))
WAYS = frozenset(("share", "navigation", "related"))
LEAST_PHRASES = 2  # a word in only one phrase can be there by chance
LONGER_WORD = re.compile(r"[^\W\d_]{3,}")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages whose function words are listed."""
    return tuple(sorted(read_column("stopwords", "language")))


@cache
def stop_word_languages() -> dict[str, frozenset[str]]:
    """Return the function words, each with the languages that have it.

    >>> "en" in stop_word_languages()["the"], "crackdown" in stop_word_languages()
    (True, False)
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_reference("stopwords"):
        found[row["word"]].add(row["language"])
    return {word: frozenset(of) for word, of in found.items()}


@cache
def boilerplate_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of boilerplate phrases of offers and legal text, and of navigation.

    >>> offers, ways = boilerplate_words()
    >>> "cookies" in offers, "cookies" in ways, "crackdown" in offers
    (True, False, False)
    """
    return _words_of_roles(OFFERS), _words_of_roles(WAYS)


def _words_of_roles(roles: frozenset[str]) -> frozenset[str]:
    phrases = (row["phrase"] for row in read_reference("phrases") if row["role"] in roles)
    counts = Counter(word for phrase in phrases for word in LONGER_WORD.findall(phrase))
    return frozenset(word for word, count in counts.items() if count >= LEAST_PHRASES)
