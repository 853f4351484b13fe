"""What the overview asks people to look at: true, the worst first, and nothing twice."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from flows.reports.pages.attention import find_attention

NOW = datetime.now(UTC)


def nights(*ages, **changes):
    """Return runs that began so many days ago, the last of them changed."""
    run = {
        "run_id": "r",
        "status": "completed",
        "detail": None,
        "captures_seen": 3,
        "documents_loaded": 3,
    }
    run |= {"documents_unchanged": 0, "documents_quarantined": 0}
    return [
        run | {"started_at": NOW - timedelta(days=age)} | (changes if not i else {})
        for i, age in enumerate(ages)
    ]


def failed(suite, name, *told):
    row = {
        "suite": suite,
        "expectation": name,
        "column_name": "",
        "severity": "warning",
        "observed": "0.9",
    }
    return row | {"element_count": None, "unexpected_count": None, "sample": json.dumps(told)}


def site(name, *counts, silent=0):
    return {
        "site": name, "nights": list(counts), "usual": 5, "silent": silent, "last_came_at": NOW,
    }  # fmt: skip


def test_a_good_night_asks_for_nothing():
    assert find_attention(nights(0, 1, 2), [], [site("a.example", 5, 5, 5)], []) == []


def test_texts_without_an_address_are_not_named_as_an_outlet():
    told = failed("history", "volume_is_usual", "without an address: 40 articles, usually about 4")
    (item,) = find_attention(nights(0, 1, 2), [told], [], [])
    assert item.title == "Captures without an address brought an unusual number of articles"


def test_the_worst_comes_first():
    found = find_attention(
        nights(0, status="refused", detail="97% hold no article"),
        [failed("batch", "titles_are_missing")],
        [site("a.example", 5, 5, 5, 0, 0, silent=2)],
        [{"reason": "no_article", "captures": 2}],
    )
    assert [item.level for item in found] == ["bad", "warn", "warn", "todo"]
    assert found[0].title == "The batch was refused"


def test_a_silent_site_is_told_once():
    told = failed("history", "volume_is_usual", "a.example: 0 articles, usually about 5 (of 28 runs)")
    found = find_attention(nights(0), [told], [site("a.example", 5, 5, 5, 0, 0, silent=2)], [])
    assert [item.title for item in found] == ["a.example has been silent for 2 nights"]


def test_a_silent_site_is_told_with_the_day_on_which_it_last_came():
    last = datetime(2026, 11, 23, 3, tzinfo=UTC)
    row = site("a.example", 5, 5, 5, 0, 0, silent=2) | {"last_came_at": last}
    (item,) = find_attention(nights(0), [], [row], [])
    assert item.text == "Nothing since 23 Nov. It usually brings about 5 articles a night."


@pytest.mark.parametrize(
    ("ages", "title"), [((5, 6, 7, 8, 9), "No run for 5 days"), ((2, 3, 4, 5, 6), None)]
)
def test_runs_that_do_not_come_are_missed(ages, title):
    found = find_attention(nights(*ages), [], [], [])
    assert [item.title for item in found] == ([title] if title else [])


def test_a_weekly_schedule_is_not_overdue_after_a_week():
    assert find_attention(nights(8, 15, 22, 29, 36), [], [], []) == []
