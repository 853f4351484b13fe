"""Every quotation that ever came out wrong is a case in tests/cases/facts/quotes.json."""

import pytest

from tests.facts_cases import assert_rows, cases
from transforms.facts.entities import read_entities
from transforms.facts.extract import extract_facts


@pytest.mark.parametrize("case", cases("quotes"))
def test_case(case):
    facts = extract_facts("0" * 64, case["text"], read_entities(), case.get("language", "en"))
    assert_rows(facts.quotes, case["expect"])
