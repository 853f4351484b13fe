"""A pair that is passed over for its outlines is one that a comparison would not link."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.story_cases import SETS, read_cases, sketch_text
from transforms.stories.link import link, weights
from transforms.stories.outline import OUTLINE, make_outline, may_be_linked


def passed_over(pairs):
    """Return the pairs whose outlines say that they cannot be linked."""
    ones, others = (
        np.frombuffer(b"".join(make_outline(pair[side]) for pair in pairs), OUTLINE) for side in (0, 1)
    )
    return [pair for pair, may in zip(pairs, may_be_linked(ones, others), strict=True) if not may]


@pytest.fixture(scope="module")
def cases():
    return [case.sketch for name in SETS for case in read_cases(name)]


def test_no_pair_of_the_cases_that_links_is_passed_over_and_most_others_are(cases):
    pairs = list(combinations(cases, 2))
    over = passed_over(pairs)
    assert len(over) > len(pairs) / 2
    assert [pair for pair in over if link(*pair)] == []


LINES = (
    "The Harbour Office said on Monday that 1,372 boats had left the port of Lindow.",
    "“The tide will not wait for anyone who dithers at all,” said Jane Doe, director of the office.",
    "Fishermen from Lindow complained about the customs inspectors and their dredgers.",
    "On 4 March 2014 the WeChat accounts of 355 million users were looked at in Beijing.",
    "Am Montag verließen 1.372 Boote den Hafen von Lindow, sagte Jane Doe.",
    "北京的微信有3.55亿用户，周立群说。",
    "It rained all day, and nobody minded, since the roofs were new and the stoves were warm.",
)
TEXTS = st.lists(st.sampled_from(LINES), min_size=1, max_size=5).map("\n".join)
DAYS = st.sampled_from([None, "2014-03-05", "2014-03-06", "2014-09-01"])


@given(TEXTS, DAYS, TEXTS, DAYS)
def test_no_pair_of_texts_that_links_is_passed_over(one, its_day, other, other_day):
    pair = sketch_text("a" * 64, one, its_day), sketch_text("b" * 64, other, other_day)
    if link(*pair):
        assert passed_over([pair]) == []


def test_the_bound_holds_since_no_other_weight_is_below_zero():
    assert {name for name, weight in weights().items() if weight < 0} == {"bias", "days_differ", "far"}
