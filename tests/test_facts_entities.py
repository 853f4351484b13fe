"""Entities: cases in tests/cases/facts/entities.json, the list itself, and a list of one's own."""

import re

import pytest

from tests.facts_cases import cases
from transforms.facts.entities import open_own_list, read_entities
from transforms.facts.extract import extract_facts
from transforms.reference import read_reference
from warehouse.schema import QID


@pytest.mark.parametrize("case", cases("entities"))
def test_case(case):
    facts = extract_facts("0" * 64, case["text"], read_entities())
    assert [mention.entity_id for mention in facts.mentions] == case["expect"]


def test_no_spelling_belongs_to_two():
    owners = {}
    for row in read_reference("entities"):
        for spelling in {row["name"], *filter(None, row["aliases"].split("|"))}:
            assert owners.setdefault(spelling, row["entity_id"]) == row["entity_id"], spelling


def test_list_is_large_and_well_formed():
    rows = read_reference("entities")
    assert len(rows) >= 150
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", row["entity_id"]) for row in rows)
    assert all(re.fullmatch(QID, row["wikidata_id"]) for row in rows if row["wikidata_id"])


def test_own_list_adds_and_replaces(tmp_path):
    own = tmp_path / "entities.csv"
    own.write_text(
        "entity_id,name,kind,aliases,wikidata_id\n"
        "acme,Acme Works,company,ACME,\n"
        "apple,Apple,company,Apple Computer,Q312\n",
        encoding="utf-8",
    )
    known = read_entities(open_own_list(own))
    text = "Acme Works and Apple Computer met Apple Inc at WeChat."
    assert [found.entity.entity_id for found in known.find(text)] == ["acme", "apple", "apple", "wechat"]
    assert known.by_id["apple"].aliases == ["Apple Computer"]


def test_candidates_are_marked():
    facts = extract_facts("0" * 64, "said Jane Doe, an analyst. WeChat grew.", read_entities())
    assert [(one.entity_id, one.name) for one in facts.candidates] == [("jane-doe", "Jane Doe")]
