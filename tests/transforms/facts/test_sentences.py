"""Sentences: cases in tests/cases/facts/sentences.json."""

import pytest

from tests.facts_cases import cases
from transforms.language.sentences import split_sentences


@pytest.mark.parametrize("case", cases("sentences"))
def test_case(case):
    text = case["text"]
    assert [span.of(text) for span in split_sentences(text, case.get("language", "en"))] == case[
        "expect"
    ]
