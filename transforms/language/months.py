"""Names of the months, from Unicode's locale data (CLDR, by Babel)."""

from functools import cache

from babel.dates import get_month_names

# The languages that the reference data covers and some more; Chinese, Japanese and Korean have numbers.
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "el", "ar", "id", "tr", "sv", "da", "nb", "fi",
    "cs", "ro", "uk",
)  # fmt: skip
EXTRA = {"sept": 9}  # English newspapers' own


@cache
def month_numbers() -> dict[str, int]:
    """Return month names and abbreviations, case folded and without dots, with their numbers.

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
