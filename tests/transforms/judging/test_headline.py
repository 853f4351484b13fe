"""Lines before an article that are dated, and so are no headline."""

import pytest

from transforms.blocks.split import split_text
from transforms.judging.decide import decide
from transforms.judging.line import read_lines

PROSE = "The two largest messaging apps will be inspected for a month, their owners were told on Monday."


@pytest.mark.parametrize("dated", ["2014년 3월", "2014年3月", "3/4/2014"])
def test_a_line_that_begins_with_a_date_of_any_order_is_the_date(dated):
    lines = read_lines(split_text(f"{dated}\n{PROSE}"))
    date, prose = decide(lines, [0.1, 0.9]).judged
    assert (date.role, date.rule.name) == ("published", "publication_date_line")
    assert prose.is_kept


def test_a_quotation_above_another_heading_line_is_the_headline():
    talk = '"The rice was never late"\nA talk with Ona Brandt, who steers the ferry\nMay 2, 2016\n'
    lines = read_lines(split_text(f"{talk}{PROSE}"))
    decision = decide(lines, [0.1, 0.1, 0.1, 0.9])
    assert decision.title == '"The rice was never late"'
