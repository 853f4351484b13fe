"""Dates of other calendars and digits as Gregorian dates in Western digits.

Read are years of Japanese eras and of the Republic of China, Thai dates in Buddhist years, and Persian
dates. What is not read stays as it is, so that it is no date rather than a wrong one.
"""

import re
import unicodedata
from datetime import date, timedelta

from babel.dates import get_month_names

ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
}  # the year before the first
REPUBLIC = 1911
BUDDHIST = 543
ERA_YEAR = re.compile(rf"(?P<era>{'|'.join(ERAS)})\s?(?P<year>元|[0-9]{{1,2}})\s?年")
REPUBLIC_YEAR = re.compile(r"(?:中華民國|中华民国|民國|民国)\s?(?P<year>元|[0-9]{1,3})\s?年")
ANY_DIGIT = re.compile(r"\d")
DIGIT = re.compile(r"(?![0-9])\d")
PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
PERSIAN_DATE = re.compile(
    rf"(?<!\d)(?P<day>\d\d?)\s+(?P<month>{'|'.join(PERSIAN_MONTHS)})"
    r"\s+(?P<year>1[2-4]\d\d)(?!\d)"
)
OF_OUR_ERA = re.compile(r"(?<=[12]\d\d\d)\s?م(?!\w)")  # Arabic: 2014م, beside years of the Hijra
PERSIAN_CYCLE_YEARS = 33
PERSIAN_LEAP_YEARS = (1, 5, 9, 13, 17, 22, 26, 30)  # in a cycle; so it is from 1178 to 1633
PERSIAN_START = date(2014, 3, 21)  # the first day of the year below
PERSIAN_START_YEAR = 1393


def to_gregorian(text: str) -> str:
    """Return a text with the dates of other calendars written as Gregorian ones.

    >>> to_gregorian("令和6年3月5日"), to_gregorian("中華民國113年3月5日"), to_gregorian("6 มิถุนายน 2554")
    ('2024年3月5日', '2024年3月5日', '2011-06-06')
    >>> to_gregorian("۱۵ اسفند ۱۴۰۲"), to_gregorian("٥ مارس ٢٠٢٤م")
    ('2024-03-05', '5 مارس 2024')
    """
    if text.isascii() or not ANY_DIGIT.search(text):  # a date without digits is not read
        return text
    text = DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    text = ERA_YEAR.sub(lambda found: f"{ERAS[found['era']] + _year(found)}年", text)
    text = REPUBLIC_YEAR.sub(lambda found: f"{REPUBLIC + _year(found)}年", text)
    text = THAI_DATE.sub(_from_thai, text)
    text = OF_OUR_ERA.sub("", text)
    return PERSIAN_DATE.sub(_from_persian, text)


def _year(found: re.Match[str]) -> int:
    return 1 if found["year"] == "元" else int(found["year"])


def _thai_months() -> dict[str, int]:
    """Return the names of months in Thai, long and short."""
    return {
        name: number
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, "format", "th").items()
    }


THAI_MONTHS = _thai_months()
THAI_DATE = re.compile(
    rf"(?<!\d)(?P<day>\d\d?)\s*(?P<month>{'|'.join(map(re.escape, THAI_MONTHS))})\s*"
    r"(?:พ\.?\s?ศ\.?\s*)?(?P<year>2[45]\d\d)(?!\d)"
)


def _from_thai(found: re.Match[str]) -> str:
    year = int(found["year"]) - BUDDHIST
    return _iso(year, THAI_MONTHS[found["month"]], int(found["day"])) or found[0]


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_persian(found: re.Match[str]) -> str:
    year, day = int(found["year"]), int(found["day"])
    month = PERSIAN_MONTHS.index(found["month"])
    if not 1 <= day <= _days_in_month(year, month):
        return found[0]
    days = sum(map(_days_in_year, range(PERSIAN_START_YEAR, year)))
    days -= sum(map(_days_in_year, range(year, PERSIAN_START_YEAR)))
    days += sum(_days_in_month(year, earlier) for earlier in range(month)) + day - 1
    return (PERSIAN_START + timedelta(days)).isoformat()


def _days_in_month(year: int, month: int) -> int:
    """Return the days of a Persian month, counted from 0."""
    if month < 6:
        return 31
    return 30 if month < 11 else 29 + _is_leap(year)


def _days_in_year(year: int) -> int:
    return 365 + _is_leap(year)


def _is_leap(year: int) -> bool:
    return year % PERSIAN_CYCLE_YEARS in PERSIAN_LEAP_YEARS
