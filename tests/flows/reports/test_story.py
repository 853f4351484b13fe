"""Stories: which figures and quotations are put beside each other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reports.pages.figures import AROUND, CHARACTER, compare_figures, find_difference, spread
from flows.reports.pages.nights import fold_sites, with_nights
from flows.reports.pages.quotations import compare_quotes, find_disputed
from flows.reports.pages.story import draw_timeline

ARTICLES = {name: {"site": f"{name}.example"} for name in "abcd"}


def figure(article, value, text, sentence, unit="people", thing=None, bound=None, shared=None):
    return {
        "article_id": article, "value": float(value), "text": text, "sentence": sentence, "unit": unit,
        "entity_name": thing, "subject": None, "bound": bound, "unit_canonical": shared, "position": 0,
    }  # fmt: skip


def told(rows):
    return {(one["thing"], one["unit"]): one for one in compare_figures(rows, ARTICLES)}


def test_figures_of_nothing_named_are_compared_by_the_words_behind_them():
    found = told([
        figure("a", 9, "At least 9 people", "At least 9 people died, they said.", bound="at_least"),
        figure("b", 11, "Eleven people", "Eleven people died when the ferry sank."),
        figure("c", 12, "about 12 people", "It sank, and about 12 people  died.", bound="about"),
        figure("a", 180, "about 180 people", "It had about 180 people on board.", bound="about"),
        figure("b", 180, "180 people", "There were 180 people on board."),
    ])  # fmt: skip
    died, aboard = found["", "people died"], found["", "people on board"]
    assert (died["least"], died["most"], died["articles"], died["agrees"]) == (9.0, 12.0, 3, False)
    assert [row["shape"] for row in died["rows"]] == ["m", "e", "a"]
    assert aboard["agrees"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Twelve people died.", "Twelve people watched."),
        ("It had 12 people.", "It had 12 people, he said."),
        ("They saw 12 boats sinking.", "They saw 12 people sinking."),
        ("There were 12 people whose names are known.", "It had 12 people whose tickets were lost."),
    ],
)
def test_small_figures_of_other_things_are_not_compared(one, other):
    rows = [
        figure(name, 12, words, sentence, unit=words.split()[-1])
        for name, sentence in (("a", one), ("b", other))
        for words in [next(w for w in ("Twelve people", "12 people", "12 boats") if w in sentence)]
    ]
    assert told(rows) == {}


def test_a_figure_is_compared_where_most_articles_give_it():
    found = told([
        figure("a", 300, "300 people", "WeChat has 300 people online.", thing="WeChat"),
        figure("b", 355, "355 people", "WeChat has 355 people online.", thing="WeChat"),
        figure("c", 400, "400 people", "It has 400 people online."),
    ])  # fmt: skip
    assert found["", "people online"]["articles"] == 3


@pytest.mark.parametrize(
    ("one", "other", "told"), [(180, 212, "people on board: 180 to 212"), (7, 7, None)]
)
def test_the_list_of_stories_names_the_figure_on_which_articles_differ(one, other, told):
    rows = [
        figure(name, value, f"{value} people", f"It had {value} people on board.")
        for name, value in (("a", one), ("b", other))
    ]
    assert find_difference(rows, ARTICLES) == told


def test_large_figures_that_are_equal_are_the_same_in_every_language():
    found = compare_figures(
        [
            figure("a", 8e8, "800 million users", "There are 800 million users.", unit="users"),
            figure("b", 8e8, "800 Millionen Menschen", "800 Millionen Menschen.", unit="Menschen"),
            figure("c", 8e8, "8亿人", "8亿人", unit="人"),
            figure("d", 7e8, "700 million users", "There are 700 million users.", unit="users"),
        ],
        ARTICLES,
    )
    assert [(one["articles"], one["agrees"]) for one in found] == [(3, True)]
    assert found[0]["title"] == "800 million users, Menschen, 人"


def quote(article, text, speaker="Marit"):
    return {"article_id": article, "position": 0, "text": text, "speaker": speaker, "entity_id": None,
            "entity_name": None, "relayed_by": None}  # fmt: skip


LONG = "We heard a noise and then the lights went out at once"
SHORT = "We heard a noise, then the lights went"
DATED = {name: row | {"published_on": None} for name, row in ARTICLES.items()}


def test_a_quotation_is_shown_once_with_its_wordings_and_all_who_carry_it():
    quotes = [quote("a", LONG), quote("b", SHORT), quote("c", f"{SHORT}."), quote("d", LONG)]
    (found,) = compare_quotes(quotes, DATED)
    assert [one["text"] for one in found["wordings"]] == [LONG, SHORT]
    assert {row["article_id"] for row in found["credited"]} == {"a", "b", "c", "d"}
    assert not found["is_same"]
    assert not found["is_disputed"]


@pytest.mark.parametrize(
    ("one", "other", "speakers"),
    [
        ("Marit Solberg", "Elias Brandt", ["Marit Solberg", "Elias Brandt"]),
        ("Marit Solberg", "Solberg", None),
        ("Marit Solberg", None, None),
    ],
)
def test_words_credited_to_different_speakers_are_found(one, other, speakers):
    found = find_disputed([quote("a", LONG, one), quote("b", LONG, other)], DATED)
    assert [row["speakers"] for row in found] == ([speakers] if speakers else [])


def test_the_same_words_twice_at_one_outlet_are_no_comparison():
    twice = {name: {"site": "a.example", "published_on": None} for name in "ab"}
    assert compare_quotes([quote("a", LONG), quote("b", LONG)], twice) == []


def test_quotations_without_spaces_are_compared():
    words = "我们听到一声巨响然后灯就灭了"
    assert len(compare_quotes([quote("a", words), quote("b", f"{words}。")], DATED)) == 1


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), min_size=1, max_size=8))
def test_labels_of_a_level_never_overlap(labels):
    labels = sorted(labels)
    spans = [
        (level, at - (CHARACTER * length + AROUND) / 2, at + (CHARACTER * length + AROUND) / 2)
        for (at, length), level in zip(labels, spread(labels), strict=True)
    ]
    for i, (level, _, end) in enumerate(spans):
        assert all(end <= start for other, start, _ in spans[i + 1 :] if other == level)


def night(age, articles):
    return {"age": age, "articles": articles}


@pytest.mark.parametrize(
    ("nights", "silent"),
    [
        ([night(age, 4) for age in range(3, 15)], 2),
        ([night(age, 4) for age in range(2, 15)], 0),  # one night is a weekend
        ([night(14, 4)], 0),  # a site that came once was never expected again
        ([night(age, 4) for age in range(12, 15)], 0),
    ],
)
def test_only_a_site_that_brings_something_on_most_nights_falls_silent(nights, silent):
    row = {"site": "a.example", "nights": nights, "silent_for": min(one["age"] for one in nights)}
    assert with_nights(row, 14)["silent"] == silent


def test_units_of_two_languages_are_compared_by_what_they_have_in_common():
    rows = [
        figure("a", 300, "300 people", "300 people left.", "people", "Alm", "at_least", "people"),
        figure("b", 340, "340 Menschen", "340 Menschen gingen.", "Menschen", "Alm", None, "people"),
    ]
    (found,) = compare_figures(rows, ARTICLES)
    assert (found["unit"], found["agrees"]) == ("people", False)
    assert [row["shape"] for row in found["rows"]] == ["m", "e"]


@pytest.mark.parametrize("sites", ["ab", "aa"])
def test_a_story_and_the_list_of_disagreements_count_the_same_quotations(sites):
    articles = {
        name: {"site": site, "published_on": None} for name, site in zip("ab", sites, strict=True)
    }
    quotes = [
        quote("a", LONG, "Marit Solberg"),
        quote("a", LONG, "Anne Vik"),  # of one article the first counts
        quote("b", LONG, "Elias Brandt"),
        quote("a", f"{LONG} and for good"[::-1], "Marit Solberg"),
        quote("b", f"{LONG} and for good"[::-1], "Solberg"),
    ]

    disputed = [one for one in compare_quotes(quotes, articles) if one["is_disputed"]]

    listed = find_disputed(quotes, articles)
    assert [one["speakers"] for one in listed] == [["Marit Solberg", "Elias Brandt"]]
    assert [one["speakers"] for one in disputed] == [one["speakers"] for one in listed]


def test_sites_beyond_the_shown_ones_are_a_row_that_keeps_the_sum():
    rows = [
        with_nights({"site": name, "articles": n, "nights": [night(1, n)], "silent_for": 1}, 2)
        for name, n in (("a", 9), ("b", 5), ("c", 3), ("", 2))
    ]

    folded = fold_sites(rows, 1)

    assert [row["site"] for row in folded] == ["a", "", ""]
    assert [row.get("others") for row in folded] == [None, 2, None]
    assert [row["nights"][-1] for row in folded] == [9, 8, 2]
    assert sum(row["articles"] for row in folded) == 19
    assert fold_sites(rows, 2) == rows  # one more needs no row of its own


@pytest.mark.parametrize(
    ("days", "precisions", "labels"),
    [
        ((3, 4, 5), "day day day", ["first report", None, None]),
        ((3, 3, 5), "day day day", ["first day", "first day", None]),
        ((1, 4, 5), "month day day", [None, None, None]),  # some day of the month
    ],
)
def test_outlets_of_the_first_day_are_named_alike(days, precisions, labels):
    articles = [
        {"site": site, "language": "en", "published_on": date(2026, 11, day), "published_precision": how}
        for site, day, how in zip("abc", days, precisions.split(), strict=True)
    ]

    drawn = draw_timeline(articles, date(2026, 11, 1), date(2026, 11, 5))
    assert [one["label"] for one in drawn] == labels
