"""A page is parsed once by each parser, and its trees give what the HTML gives."""

import pytest
from lxml.html import tostring
from trafilatura import extract

from tests.loading import ROOT
from transforms.blocks.page import Page
from transforms.metadata.read import read_metadata
from transforms.scoring.trafilatura_vote import vote_by_trafilatura

FILES = sorted((ROOT / "seeds").rglob("*.html"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_trafilatura_keeps_the_same_of_the_tree_as_of_the_html(path):
    html = path.read_text(encoding="utf-8", errors="replace")
    page = Page(html)
    read_metadata(page, None)
    kept = extract(html, include_comments=False, include_tables=True, deduplicate=False)
    assert vote_by_trafilatura(page) == (kept or "")


def test_there_are_pages_to_look_at():
    assert len(FILES) >= 5


def test_each_tree_is_built_once():
    page = Page("<h1>Groups closed</h1><p>Apps were closed.</p>")
    assert page.lexbor is page.lexbor
    assert page.lxml is page.lxml


def test_comments_are_there_for_htmldate_and_gone_for_trafilatura():
    page = Page("<html><body><!-- 30 May 2014 --><p>Apps were closed.</p></body></html>")
    assert "30 May 2014" in tostring(page.lxml, encoding="unicode")
    assert "30 May 2014" not in vote_by_trafilatura(page)
    assert "30 May 2014" not in tostring(page.lxml, encoding="unicode")


def test_a_page_that_is_an_address_is_not_downloaded(monkeypatch):
    asked = []
    monkeypatch.setattr("htmldate.utils.fetch_url", lambda url: asked.append(url))
    page = Page("http://a.example/</p></p></p>")
    assert read_metadata(page, None).published is None
    assert vote_by_trafilatura(page) == ""
    assert asked == []
