"""Dates of other calendars: read rightly, or not at all."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.calendars import PERSIAN_MONTHS, to_gregorian
from transforms.language.dates import find_date

# From the tables of the calendars themselves.
KNOWN = {
    "令和元年5月1日": date(2019, 5, 1),
    "昭和62年11月3日": date(1987, 11, 3),
    "平成31年4月30日": date(2019, 4, 30),
    "民國113年3月5日": date(2024, 3, 5),
    "17 มิ.ย. 2559 06:56 น.": date(2016, 6, 17),
    "วันที่ 6 มิถุนายน พ.ศ. 2554": date(2011, 6, 6),
    "1 فروردین 1403": date(2024, 3, 20),
    "30 اسفند 1399": date(2021, 3, 20),
    "۲۲ بهمن ۱۳۵۷": date(1979, 2, 11),
    "٥ مارس ٢٠٢٤": date(2024, 3, 5),
    "१४/०३/२०२४": date(2024, 3, 14),
    "12 Mart 2024": date(2024, 3, 12),
    "3. toukokuuta 2021": date(2021, 5, 3),
}
NEVER = ("30 اسفند 1402", "31 มิถุนายน 2554", "令和6年13月5日", "2554-06-06", "民國113年2月30日")


@pytest.mark.parametrize("text", KNOWN)
def test_date_is_that_of_the_calendar(text):
    assert find_date(text) == KNOWN[text]


@pytest.mark.parametrize("text", NEVER)
def test_impossible_date_is_none(text):
    assert find_date(text) is None


def test_persian_days_follow_each_other():
    """Each day of the Persian calendar is the day behind the one before."""
    found = [
        date.fromisoformat(day)
        for year in range(1300, 1420)
        for month in PERSIAN_MONTHS
        for number in range(1, 32)
        if (day := to_gregorian(f"{number} {month} {year}"))[:2] in ("19", "20")
    ]
    assert all(two - one == timedelta(1) for one, two in pairwise(found))
    assert len(found) > 119 * 365


@given(st.text())
def test_text_without_dates_keeps_its_length(text):
    """Only digits change where there is no date, each to one digit."""
    if not any(sign in text for sign in "年"):
        assert len(to_gregorian(text)) == len(text)
