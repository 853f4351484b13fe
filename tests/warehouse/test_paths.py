"""A warehouse may lie anywhere, and a damaged one is said in words with its path and the remedy."""

import os
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.main import winnow
from tests.loading import ask, run
from warehouse.connection import attach, clear_spills, connect
from warehouse.errors import WarehouseError
from warehouse.integrity import find_faults
from warehouse.paths import Layout
from warehouse.rebuild_diff import compare_published
from warehouse.store import copy_published, open_published, read_published

FOLDERS = ["it's [2024]", "a *b", "100% $HOME {x} #1", 'say "so"', "ü 新闻", "memory"]
FILES = ["w.duckdb", "o'clock [a-z].duckdb", "published.duckdb", "temp.duckdb", "system.duckdb"]


@pytest.mark.parametrize(
    ("folder", "file"),
    [*((folder, "w.duckdb") for folder in FOLDERS), *((FOLDERS[0], file) for file in FILES[1:])],
)
def test_path_may_hold_any_sign(tmp_path, inbox, prose, folder, file):
    database = tmp_path / folder / file
    (inbox / "a.txt").write_text(prose(1))
    is_checked = "'" in file  # the checks cost seconds
    assert run(database, inbox, checked=is_checked).documents_loaded == 1
    assert run(database, inbox).documents_unchanged == 1
    assert ask(database, "SELECT count(*) AS n FROM site_coverage") == [{"n": 1}]
    copy_published(Layout(database))
    assert compare_published(Layout(database)).changed == 0
    assert list(find_faults(Layout(database))) == []


def test_path_that_is_not_utf_8_is_refused(samples, tmp_path, monkeypatch):
    """DuckDB cannot open one, neither as it is given nor as the current folder makes it."""
    folder = tmp_path / "caf\udce9"
    answer = CliRunner().invoke(winnow, ["export", str(folder), "--warehouse", str(samples)])
    assert isinstance(answer.exception, WarehouseError)
    assert "not UTF-8" in str(answer.exception)
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    for command in (["run", str(tmp_path)], ["sql", "SELECT 1"], ["maintain"]):
        answer = CliRunner().invoke(winnow, [*command, "--warehouse", "w.duckdb"])
        assert (answer.exit_code, "not UTF-8" in answer.output) == (2, True)


def test_relative_path_may_begin_with_a_tilde(tmp_path, monkeypatch, prose):
    """DuckDB would take it for the home of a user."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(prose(1))
    assert run("~w.duckdb", "a.txt").documents_loaded == 1
    assert run("~w.duckdb", "a.txt").documents_unchanged == 1
    answer = CliRunner().invoke(winnow, ["export", "~0", "--warehouse", "~w.duckdb"])
    assert answer.exit_code == 0, answer.output
    assert Path("~0", "articles.parquet").exists()


def test_question_mark_is_refused_in_words(tmp_path, inbox, prose):
    (inbox / "a.txt").write_text(prose(1))
    with pytest.raises(WarehouseError, match="rename it"):
        run(tmp_path / "why?" / "w.duckdb", inbox)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, prose):
    folder = tmp_path_factory.mktemp("whole")
    (folder / "a.txt").write_text(prose(1))
    run(folder / "w.duckdb", folder / "a.txt")
    return (folder / "w.duckdb").read_bytes()


def spoil(content, kind):
    rng = random.Random(kind)
    match kind:
        case "empty":
            return b""
        case "foreign":
            return b"these are my notes, not a database " * 1_000
        case "cut":
            return content[: len(content) // 3]
        case "header":
            return content[:10] + b"\xff" * 200 + content[210:]
        case _:
            at = rng.randrange(20_000) if "front" in kind else rng.randrange(len(content))
            return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]


def read_all_of(database):
    """Return what is said of a damaged warehouse; None if all of it can be read."""
    try:
        with read_published(Layout(database)) as db:
            for table in ("documents", "segments", "articles", "runs", "kept_lines"):
                db.execute(f"FROM {table}").fetchall()
    except WarehouseError as error:
        return str(error)


KINDS = [
    "empty",
    "foreign",
    "cut",
    "header",
    *(f"flip {n}" for n in range(8)),
    *(f"flip at front {n}" for n in range(4)),
]


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_file_is_said_with_path_and_remedy(tmp_path, whole, kind):
    database = tmp_path / "w.duckdb"
    database.write_bytes(spoil(whole, kind))
    said = read_all_of(database)
    if said is None:
        assert "flip" in kind, "what is damaged was read as if it were whole"
    else:
        assert str(database) in said
        assert "winnow rebuild" in said
    found = CliRunner().invoke(winnow, ["doctor", "--warehouse", str(database)])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output


def test_file_of_somebody_else_is_said_in_words(tmp_path):
    database = tmp_path / "w.duckdb"
    with connect() as db:
        attach(db, database, "other", "READ_WRITE")
        db.execute("CREATE TABLE other.t AS SELECT 1")
    found = CliRunner().invoke(winnow, ["status", "--warehouse", str(database)])
    assert isinstance(found.exception, WarehouseError)
    assert "not a Winnow warehouse" in str(found.exception)


def test_what_is_too_much_for_memory_is_spilled_and_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("WINNOW_MEMORY_LIMIT", "100MB")
    layout = Layout(tmp_path / "w.duckdb")
    query = "SELECT a, repeat('x', 400) || a AS b FROM range(400000) AS t(a) ORDER BY hash(a)"
    with connect(layout.spill) as db:
        answer = db.execute(f"SELECT count(*), min(length(b)) FROM ({query} LIMIT 399999)")
        assert answer.fetchall() == [(399_999, 401)]
    assert list(tmp_path.iterdir()) == []


def test_spill_of_a_killed_process_is_removed(tmp_path):
    layout = Layout(tmp_path / "w [1].duckdb")
    left = tmp_path / f"{layout.spill.name}-999999999-1"
    ours = tmp_path / f"{layout.spill.name}-{os.getpid()}-1"
    for folder in (left, ours):
        folder.mkdir()
    clear_spills(layout)
    assert (left.exists(), ours.exists()) == (False, True)


def test_limit_that_is_none_is_said_in_words(tmp_path, monkeypatch, whole):
    database = tmp_path / "w.duckdb"
    database.write_bytes(whole)
    monkeypatch.setenv("WINNOW_MEMORY_LIMIT", "much")
    with pytest.raises(WarehouseError, match="WINNOW_MEMORY_LIMIT"):
        open_published(Layout(database))


def test_files_of_the_warehouse_itself_are_skipped_with_a_count(tmp_path, prose):
    (tmp_path / "a.txt").write_text(prose(1))
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    run(tmp_path / "w.duckdb", tmp_path)
    for given in (tmp_path, link):
        again = run(tmp_path / "w.duckdb", given, tmp_path / "w.raw")
        assert again.captures_seen == 1
        assert again.documents_quarantined == 0
        assert "files of the warehouse" in again.skipped
