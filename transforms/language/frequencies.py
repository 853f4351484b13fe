"""How often words are used in a language at large, by the word lists of wordfreq."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module


@cache
def word_frequencies(language: str) -> Mapping[str, float]:
    """Return the share of each word in a language's texts; those of English where there is no list.

    The words are case folded. The lists are the small ones, of words that are one in a million or more.

    >>> word_frequencies("de")["mittwoch"] > word_frequencies("de")["hallenbad"] > 1e-6
    True
    """
    # Its import takes 0.1 s, and more the deeper the stack is, since it looks at the whole of it.
    with ThreadPoolExecutor(1) as shallow:
        wordfreq = shallow.submit(import_module, "wordfreq").result()
    listed = language if language in wordfreq.available_languages("small") else "en"
    frequencies: Mapping[str, float] = wordfreq.get_frequency_dict(listed, "small")
    return frequencies
