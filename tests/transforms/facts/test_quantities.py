"""Every figure that ever came out wrong is a case in tests/cases/facts/quantities.json."""

import pytest

from tests.facts_cases import assert_rows, cases
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities


@pytest.mark.parametrize("case", cases("quantities"))
def test_case(case):
    facts = extract_facts("0" * 64, case["text"], read_entities(), case.get("language", "en"))
    assert_rows(facts.quantities, case["expect"])
