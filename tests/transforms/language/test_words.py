"""Tests of counting words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.language.words import SPACED_WORD, count_words

WESTERN_SIGNS = "ab1_ '’-.,é²—…\n"


@given(st.text(WESTERN_SIGNS, max_size=12))
def test_words_of_western_texts_are_those_of_the_pattern(text):
    assert count_words(text) == len(SPACED_WORD.findall(text))


@given(st.text(f"{WESTERN_SIGNS}ж中한ไ", max_size=12))
def test_signs_of_scripts_without_spaces_are_counted_apart(text):
    dense, thai = len(re.findall("[中한]", text)), text.count("ไ")
    spaced = len(SPACED_WORD.findall(re.sub("[中한ไ]", " ", text)))
    assert count_words(text) == spaced + (dense + 1) // 2 + (thai + 3) // 4
