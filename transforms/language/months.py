"""Names of the months in all languages of the reference data, from CLDR (by Babel)."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

from babel.dates import get_month_names

from transforms.language.span import match_key

# The languages of the reference data and some more, without Chinese, Japanese and Korean, whose months
# are numbers.
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "el", "ar", "id", "tr", "sv", "da", "nb", "fi",
    "cs", "ro", "uk",
)  # fmt: skip
# Of these only the full names: the short ones are words elsewhere ("pro" is December in Croatian).
FULL_NAMES_ALONE = (
    "he", "hi", "hu", "bg", "hr", "sr", "sr_Latn", "mk", "sk", "sl", "ca", "lt", "et", "fa", "bn", "vi",
)  # fmt: skip
CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
EXTRA = {"sept": 9}  # used by English newspapers, not in CLDR


def month_of(name: str) -> int:
    """Return the number of the month that a pattern of month names has found, in any case.

    >>> month_of("NİSAN"), month_of("KASIM")
    (4, 11)
    """
    return _by_key()[match_key(name)]


@cache
def _by_key() -> dict[str, int]:
    return {match_key(name): number for name, number in month_numbers().items()}


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month name and abbreviation, case folded and without dots.

    >>> [month_numbers()[name] for name in ("may", "sept", "março", "августа")]
    [5, 9, 3, 8]
    """
    names = dict(EXTRA)
    for language in (*LANGUAGES, *FULL_NAMES_ALONE):
        for number, name in _names_of(language):
            names.setdefault(name.casefold().rstrip("."), number)
    return {name: number for name, number in names.items() if not name.isdigit() and len(name) > 2}


def _names_of(language: str) -> Iterator[tuple[int, str]]:
    """Yield the names of the months in a language, full ones first."""
    for context in CONTEXTS:
        yield from get_month_names("wide", context, language).items()
        if language in LANGUAGES:
            yield from get_month_names("abbreviated", context, language).items()
