"""Marks of Markdown that are left in flattened text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loading import clean_text
from transforms.blocks.repair import find_headings, repair_text
from transforms.blocks.repaired import Repaired, restore_text, take_out
from transforms.blocks.split import split_text

PIECES = [
    "**", "*", "_", "`", "[", "](https://a.example/b_c)", "![", "]", "# ", "## ", "> ", "|", "---|---",
    "```", "\\*", "&amp;", "&#42;&#42;", "\n", "\n\n", "\r\n", "\u200b", "word", " ", "42", "中",
    "[1]: /x", "<b>", "</b>", '<a href="/x">', "</a>", "<br>", "&lt;b&gt;", "<div>",
]  # fmt: skip
ARTICLE = """[![Logo](/logo.png)](https://a.example/)

* [Home](https://a.example/)
* [News & views](https://a.example/news "All news")

# Rice is **dear** this year, says the mill

By *[Jane Doe](https://a.example/jane)*

The price of rice rose by **12 percent** to [300 yuan](https://a.example/a_(b)) on Monday, they said.

## What comes next

> “We sell what we have,” said [John Roe](https://a.example/roe), the owner of the mill.

| Month | Price |
|:------|------:|
| May | 300 |

He did not say what a sack of f**k-it rice costs, or what 2 * 3 * 4 is.
"""


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_text_without_marks_can_be_put_back(pieces):
    text = "".join(pieces)
    repaired, repairs = repair_text(text)
    assert restore_text(repaired, repairs) == text
    ends = [0, *(end for one in repairs for end in (one.start_char, one.end_char)), len(repaired)]
    assert ends == sorted(ends)


@given(st.text("ab", max_size=8), st.data())
def test_spans_are_taken_out_on_top_of_any_repairs(text, data):
    cuts = st.lists(st.integers(0, len(text)), max_size=6).map(sorted)
    repairs, spans = data.draw(cuts), data.draw(cuts)
    before = [Repaired(*pair, "X", "entity") for pair in zip(repairs[::2], repairs[1::2], strict=False)]
    gone = [pair for pair in zip(spans[::2], spans[1::2], strict=False) if pair[0] < pair[1]]
    after, changes = take_out(text, before, gone, "markdown")
    assert len(after) == len(text) - sum(end - start for start, end in gone)
    assert restore_text(after, changes) == restore_text(text, before)


def test_article_is_what_a_reader_sees():
    cleaned = clean_text(ARTICLE, content_type="text/plain")
    (article,) = cleaned.articles
    assert (article.title, article.author) == ("Rice is dear this year, says the mill", "Jane Doe")
    assert "12 percent to 300 yuan on Monday" in article.text
    assert not set("[]#>`") & set(article.text)
    assert "f**k-it" in article.text
    assert "2 * 3 * 4" in article.text
    kinds = {one.text: one.kind for one in cleaned.paragraphs}
    assert kinds["What comes next"] == "heading"
    assert [quote.speaker for quote in cleaned.quotes] == ["John Roe"]


def test_headings_are_blocks_of_their_own_with_a_level():
    text, repairs = repair_text("# One\nA line.\n## Two\n\n[x](/y)")
    blocks = split_text(text, headings=find_headings(repairs))
    assert [(block.text, block.level) for block in blocks] == [
        ("One", 1), ("A line.", 0), ("Two", 2), ("x", 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "a[1](x) and b[0](y)",
        "It is f**k and s**t.",
        "x = 2 ** 3\ny = 3 ** 4",
        "$ make\n# a comment\n$ make install",
        "> what the mail quotes\n> and more of it\n\nA reply.",
        "a | b\nc | d",
        "[1] A note. [2] Another.",
        "snake_case_name and *args, **kwargs",
    ],
)
def test_text_that_is_no_markdown_stays(text):
    assert repair_text(text)[0] == text


def test_code_between_fences_stays():
    text = "# Build\n\n```sh\n# a comment\nmake **all** [x](/y)\n```\n\nDone."
    assert repair_text(text)[0] == "Build\n\n\n# a comment\nmake **all** [x](/y)\n\n\nDone."


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The <b>harbour</b> office <a href='/x'>said so</a>.", "The harbour office said so."),
        ("<p> Rice is dear.</p><br>\n<P>It was not.</P>", " Rice is dear.\nIt was not."),
        ("# Rice\n\nIt is <em>dear</em> and **scarce**.", "Rice\n\nIt is dear and scarce."),
        ("Write <code>x</code> and <b>y</b>.", None),
        ("One<br>two, and <b>three</b>.", None),
        ("It costs < 3 and > 2, <b.", None),
        ("Mail to <jane@a.example> or <b>John</b>.", "Mail to <jane@a.example> or John."),
        ("The tag <b> is not closed.", None),
        ("A fence alone:\n\n```\nx = 1\n```\n", None),
    ],
)
def test_tags_in_prose(text, seen):
    assert repair_text(text)[0] == (text if seen is None else seen)
