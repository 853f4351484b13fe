"""What word lists cannot say of a language, from the grammar.csv of its folder in seeds/languages/."""

from functools import cache

from transforms.language.reference import read_reference


@cache
def languages_with(trait: str) -> frozenset[str]:
    """Return the languages that have a trait.

    >>> sorted(languages_with("unspaced"))
    ['ja', 'zh']
    """
    return frozenset(row["language"] for row in read_reference("grammar") if row["trait"] == trait)
