"""Entities: cases in tests/cases/facts/entities.json, the list itself, and a list of one's own."""

import re

import pytest

from flows.steps.versions import cleaner_version
from tests.facts_cases import cases
from tests.loading import capture_of
from transforms.clean import clean
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.facts.names.user_entities import open_own_list
from transforms.language.reference import read_reference
from transforms.options import CleaningOptions
from warehouse.schema.shared_columns import QID


@pytest.mark.parametrize("case", cases("entities"))
def test_case(case):
    facts = extract_facts("0" * 64, case["text"], read_entities(), case.get("language", "en"))
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


HEADER = "entity_id,name,kind,aliases,wikidata_id\n"


def test_own_list_is_part_of_the_cleaner(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(f"{HEADER}new-app,New App,platform,NewApp,\n", encoding="utf-8")
    first = CleaningOptions(entities=open_own_list(own))
    text = "Users of NewApp said on Monday that it had been shut for the whole of the week. " * 3
    cleaned = clean(capture_of(text.encode()), first)
    assert {mention.entity_id for mention in cleaned.mentions} == {"new-app"}
    own.write_text(f"{HEADER}new-app,New App,platform,NewApp|Newapp,\n", encoding="utf-8")
    second = CleaningOptions(entities=open_own_list(own))
    assert len({cleaner_version(), cleaner_version(first), cleaner_version(second)}) == 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("entity_id,name\na,A\n", 1),
        ("name;kind\n", 1),
        (f"{HEADER}New App,New App,platform,,\n", 2),
        (f"{HEADER}a,A,thing,,\n", 2),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, content, line):
    own = tmp_path / "own.csv"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"own\.csv, line {line}"):
        open_own_list(own)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"a,A\xff name,person,,", "not UTF-8"),
        (b"a,A\x1b[31m name,person,,", "control character"),
        ("a,A\u202e name,person,,".encode(), "control character"),
        (b"a,A name,person,,Q1 OR 1", "wikidata_id"),
        (b"a,A name,person,x,", "a name must have 2 to"),
        (b"a,A name,person,,,more", "more columns"),
        (b"a," + b"n" * 999 + b",person,,", "a name must have 2 to"),
        (b"a," + b"n" * 100_000 + b",person,,", "a name must have 2 to 200 characters"),
        (b"good,A name,person,,", "more than once"),
    ],
)
def test_hostile_list_is_refused_in_words_with_its_line(tmp_path, line, words):
    own = tmp_path / "own.csv"
    own.write_bytes(f"{HEADER}good,Good Name,person,,\n".encode() + line + b"\n")
    where = "" if words == "more than once" else "line 3"
    with pytest.raises(ValueError, match=rf"own\.csv.*{where}.*{words}"):
        open_own_list(own)


def test_short_names_among_capitals_are_words():
    known = read_entities()
    assert [one.entity.entity_id for one in known.find("TELL US MORE. The US said so.")] == [
        "united-states"
    ]
