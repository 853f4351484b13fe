"""Stories do not chain unlike articles together, and do not depend on the order of links."""

import random

from hypothesis import given
from hypothesis import strategies as st

from warehouse.story_groups import Link, group

LETTERS = "abcdefgh"
PAIRS = [(one, other) for one in LETTERS for other in LETTERS if one < other]


def links_of(*pairs, is_copy=False):
    return [Link(one * 64, other * 64, 0.9 - at / 100, is_copy) for at, (one, other) in enumerate(pairs)]


def stories(links):
    found = group(links)
    return [
        {letter for letter in LETTERS if found.get(letter * 64) == one} for one in set(found.values())
    ]


def test_article_like_one_member_alone_stays_out():
    assert stories(links_of("ab", "bc", "ac", "cd")) == [{"a", "b", "c"}]


def test_two_stories_with_one_link_stay_two():
    found = stories(links_of("ab", "ac", "bc", "ef", "eg", "fg", "ce"))
    assert sorted(map(sorted, found)) == [["a", "b", "c"], ["e", "f", "g"]]


def test_copies_in_a_chain_count_as_one():
    copies = links_of("ab", "bc", "cd", "de", is_copy=True)
    assert stories(copies) == [set("abcde")]
    assert stories([*copies, *links_of("ef", "fg", "eg")]) == [set("abcdefg")]


@given(st.sets(st.sampled_from(PAIRS)), st.randoms())
def test_order_of_links_changes_nothing(pairs, shuffle):
    links = links_of(*sorted(pairs))
    shuffled = random.Random(shuffle.random()).sample(links, len(links))
    assert group(links) == group(shuffled)


@given(st.sets(st.sampled_from(PAIRS)))
def test_story_is_named_by_its_smallest_article_and_has_two(pairs):
    for members in stories(links_of(*sorted(pairs))):
        assert len(members) >= 2
        assert {group(links_of(*sorted(pairs)))[one * 64] for one in members} == {
            f"s-{min(members) * 12}"
        }


@given(st.sets(st.sampled_from(PAIRS)))
def test_links_elsewhere_change_nothing(pairs):
    links = links_of(*sorted(pairs))
    before = group(links)
    after = group([*links, Link("y" * 64, "z" * 64, 0.95)])
    assert before.items() <= after.items()
