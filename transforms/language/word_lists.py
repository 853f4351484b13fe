"""Word lists by kind, for all languages together, from seeds/reference/word_lists.csv."""

from functools import cache

from transforms.language.cues import one_of
from transforms.language.reference import read_reference


@cache
def listed_words(kind: str) -> frozenset[str]:
    """Return the words of a kind.

    >>> "people" in listed_words("irregular_plural"), "cars" in listed_words("irregular_plural")
    (True, False)
    """
    return frozenset(row["form"] for row in read_reference("word_lists") if row["kind"] == kind)


@cache
def listed_pattern(kind: str) -> str:
    r"""Return a regular expression for any word of a kind; a space matches any white space.

    >>> import re
    >>> bool(re.fullmatch(listed_pattern("byline_opener"), "written\u00a0by"))
    True
    """
    return one_of(listed_words(kind)).replace("\\ ", r"\s+")
