"""What changed at an address: its versions, and the facts in which they differ."""

import json

import pytest

from tests.loading import ask, run

ADDRESS = "https://a.example/1"
STORY = (
    "The Harbour Office said on Monday that 1,372 boats had left the port of Lindow after the storm.\n"
    "“The tide will not wait for anyone who dithers at all,” said Jane Doe, director of the office.\n"
    "Fishermen complained about the customs inspectors and their dredgers, and the mayor promised help."
)
NOTE = "Correction: An earlier version gave the number of boats as 1,372."
GONE = (
    "The page you requested could not be found, and we are sorry that you came here for nothing.\n"
    "It was removed by the editors on Friday, or it moved to another part of the newspaper last week.\n"
    "The search finds all articles that our reporters wrote since 1998, and the front page has the news."
)


def capture(hour, text=STORY, title="Boats leave Lindow", url=ADDRESS):
    return {"url": url, "captured_at": f"2024-03-01T{hour:02}:00:00Z", "title": title, "text": text}


@pytest.fixture
def load(tmp_path):
    """Return a function that loads captures and gives the versions found."""

    def load_captures(*captures, name="captures"):
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(json.dumps(one) + "\n" for one in captures), encoding="utf-8")
        run(tmp_path / "w.duckdb", file)
        return ask(tmp_path / "w.duckdb", "FROM article_versions ORDER BY url, captured_at")

    load_captures.database = tmp_path / "w.duckdb"
    return load_captures


def test_facts_that_changed_are_named(load):
    edited = STORY.replace("1,372", "1,391").replace("at all,”", "any more,”") + "\n" + NOTE
    first, second = load(capture(8), capture(10, edited, "Hundreds of boats flee"))
    assert (first["previous_article_id"], first["changes"]) == (None, None)
    assert second["previous_article_id"] == first["article_id"]
    assert second["previous_title"] == "Boats leave Lindow"
    assert second["figures_removed"] == ["1,372 boats"]
    assert "1,391 boats" in second["figures_added"]
    assert second["quotes_removed"] == ["The tide will not wait for anyone who dithers at all,"]
    assert second["quotes_added"] == ["The tide will not wait for anyone who dithers any more,"]
    assert second["correction"] == NOTE
    assert "headline: “Boats leave Lindow” is now “Hundreds of boats flee”" in second["changes"]
    for view in ("changed_headlines", "changed_figures", "corrections_seen"):
        assert [row["captured_at"].hour for row in ask(load.database, f"FROM {view}")] == [10]


def test_same_text_is_no_version(load):
    moved = capture(9, STORY.replace(" boats", "  boats"), url=ADDRESS + "#top")
    assert load(capture(8), moved) == []


def test_page_is_one_however_it_was_reached(load):
    urls = ("http://www.a.example/1", ADDRESS, ADDRESS + "?utm_source=x&fbclid=y")
    edits = (STORY, STORY.replace("complained", "grumbled"), STORY + "\n" + NOTE)
    found = load(*(capture(8 + at, edits[at], url=url) for at, url in enumerate(urls)))
    assert [(row["url"], row["captured_at"].hour) for row in found] == [
        ("http://www.a.example/1", hour) for hour in (8, 9, 10)
    ]
    assert ask(load.database, "FROM stories") == []


def test_change_of_words_alone_is_a_version(load):
    found = load(capture(8), capture(9, STORY.replace("complained", "grumbled")))
    assert [row["changes"] for row in found] == [None, "wording only"]


def test_versions_are_the_same_in_any_order_of_loads(load, tmp_path):
    captures = [
        capture(8),
        capture(9, STORY.replace("1,372", "1,380")),
        capture(10, STORY + "\n" + NOTE),
    ]
    at_once = load(*captures)
    again = tmp_path / "again.duckdb"
    for at in (2, 0, 1):
        file = tmp_path / f"captures-{at}.jsonl"
        file.write_text(json.dumps(captures[at]) + "\n", encoding="utf-8")
        run(again, file)
    rows = ask(again, "FROM article_versions ORDER BY url, captured_at")
    changes = [(row["captured_at"], row["changes"]) for row in rows]
    assert changes == [(row["captured_at"], row["changes"]) for row in at_once]


def test_page_that_is_gone_ends_the_line(load):
    found = load(capture(8), capture(9, STORY + "\n" + NOTE), capture(10, GONE, "Page not found"))
    assert [row["captured_at"].hour for row in found] == [8, 9]
    assert ask(load.database, "SELECT detail FROM quarantine") == [
        {"detail": "the page says that it was not found"}
    ]


def test_versions_count_once_in_a_story(load):
    edited = capture(9, STORY + "\n" + NOTE)
    load(capture(8), edited)
    assert ask(load.database, "FROM stories") == []
    reprint = capture(9, STORY.replace("complained", "grumbled"), url="https://b.example/2")
    load(capture(8), edited, reprint, name="more")
    assert [row["article_count"] for row in ask(load.database, "FROM stories")] == [2]
