"""The index: of the same run as the file, only what changed is done again, and every text is found."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loading import run
from warehouse.paths import Layout
from warehouse.search.build import IndexFailed, read_run_id, refresh_index
from warehouse.search.index import SearchIndex
from warehouse.search.query import parse
from warehouse.search.words import TOKENIZER, fold, index_text


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, prose):
    """The folder of a warehouse of three articles, not yet indexed."""
    folder = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("inbox").mkdir()
        for n in range(3):
            Path("inbox", f"{n}.txt").write_text(prose(n))
        run("w.duckdb", "inbox")
    return folder


@pytest.fixture
def layout(loaded, tmp_path, monkeypatch):
    """A copy of it in the current folder."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Layout(Path("w.duckdb"))


@pytest.fixture
def inbox(layout):
    """The folder of its captures."""
    return Path("inbox")


@pytest.fixture(scope="module")
def indexed(loaded):
    """The warehouse with its index; to be read only."""
    layout = Layout(loaded / "w.duckdb")
    refresh_index(layout)
    return layout


def search(layout, text, limit=10):
    index = SearchIndex(layout.search_index)
    try:
        return index.search(parse(text), limit)
    finally:
        index.close()


def test_only_what_changed_is_indexed_again(layout, inbox, prose):
    assert refresh_index(layout) == 3
    assert refresh_index(layout) == 0
    (inbox / "1.txt").write_text(prose(1).replace("for a month", "for a zeppelin"))
    run(layout.database, inbox)

    assert refresh_index(layout) == 1
    assert search(layout, "zeppelin").total == 1
    assert search(layout, "campaign").total == 3


def test_what_left_the_warehouse_is_not_found(layout, inbox, junk):
    refresh_index(layout)
    (inbox / "1.txt").write_text(junk(1))
    run(layout.database, inbox)
    refresh_index(layout)

    assert search(layout, "campaign").total == search(layout, "").total


def test_the_index_is_of_the_run_of_the_file(layout, inbox, prose):
    refresh_index(layout)
    first = read_run_id(layout.search_index)
    (inbox / "9.txt").write_text(prose(9))
    done = run(layout.database, inbox)

    assert read_run_id(layout.search_index) == first != done.run_id
    refresh_index(layout)
    assert read_run_id(layout.search_index) == done.run_id


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_an_index_that_cannot_be_read_is_built_anew(layout, content):
    layout.search_index.write_bytes(content)

    assert read_run_id(layout.search_index) is None
    assert refresh_index(layout) == 3


def test_a_build_that_fails_leaves_the_old_index(layout, inbox, prose, monkeypatch):
    refresh_index(layout)
    (inbox / "9.txt").write_text(prose(9))
    run(layout.database, inbox)

    def break_off(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.search.build.add_articles", break_off)
    with pytest.raises(IndexFailed):
        refresh_index(layout)
    assert search(layout, "campaign").total == 3
    assert list(layout.search_index.parent.glob("*.part")) == []


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("campaign", 3), ("CAMPAIGN", 3), ("campai*", 3), ("campai", 0), ('"public account"', 3),
        ('"account public"', 0), ("campaign -month", 0), ("campaign -zeppelin", 3), ("zeppelin", 0),
        ("language:en", 3), ("language:de", 0), ("language:de language:en", 3), ("", 3),
        ("has:story", 3), ("is:truncated", 0),
        ('"', 3), ("***", 3), ("site:", 0), ("NEAR(a b)", 0), ("before:1900", 0),
    ],
)  # fmt: skip
def test_queries(indexed, query, total):
    assert search(indexed, query).total == total


@given(st.text(max_size=80))
def test_no_query_is_an_error(text):
    with sqlite3.connect(":memory:") as db:
        db.execute(f'CREATE VIRTUAL TABLE t USING fts5(body, tokenize="{TOKENIZER}")')
        if found := parse(text).match:
            db.execute("SELECT count(*) FROM t WHERE t MATCH ?", [found]).fetchall()
        if pattern := parse(text).pattern:
            pattern.findall(fold(text))


UNSPACED = st.text(
    st.sampled_from("微信群聊消息在中国的使用者アプリたち한국어ไทยกำลัง"), min_size=1, max_size=12
)


@given(UNSPACED, UNSPACED, UNSPACED)
def test_any_part_of_unspaced_text_is_found(before, part, after):
    with sqlite3.connect(":memory:") as db:
        db.execute(f'CREATE VIRTUAL TABLE t USING fts5(body, tokenize="{TOKENIZER}")')
        db.execute("INSERT INTO t VALUES (?)", [index_text(before + part + after)])
        found = db.execute(
            "SELECT count(*) FROM t WHERE t MATCH ?", [parse(f'"{part}"').match]
        ).fetchall()

    assert found == [(1,)]


@given(st.text(max_size=50))
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(text)
