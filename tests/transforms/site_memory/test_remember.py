"""What the pages of a site say of each other's lines, whoever vouches for whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks.block import Block
from transforms.site_memory.evidence import weigh_pages
from transforms.site_memory.page_lines import LOG_ODDS_STEP, MOST_BLOCKS, keep_lines
from transforms.site_memory.remember import FURTHEST, remember

MENU = ["Home", "News from the region", "Sport", "Weather for seven days", "Your account"]
TOWNS = ("Arnby", "Belford", "Corwen", "Deal", "Elgin", "Frome", "Goole", "Hythe", "Ilford")
# A notice that a model without the memory takes for text.
NOTICE = "This paper is made by people who live here, and each of them would like to hear from you."
FOOT = ["About this paper", "Jobs at the paper", "Terms of use"]


def article(town):
    parts = ("bridge", "road", "school", "pier", "hall", "mill")
    return [
        f"The council of {town} met on day {day} and heard that the {part} would be repaired."
        for day, part in zip("abcdef", parts, strict=True)
    ]


def page(town, menu=MENU, foot=FOOT, extra=(), notice=0.6):
    """A page with an article between what its site has on every page."""
    main = article(town)
    parts = [(menu, -4.0), (list(extra), 1.5), (main, 2.0), ([NOTICE], notice), (foot, -3.0)]
    lines = [(line, score) for part, score in parts for line in part]
    blocks = [Block(0, len(line), line) for line, _ in lines]
    return keep_lines(blocks, np.array([score for _, score in lines]))


def site(count, **parts):
    return [page(town, **parts) for town in TOWNS[:count]]


def addresses(count, start=0):
    return [f"https://post.example/{n}" for n in range(start, start + count)]


def kept(memory):
    return [step > 0 for step in memory]


def standing(pages, of=0):
    return weigh_pages(pages, addresses(len(pages)))[of].standing.tolist()


def test_first_page_of_a_site_is_left_alone():
    assert remember(site(1), addresses(1)) == [()]


def test_line_on_all_pages_is_removed_and_the_article_stays():
    memory = remember(site(6), addresses(6))[0]
    article_lines = range(len(MENU), len(MENU) + 6)
    assert kept(memory) == [n in article_lines for n in range(len(memory))]


@given(st.permutations(range(6)))
def test_order_does_not_matter_to_those_that_are_asked(order):
    pages, places = site(6), addresses(6)
    found = remember([pages[n] for n in order], [places[n] for n in order])
    assert [found[order.index(n)] for n in range(6)] == remember(pages, places)


def test_page_more_changes_nothing_until_more_are_asked():
    found = [remember(site(count), addresses(count)) for count in (6, 7, 8)]
    assert found[0] == found[1][:6] == found[2][:6]
    assert found[2][7], "it is compared, too"


def test_two_captures_of_one_article_do_not_vouch():
    same_address = remember([page("Deal"), page("Deal", notice=0.7)], ["https://post.example/1"] * 2)
    copy = remember([page("Deal"), page("Deal", foot=["Printed page"])], addresses(2))
    assert same_address == copy == [(), ()]


def test_copies_count_once():
    pages = [*site(3), page("Arnby", foot=["Printed page", *FOOT])]
    assert max(standing(pages, of=1)) == 2


def test_capture_with_a_paragraph_more_is_a_copy():
    longer = page("Deal", extra=["The mayor of Deal has since said that she did not know of it."])
    assert remember([page("Deal"), longer], addresses(2)) == [(), ()]


def test_article_that_is_reprinted_in_a_series_stays():
    earlier = article("Yarm")
    pages = [*site(6), *(page(town, extra=earlier) for town in TOWNS[6:8])]
    memory = remember(pages, addresses(8))[-1]
    assert all(kept(memory)[len(MENU) : len(MENU) + 12])


@pytest.mark.parametrize("line", ["Letter from the coast", "ARNBY, Monday"])
def test_column_title_or_dateline_stays(line):
    pages = [*site(5), *(page(town, extra=[line]) for town in TOWNS[5:8])]
    memory = remember(pages, addresses(8))[-1]
    assert kept(memory)[len(MENU)]


def test_new_design_says_nothing_of_old_pages():
    old = site(3)
    new = [
        page(town, menu=["Top", "Latest stories", "Video", "Live"], foot=["Imprint", "Contact us"])
        for town in TOWNS[3:9]
    ]
    alone = remember(old, addresses(3))
    assert remember([*old, *new], addresses(9))[:3] == alone


def test_pages_without_a_design_in_common_say_nothing():
    pages = [
        page(town, menu=[f"{town} {word}" for word in ("home", "news", "sport")], foot=["Share"])
        for town in TOWNS[:5]
    ]
    assert remember(pages, addresses(5)) == [()] * 5


def test_numbers_in_a_line_do_not_hide_it():
    pages = [page(town, foot=[*FOOT, f"{n} readers today"]) for n, town in enumerate(TOWNS[:4])]
    assert standing(pages)[-1] == 3


def test_log_odds_are_within_bounds():
    for memory in remember(site(9), addresses(9)):
        assert all(abs(step) <= FURTHEST for step in memory)
    assert FURTHEST * LOG_ODDS_STEP == 2.5


def test_page_with_too_many_blocks_has_no_memory():
    blocks = [Block(0, 6, f"Line {n}") for n in range(MOST_BLOCKS + 1)]
    assert keep_lines(blocks, np.zeros(len(blocks))) is None
    assert keep_lines([], np.zeros(0)) is None


def test_words_say_on_how_many_pages_a_line_stands():
    assert weigh_pages(site(4), addresses(4))[0].words()[0] == "stands on 4 of 4 pages of this site"
