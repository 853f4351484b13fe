"""seeds/reference/word_lists.csv is in order, and each of its kinds is described and read."""

import re

import pytest

from tests.loading import ROOT
from transforms.language.reference import REFERENCE, read_reference
from transforms.language.word_lists import listed_pattern, listed_words

KINDS = sorted({row["kind"] for row in read_reference("word_lists")})


def test_lines_are_in_order_and_each_once():
    lines = (REFERENCE / "word_lists.csv").read_text(encoding="utf-8").splitlines()[1:]
    by_columns = [tuple(line.split(",")) for line in lines]
    assert by_columns == sorted(set(by_columns))


def test_each_kind_is_described_and_read():
    described = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "transforms").rglob("*.py"))
    assert {kind for kind in KINDS if f"| {kind} |" not in described} == set()
    assert set(re.findall(r"listed_(?:words|pattern)\([\"'](\w+)[\"']\)", code)) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pattern_of_a_kind_finds_its_words_whole(kind):
    assert all(re.fullmatch(listed_pattern(kind), word) for word in listed_words(kind))
