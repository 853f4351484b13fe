"""The days that an article names: dates with or without a year, and weekdays before its publication."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names

from transforms.language.dates import BEFORE_NUMBER, MONTH
from transforms.language.months import LANGUAGES, month_numbers, month_of
from transforms.language.scripts import UNSPACED
from transforms.stories.sounds import strip_ending

NAMED = re.compile(
    rf"\b(?:{BEFORE_NUMBER}(?P<name>{MONTH})\.?\s+(?P<day>\d\d?)|(?P<day_first>\d\d?)(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|of\s+)?"
    rf"(?P<name_after>{MONTH}))\b"
)
NUMBERED = re.compile(r"(?P<month>\d\d?)\s?月\s?(?P<day>\d\d?)\s?日")
DAY_ALONE = re.compile(r"(?<![\d月年])(?P<day>\d\d?)日(?!本)")
WORD = re.compile(r"[^\W\d_]+(?:-feira)?")
DAYS_BACK = 7


def named_days(text: str, language: str, published: date | None) -> frozenset[str]:
    """Return the days that a text names, as month and day.

    >>> sorted(named_days("On May 3 the court met, and on Tuesday it ruled.", "en", date(2024, 5, 22)))
    ['05-03', '05-21']
    """
    return frozenset([*_written(text), *(_weekdays(text, language, published) if published else ())])


def _written(text: str) -> Iterator[str]:
    for match in NAMED.finditer(text):
        month = month_of(match["name"] or match["name_after"])
        yield f"{month:02}-{int(match['day'] or match['day_first']):02}"
    for match in NUMBERED.finditer(text):
        yield f"{int(match['month']):02}-{int(match['day']):02}"


def _weekdays(text: str, language: str, published: date) -> Iterator[str]:
    """Yield the days that a weekday or a day without a month means in an article of that day."""
    for number in _weekdays_named(text, language):
        yield f"{published - timedelta((published.weekday() - number) % DAYS_BACK):%m-%d}"
    if language in UNSPACED:
        for match in DAY_ALONE.finditer(text):
            if (back := (published.day - int(match["day"]))) in range(DAYS_BACK):
                yield f"{published - timedelta(back):%m-%d}"


def _weekdays_named(text: str, language: str) -> set[int]:
    names = _weekday_numbers(language)
    if language in UNSPACED:
        return {number for name, number in names.items() if name in text}
    words = {strip_ending(word, language) for word in WORD.findall(text.casefold())}
    return {names[word] for word in words & names.keys()}


@cache
def _weekday_numbers(language: str) -> dict[str, int]:
    """Return the names of the weekdays in a language, from Unicode's locale data (CLDR)."""
    if language not in {*LANGUAGES, *UNSPACED}:
        return {}
    names = get_day_names("wide", "format", language)
    found = {strip_ending(name.casefold(), language): number for number, name in names.items()}
    if language == "pt":
        found |= {name.removesuffix("-feira"): number for name, number in found.items()}
    if language == "zh":
        found |= {name.replace("星期", "周"): number for name, number in found.items()}
    return found


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Return the names of months and weekdays, case folded."""
    return frozenset([*month_numbers(), *_weekday_numbers(language)])
