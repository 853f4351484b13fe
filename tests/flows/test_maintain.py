"""Maintenance keeps files few and small, loses nothing, and finds what is damaged."""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import warehouse.raw_store as raw_store
from flows.maintain import WarehouseDamaged, maintain
from flows.reports.kept import prune_reports
from tests.loading import ask, dump, run
from warehouse.integrity import find_faults
from warehouse.paths import Layout
from warehouse.raw_store import RawStore, clear_unfinished, compact, list_files
from warehouse.retention import shrink

NIGHTS = 5


@pytest.fixture(scope="module")
def house(tmp_path_factory, prose, junk):
    """A warehouse after five nights: new, changed and bad captures, a raw file each."""
    folder = tmp_path_factory.mktemp("nights")
    inbox = folder / "inbox"
    inbox.mkdir()
    for n in range(NIGHTS):
        (inbox / f"{n}.txt").write_text(prose(n))
        (inbox / "changing.txt").write_text(prose(n % 3 + 20))
        (inbox / "junk.txt").write_text(junk(n))
        run(folder / "house" / "winnow.duckdb", inbox)
    return folder / "house", inbox


@pytest.fixture
def inbox(house):
    """The captures as they were in the last night."""
    return house[1]


@pytest.fixture
def nights(house, tmp_path):
    """A copy of the warehouse, to change."""
    shutil.copytree(house[0], tmp_path / "house")
    return tmp_path / "house" / "winnow.duckdb"


def stored(layout):
    """Return what the raw store holds, in its order."""
    tables = [pq.read_table(file) for file in list_files(layout.raw_store)]
    return pa.concat_tables(tables).to_pylist()


def test_raw_store_is_compacted_and_says_the_same(nights, inbox):
    layout = Layout(nights)
    rows, captures, tables = stored(layout), list(RawStore(layout.raw_store).captures()), dump(nights)
    assert compact(layout.raw_store) == (NIGHTS, 1)
    assert stored(layout) == rows
    assert list(RawStore(layout.raw_store).captures()) == captures
    assert list(find_faults(layout)) == []
    assert run(nights, inbox).documents_loaded == 0
    assert dump(nights) == tables
    assert compact(layout.raw_store) == (1, 1)


def test_files_stay_within_a_batch(nights, monkeypatch):
    monkeypatch.setattr(raw_store, "CAPTURES_PER_FILE", 8)
    layout = Layout(nights)
    compact(layout.raw_store)
    sizes = [pq.read_metadata(file).num_rows for file in list_files(layout.raw_store)]
    assert all(size <= 8 for size in sizes)
    assert all(one + other > 8 for one, other in pairwise(sizes))


@pytest.mark.parametrize("call", range(1, 9))
def test_kill_while_compacting_loses_nothing_and_keeps_nothing_twice(nights, inbox, monkeypatch, call):
    """The process ends before the first, second ... step that changes a file."""
    layout, steps = Layout(nights), []
    rows = stored(layout)

    class Killed(BaseException):
        pass

    def counted(real):
        def step(*arguments, **options):
            steps.append(real)
            if len(steps) == call:
                raise Killed
            return real(*arguments, **options)

        return step

    with monkeypatch.context() as patch:
        for name in ("unlink", "replace"):
            patch.setattr(raw_store.Path, name, counted(getattr(raw_store.Path, name)))
        patch.setattr(os, "fsync", counted(os.fsync))
        with suppress(Killed):
            compact(layout.raw_store)
    run(nights, inbox)
    assert list(find_faults(layout)) == []
    assert stored(layout) == rows


def test_database_gives_back_the_space_of_old_results(nights):
    layout = Layout(nights)
    with duckdb.connect(str(nights)) as db:
        db.execute(
            "INSERT INTO expectation_results BY NAME SELECT run_id, 'articles' AS suite,"
            " 'holds ' || i AS expectation, '' AS column_name, 'critical' AS severity, i > 0 AS success"
            " FROM runs, range(40_000) AS t(i)"
        )
    before, kept = nights.stat().st_size, dump(nights)
    assert shrink(layout, datetime.now(UTC) - timedelta(days=1)) == 0, "they are not old"
    assert shrink(layout, datetime.now(UTC)) == NIGHTS * 39_999
    assert nights.stat().st_size < before - 5_000_000
    assert dump(nights) == kept
    assert ask(nights, "SELECT DISTINCT success FROM expectation_results") == [{"success": False}]
    assert ask(nights, "SELECT count(*) AS n FROM site_coverage"), "the views are there"


def test_reports_are_pruned_by_age(nights):
    layout = Layout(nights)
    names = ["validations/20260101T000000Z-0000.json", "runs/20260101T000000Z-0000.html"]
    names += ["validations/20991231T000000Z-0000.json", "index.html"]
    for name in names:
        (layout.reports / name).parent.mkdir(parents=True, exist_ok=True)
        (layout.reports / name).write_text("{}")
    assert prune_reports(layout, datetime(2026, 11, 1, tzinfo=UTC)) == 2
    assert [(layout.reports / name).exists() for name in names] == [False, False, True, True]


SPOIL = {
    "UPDATE segments SET end_char = end_char + 1 WHERE position = 0": "segments do not tile",
    "DELETE FROM paragraphs WHERE position = 1": "the paragraphs do not match the article",
    "DELETE FROM captures WHERE source_uri LIKE '%/0.txt'": "a document has no capture",
    "UPDATE mentions SET start_char = start_char + 1": "mentions do not match the text at their spans",
    "DELETE FROM runs": "a document refers to an unknown run",
}


@pytest.mark.parametrize(("statement", "words"), SPOIL.items())
def test_damage_to_the_database_is_found(nights, statement, words):
    if "mentions" in statement:
        statement += "; INSERT INTO mentions SELECT article_id, 99, 'wechat', 'x', 0, 1 FROM articles"
    with duckdb.connect(str(nights)) as db:
        db.execute(statement)
    assert any(words in fault for fault in find_faults(Layout(nights)))


def test_lost_and_damaged_bytes_are_found(nights):
    layout = Layout(nights)
    first, *_, last = list_files(layout.raw_store)
    rows = pq.read_table(first).to_pylist()
    rows[0]["content"] = b"other bytes"
    pq.write_table(pa.Table.from_pylist(rows, schema=raw_store.SCHEMA), first)
    last.unlink()
    faults = list(find_faults(layout))
    assert any("are damaged" in fault for fault in faults)
    assert any("lacks the bytes" in fault for fault in faults)


def test_flow_tells_what_it_did_and_fails_on_damage(nights):
    done = maintain.fn(nights)
    assert (done.raw_files_before, done.raw_files) == (NIGHTS, 1)
    with duckdb.connect(str(nights)) as db:
        db.execute("DELETE FROM segments")
    with pytest.raises(WarehouseDamaged, match="a document has no segments"):
        maintain.fn(nights)


def test_unfinished_files_are_cleared(nights):
    layout = Layout(nights)
    (layout.raw_store / "x.parquet.partial").write_bytes(b"half")
    clear_unfinished(layout.raw_store)
    assert not list(layout.raw_store.glob("*.partial"))
