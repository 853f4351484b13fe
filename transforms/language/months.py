"""Names of the months in all languages of the reference data, from CLDR (by Babel)."""

from functools import cache

from babel.dates import get_month_names

from transforms.language.span import match_key

# The languages of the reference data and some more, without Chinese, Japanese and Korean, whose months
# are numbers.
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "el", "ar", "id", "tr", "sv", "da", "nb", "fi",
    "cs", "ro", "uk",
)  # fmt: skip
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
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return {name: number for name, number in names.items() if not name.isdigit() and len(name) > 2}
