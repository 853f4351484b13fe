"""Read absolute dates as pages write them; ambiguous and impossible ones are rejected."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from transforms.language.alternatives import any_of
from transforms.language.calendars import to_gregorian
from transforms.language.months import month_numbers, month_of
from warehouse.schema.vocabulary import DateSource, Precision

MONTH = f"(?i:{any_of(month_numbers())})"
# Before a month that a number must follow: most words are ruled out without a look at the names.
BEFORE_NUMBER = r"(?=\S{1,20}+\s++\d)"
LATEST_SHORT_YEAR = 60  # 60 is 2060, 61 is 1961
YEAR = "(?:19|20)[0-9]{2}"
IS_YEAR = re.compile(YEAR)
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<year>{YEAR})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
        rf"(?<!\d)(?P<year>{YEAR})\s*[年년]\s*(?P<month>\d\d?)\s*[月월]\s*(?P<day>\d\d?)\s*[日일]",
        rf"\b{BEFORE_NUMBER}(?P<name>{MONTH})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>{YEAR})\b",
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|of\s+|ב)?"
        rf"(?P<name>{MONTH})\.?,?\s+(?:de\s+|năm\s+)?(?P<year>{YEAR})\b",
        rf"(?<![\d-])(?P<day>\d\d?)-(?P<name>{MONTH})-(?P<year>{YEAR})(?!\d)",
        rf"(?<!\d)(?P<year>{YEAR})(?:\.|\sm\.)?\s+(?P<name>{MONTH})\s+(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>{YEAR})(?!\d)",
        r"(?<![\d.])(?P<day>[0-3]\d)\.(?P<month>[01]\d)\.(?P<short_year>\d\d)(?![\d.]\d|\d)",
        rf"(?<![\d/])(?:(?P<one>\d\d?)/(?P<two>\d\d?)/(?P<year>{YEAR})(?!\d)|"
        r"(?P<first>[0-3]\d)/(?P<second>[0-3]\d)/(?P<short_year>\d\d)(?![\d/]))",
    )
)
SLASHED = PATTERNS[-1]
# Each date has a year of four digits, or two numbers before one of two; most lines have neither.
YEARS = re.compile(r"(?:19|20)[0-9]{2}|[0-3]\d[./][0-3]\d[./]\d\d")
# What may stand beside the date in a line of its own: a time, its zone, a word or two ("Publié le").
TIME = re.compile(r"\b\d{1,2}\s?(?:[:.]|h|Uhr)\s?\d{0,2}\b|\b[A-Z]{2,4}\b")
MOST_BESIDE = 3
# A line that consists of a month and a year: "November 2015", "Published: mai 2014".
MONTH_ALONE = re.compile(
    rf"(?:\w+\s?:\s?|\w+\s)?(?:(?P<name>{MONTH})\.?,?\s+(?:de\s+)?(?P<year>{YEAR})|"
    rf"(?P<year_first>{YEAR})\s?(?:年|-|/)\s?(?P<month>0?[1-9]|1[0-2])\s?月?)"
)
STAMP = re.compile(r"(?P<year>(?:19|20)\d\d)-?(?P<month>\d\d)-?(?P<day>\d\d)(?!\d)")
YEAR_ALONE = re.compile(rf"(?P<year>{YEAR})年?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and its precision; for a month or a year, `on` is the first day."""

    on: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Published:
    """The date of publication, its precision and its source."""

    on: date
    precision: Precision
    source: DateSource


def find_date(text: str, month_first: bool | None = None) -> date | None:
    """Return the first full date in a text, or None.

    "03/04/2014" is ambiguous and ignored unless `month_first` is given; "14/03/2014" is not ambiguous.

    >>> find_date("Posted on March 14, 2014 by Lu"), find_date("03/04/2014"), find_date("14/03/2014")
    (datetime.date(2014, 3, 14), None, datetime.date(2014, 3, 14))
    >>> find_date("03-Jun-2019 06:12PM")
    datetime.date(2019, 6, 3)
    >>> find_date("03/04/2014", month_first=True)
    datetime.date(2014, 3, 4)
    """
    text = to_gregorian(text)
    if not YEARS.search(text):
        return None
    found = [match for pattern in PATTERNS if (match := pattern.search(text))]
    return _to_date(min(found, key=lambda match: match.start()), month_first) if found else None


def find_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of all full dates in a text, in order.

    >>> find_spans("From March 14, 2014 to 2014-05-30")
    [(5, 19), (23, 33)]
    """
    if not YEARS.search(text):
        return []
    return sorted(match.span() for pattern in PATTERNS for match in pattern.finditer(text))


def read_partial(text: str) -> Dated | None:
    """Return the month or year if a text consists of it, with at most one word before it.

    >>> read_partial("November 2015"), read_partial("in 2015, it grew")
    (Dated(on=datetime.date(2015, 11, 1), precision='month'), None)
    """
    if found := MONTH_ALONE.fullmatch(text.strip()):
        month = month_of(found["name"]) if found["name"] else int(found["month"])
        return Dated(date(int(found["year"] or found["year_first"]), month, 1), "month")
    if found := YEAR_ALONE.fullmatch(text.strip()):
        return Dated(date(int(found["year"]), 1, 1), "year")
    return None


def read_stamp(
    text: str | None, month_first: bool | None = None, zone: ZoneInfo | None = None
) -> Dated | None:
    """Return the day, month or year in a time stamp or a written date.

    In a `zone`, the day of a stamp with an offset from UTC is the day there.

    >>> stamps = ("2014-05-30T09:15:00+08:00", "May 30, 2014", "20140530")
    >>> [str(read_stamp(stamp).on) for stamp in stamps]
    ['2014-05-30', '2014-05-30', '2014-05-30']
    >>> [read_stamp(stamp) and read_stamp(stamp).precision for stamp in ("2014-05", "2014", "soon")]
    ['month', 'year', None]
    """
    if not text:
        return None
    if zone and (moment := _read_moment(text.strip())):
        return Dated(moment.astimezone(zone).date(), "day")
    stamp = STAMP.match(text.strip())
    day = _to_date(stamp, None) if stamp else find_date(text, month_first)
    return Dated(day, "day") if day else read_partial(text)


def _read_moment(text: str) -> datetime | None:
    """Return the time of a stamp that says its offset from UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    is_sure = moment.tzinfo is not None and 1900 < moment.year < 2100
    return moment if is_sure else None


def is_date_alone(text: str) -> bool:
    """Return True if a line is a date with at most a time and some words beside it.

    >>> [is_date_alone(line) for line in ("15 marca 2024 r.", "31/08/24 00:15", "04/09/2024 às 09h12")]
    [True, True, True]
    >>> is_date_alone("On March 14, 2014, the court ruled in the case.")
    False
    """
    for pattern in PATTERNS if YEARS.search(text) else ():
        if found := pattern.search(text):
            beside = TIME.sub("", text[: found.start()] + " " + text[found.end() :])
            return len(re.findall(r"[^\W\d_]+", beside)) <= MOST_BESIDE
    return False


def order_of_dates(lines: Iterable[str]) -> bool | None:
    """Return True if a page's dates have the month first ("03/14/2014"), or None if that is unclear.

    >>> order_of_dates(["3/4/2014", "3/24/2014"]), order_of_dates(["3/4/2014"])
    (True, None)
    """
    slashed = (found for line in lines if "/" in line for found in SLASHED.finditer(line))
    pairs = [_slashed(found.groupdict()) for found in slashed]
    month_first, day_first = any(b > 12 >= a for a, b in pairs), any(a > 12 >= b for a, b in pairs)
    return None if month_first == day_first else month_first


@cache
def month_comes_first(language: str) -> bool | None:
    """Return True if a language puts the month before the day, None if it is not known.

    >>> month_comes_first("en-gb"), month_comes_first("en"), month_comes_first("xx")
    (False, True, None)
    """
    try:
        pattern = str(Locale.parse(language, sep="-").date_formats["short"].pattern)
    except (ValueError, UnknownLocaleError):
        return None
    return pattern.index("M") < pattern.index("d")


def _to_date(match: re.Match[str], month_first: bool | None) -> date | None:
    parts = match.groupdict()
    if "one" in parts:
        one, two = _slashed(parts)
        is_open = (one > 12) == (two > 12) and one != two
        if is_open and month_first is None:
            return None
        day, month = (two, one) if (month_first if is_open else two > 12) else (one, two)
    else:
        name = parts.get("name")
        month = month_of(name) if name else int(parts["month"])
        day = int(parts["day"])
    try:
        return date(_year(parts), month, day)
    except ValueError:
        return None


def _slashed(parts: Mapping[str, str]) -> tuple[int, int]:
    """Return the two numbers before the year of a date with slashes."""
    return int(parts["one"] or parts["first"]), int(parts["two"] or parts["second"])


def _year(parts: Mapping[str, str]) -> int:
    if parts.get("year"):
        return int(parts["year"])
    short = int(parts["short_year"])
    return short + (1900 if short > LATEST_SHORT_YEAR else 2000)
