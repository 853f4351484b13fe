"""A line that the model scores low leaves no gap in the article of a flattened text."""

import pytest

from transforms.blocks.split import split_text
from transforms.judging.decide import decide
from transforms.judging.line import read_lines

FIRST = "The mayor closed the bridge over the river on Monday, and the ferry was full before eight."
UNSURE = (
    "Those who hold a deed are asked to bring it to the clerk at the town hall before noon on Friday"
)
LAST = "Both buyers hold a deed, and both deeds bear the seal of the county, the clerk said."
MENU = "Weather"


def kept(*scored):
    """Return the kept ones of lines that are given with their scores."""
    blocks = split_text("\n\n".join(line for line, _ in scored))
    decision = decide(read_lines(blocks), [score for _, score in scored], "Gates go up")
    return [one.block.text for one in decision.judged if one.is_kept]


def test_a_paragraph_between_kept_ones_is_kept():
    assert kept((FIRST, 0.9), (UNSURE, 0.25), (LAST, 0.9)) == [FIRST, UNSURE, LAST]


def test_a_paragraph_that_scores_lowest_is_not():
    assert kept((FIRST, 0.9), (UNSURE, 0.05), (LAST, 0.9)) == [FIRST, LAST]


def test_a_paragraph_above_a_reply_form_is_kept():
    assert kept((FIRST, 0.9), (LAST, 0.9), (UNSURE, 0.45), ("Leave a Reply", 0.0)) == [
        FIRST,
        LAST,
        UNSURE,
    ]


@pytest.mark.parametrize("below", [MENU, "Share this"])
def test_a_paragraph_above_other_boilerplate_is_not(below):
    assert kept((FIRST, 0.9), (LAST, 0.9), (UNSURE, 0.45), (below, 0.0)) == [FIRST, LAST]


def test_a_paragraph_below_a_menu_is_not():
    lines = ((FIRST, 0.9), (MENU, 0.0), (UNSURE, 0.25), (LAST, 0.9))
    assert kept(*lines) == [FIRST, LAST]
