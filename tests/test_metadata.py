"""Every page whose metadata ever came out wrong is a case in tests/cases/facts/metadata.json."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.metadata.read import read_metadata

FILE = Path(__file__).parent / "cases" / "facts" / "metadata.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))
TAGS = st.sampled_from(
    ["<h1>", "</h1>", "<title>", "<meta name='author' content='", "'>", "<time datetime='2014",
     "By Jane Doe", "<script type='application/ld+json'>", '{"author":', "[", "]", "}", '"2014-13-45"',
     "</script>", " | ", "30 May 2014"]
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case):
    found = read_metadata(case["html"], case["url"])
    assert {name: _plain(getattr(found, name)) for name in case["expect"]} == case["expect"]


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


@given(st.lists(st.one_of(TAGS, st.text(max_size=20)), max_size=20).map("".join))
def test_any_page_has_an_answer(html):
    found = read_metadata(html, None)
    assert (found.published_on is None) == (found.published_source is None)
    assert found.title is None or found.title.strip()


def test_deep_json_ld_is_left_out():
    assert (
        read_metadata(f"<script type='application/ld+json'>{'[' * 100_000}</script>", None).author
        is None
    )
