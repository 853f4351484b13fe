"""The pattern for one of many words matches what a plain list of alternatives matches."""

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.language.alternatives import any_of
from transforms.language.months import month_numbers

WORDS = st.lists(st.text("ab.", min_size=1, max_size=4), min_size=1, max_size=8)


@given(WORDS, st.text("ab. ", max_size=30))
def test_finds_what_a_list_finds(words, text):
    plain = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for end in ("", " ", r"\b"):
        found, expected = (re.finditer(f"(?:{one}){end}", text) for one in (any_of(words), plain))
        assert [match.span() for match in found] == [match.span() for match in expected]


def test_months_are_found_in_any_case():
    pattern = re.compile(any_of(month_numbers()), re.IGNORECASE)
    missed = [m for name in month_numbers() for m in (name, name.title()) if not pattern.fullmatch(m)]
    assert not missed
