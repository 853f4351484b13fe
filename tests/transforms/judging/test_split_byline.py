"""A byline on two lines: "By", and the name below it."""

import pytest

from tests.loading import capture_of
from transforms.clean import clean

PROSE = (
    "The two largest messaging apps will be inspected for a month, their owners were told on Monday.\n"
    "Users of the service said they had been given no warning, and that old messages were gone.\n"
    "A spokeswoman for the company declined to say how many accounts were affected by the order.\n"
)


def cleaned(head):
    return clean(capture_of(f"Ferry apps to be inspected for a month\n{head}\n{PROSE}".encode()))


@pytest.mark.parametrize(
    ("opener", "name"), [("By", "Ona Brandt"), ("Von", "Ines Calloway"), ("By:", "Lu Min")]
)
def test_name_below_the_opener_is_the_author(opener, name):
    found = cleaned(f"{opener}\n{name}")
    assert found.articles[0].author == name
    assert [one.role for one in found.segments].count("byline") == 2


def test_a_line_that_is_no_name_is_not():
    found = cleaned("By\nthe river and the old bridge")
    assert found.articles[0].author is None
