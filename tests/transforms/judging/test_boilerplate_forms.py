"""The two searches that stand for all forms of boilerplate."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.judging.boilerplate_forms import may_have_form
from transforms.language.reference import read_reference
from transforms.language.words import count_words

# The forms that can begin anywhere; the others are tried as they are.
FORMS = {f"{row['rule']}-{n}": row for n, row in enumerate(read_reference("forms")) if row["needs"]}


@pytest.mark.parametrize("row", FORMS.values(), ids=FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.data(), before=st.sampled_from(("", "The bridge is closed. ")))
def test_every_line_of_a_form_passes(row, data, before):
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    line = before + data.draw(st.from_regex(pattern))
    words = count_words(line)
    if pattern.search(line) and words <= int(row["most_words"]):
        assert may_have_form(line, words)


@given(st.text(alphabet="abcdefghij ,.", max_size=80))
@example("The mayor said that she would climb over if nobody opened by Monday.")
def test_other_lines_do_not_pass(line):
    assert not may_have_form(line, count_words(line))


@pytest.mark.parametrize("pattern", [row["pattern"] for row in read_reference("forms")])
def test_no_form_has_a_capital(pattern):
    """A form of the start of a line is looked for in lower case."""
    assert not re.search(r"(?<!\\)[A-Z]", pattern)
