"""Every page whose metadata ever came out wrong is a case in tests/cases/facts/metadata.json."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loading import ROOT
from transforms.blocks.page import Page
from transforms.metadata.read import read_metadata

FILE = ROOT / "tests" / "cases" / "facts" / "metadata.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))
TAGS = st.sampled_from(
    ["<h1>", "</h1>", "<title>", "<meta name='author' content='", "'>", "<time datetime='2014",
     "By Jane Doe", "<script type='application/ld+json'>", '{"author":', "[", "]", "}", '"2014-13-45"',
     "</script>", " | ", "30 May 2014"]
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case):
    found = read_metadata(Page(case["html"]), case["url"])
    given = {"title": found.title, "author": found.author, **_dated(found.published)}
    assert {name: given[name] for name in case["expect"]} == case["expect"]


def _dated(published):
    if published is None:
        return dict.fromkeys(("published_on", "published_precision", "published_source"))
    return {
        "published_on": published.on.isoformat(),
        "published_precision": published.precision,
        "published_source": published.source,
    }


@given(st.lists(st.one_of(TAGS, st.text(max_size=20)), max_size=20).map("".join))
def test_any_page_has_an_answer(html):
    found = read_metadata(Page(html), None)
    assert found.title is None or found.title.strip()


def test_deep_json_ld_is_left_out():
    assert (
        read_metadata(Page(f"<script type='application/ld+json'>{'[' * 100_000}</script>"), None).author
        is None
    )
