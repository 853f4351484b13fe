"""Every quotation that ever came out wrong is a case in tests/cases/facts/quotes.json.

The ways in which news says who says it are in tests/cases/facts/speakers.json, a sentence each.
"""

import json

import pytest

from tests.facts_cases import FOLDER, assert_rows, cases
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities


@pytest.mark.parametrize("case", cases("quotes"))
def test_case(case):
    facts = extract_facts("0" * 64, case["text"], read_entities(), case.get("language", "en"))
    assert_rows(facts.quotes, case["expect"])


SENTENCES = json.loads((FOLDER / "speakers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"])
def test_speakers(case):
    facts = extract_facts("0" * 64, case["text"], read_entities(), case["language"])
    assert [quote.speaker for quote in facts.quotes] == case["speakers"]
