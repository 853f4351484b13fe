"""Loading twice, again, differently, at the same time, and not at all."""

import subprocess
import sys
from threading import Timer

import duckdb
import pytest
from filelock import FileLock

from tests.loading import ROOT, ask, dump, run
from warehouse.errors import WarehouseError
from warehouse.health import is_locked
from warehouse.paths import Layout
from warehouse.store import only_run, open_published


@pytest.fixture
def two(inbox, prose):
    (inbox / "a.txt").write_text(prose(1))
    (inbox / "b.txt").write_text(prose(2))
    return inbox


def texts(database):
    rows = ask(
        database, "SELECT c.source_uri, text FROM captures AS c JOIN documents USING (document_id)"
    )
    return {row["source_uri"].rsplit("/", 1)[1]: row["text"].split("Number ")[1][0] for row in rows}


def test_second_run_changes_no_row(database, inbox, prose, junk):
    for name, content in {
        "a.txt": prose(1),
        "copy.txt": prose(1),
        "junk.txt": junk(),
        "none.txt": "",
    }.items():
        (inbox / name).write_text(content)
    first = run(database, inbox)
    before = dump(database)
    second = run(database, inbox)
    assert dump(database) == before
    assert (first.documents_loaded, first.documents_unchanged, first.documents_quarantined) == (1, 1, 2)
    assert (second.documents_loaded, second.documents_unchanged, second.documents_quarantined) == (
        0,
        2,
        2,
    )
    assert len(ask(database, "FROM runs")) == 2


def test_changed_file_replaces_its_rows(database, two, prose):
    run(database, two)
    (two / "a.txt").write_text(prose(3))
    done = run(database, two)
    assert texts(database) == {"a.txt": "3", "b.txt": "2"}
    assert (done.documents_loaded, done.documents_unchanged) == (1, 1)
    left = ask(database, "SELECT count(DISTINCT document_id) AS n FROM segments")
    assert left == [{"n": 2}], "rows of the old document are left"


def test_old_document_stays_where_another_capture_has_it(database, two, prose):
    (two / "b.txt").write_text(prose(1))
    run(database, two)
    (two / "a.txt").write_text(prose(3))
    run(database, two)
    assert texts(database) == {"a.txt": "3", "b.txt": "1"}


def test_capture_that_vanished_is_kept(database, two):
    run(database, two)
    (two / "a.txt").unlink()
    assert run(database, two).captures_seen == 1
    assert texts(database) == {"a.txt": "1", "b.txt": "2"}


def test_quarantine_remembers_when_and_is_resolved(database, inbox, prose, junk):
    (inbox / "a.txt").write_text(junk())
    run(database, inbox)
    (first,) = ask(database, "FROM quarantine")
    run(database, inbox)
    (again,) = ask(database, "FROM quarantine")
    assert again == first
    assert first["resolved_at"] is None
    (inbox / "a.txt").write_text(prose(1))
    run(database, inbox)
    (settled,) = ask(database, "FROM quarantine")
    assert settled["resolved_at"] > settled["first_seen_at"] == first["first_seen_at"]


def test_file_that_could_not_be_read_is_tried_again(database, inbox, prose):
    (inbox / "a.txt").write_text("")
    run(database, inbox)
    (inbox / "a.txt").write_text(prose(1))
    assert run(database, inbox).documents_loaded == 1
    assert ask(database, "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NULL") == [{"n": 0}]


def test_new_cleaner_cleans_again_and_keeps_the_first_run(database, two):
    first = run(database, two, version="cleaner-1")
    second = run(database, two, version="cleaner-2")
    assert (second.documents_loaded, second.documents_unchanged) == (2, 0)
    rows = ask(database, "SELECT DISTINCT first_run_id, cleaner_version FROM documents")
    assert rows == [{"first_run_id": first.run_id, "cleaner_version": "cleaner-2"}]
    assert run(database, two, version="cleaner-2").documents_loaded == 0


def test_bytes_are_kept_once(database, two, prose):
    (two / "copy.txt").write_text(prose(1))
    run(database, two)
    run(database, two)
    stored = duckdb.sql(f"SELECT count(*), count(content) FROM '{Layout(database).raw_store}/*.parquet'")
    assert stored.fetchall() == [(3, 2)]


READER = """
import sys, duckdb
db = duckdb.connect(sys.argv[1], read_only=True)
print(db.execute("SELECT count(*) FROM articles").fetchall()[0][0], flush=True)
sys.stdin.readline()
# Paragraphs were not asked for before: they are read from the file now.
print(db.execute("SELECT count(DISTINCT article_id) FROM paragraphs").fetchall()[0][0], flush=True)
"""


def test_reader_neither_blocks_a_load_nor_sees_half_of_it(database, two, prose):
    run(database, two)
    old_file = database.stat().st_ino
    command = [sys.executable, "-c", READER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "2\n"
        (two / "c.txt").write_text(prose(3))
        run(database, two)
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "2\n", "the reader sees what it opened"
        reader.stdin.close()
    assert database.stat().st_ino != old_file, "a new file took the place of the old one in one step"
    assert ask(database, "SELECT count(*) AS n FROM articles") == [{"n": 3}]


# Each process opens the file and asks, again and again, until it is told to end; or holds it open.
READERS = """
import sys, threading, time, duckdb
path, kind = sys.argv[1:]
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
QUESTION = '''
    SELECT (FROM runs SELECT sum(documents_loaded)::INT), (FROM documents SELECT count(*)::INT),
        (FROM articles SELECT count(*)::INT), (FROM captures SELECT count(*)::INT),
        (FROM segments SELECT count(DISTINCT document_id)::INT),
        (FROM paragraphs SELECT count(DISTINCT article_id)::INT)
'''
print("ready", flush=True)
held, asked = (duckdb.connect(path, read_only=True) if kind == "holds" else None), 0
while not ended.is_set() or not asked:
    db = held or duckdb.connect(path, read_only=True)
    for _ in range(2):
        print(*db.execute(QUESTION).fetchall()[0], flush=True)
    asked += 1
    time.sleep(0.05)
    if db is not held:
        db.close()
"""


def test_readers_in_other_processes_never_fail_and_never_see_a_mixture(database, inbox, prose):
    """Two that open the file anew for each question, two that hold it open, through three loads."""
    (inbox / "0.txt").write_text(prose(0))
    run(database, inbox)
    kinds = ("opens", "opens", "holds", "holds")
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READERS, str(database), kind],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for kind in kinds
    ]  # fmt: skip
    assert [reader.stdout.readline() for reader in readers] == ["ready\n"] * 4
    for n in range(1, 4):
        (inbox / f"{n}.txt").write_text(prose(n))
        assert run(database, inbox).documents_loaded == 1
    for kind, reader in zip(kinds, readers, strict=True):
        said, failed = reader.communicate("end", timeout=60)
        assert "Error" not in failed
        states = {tuple(line.split()) for line in said.splitlines()}
        assert states <= {(str(n),) * 6 for n in range(1, 5)}, "a mixture of two states was seen"
        assert len(states) == 1 or kind == "opens"


def test_two_connections_of_a_reader_see_one_state(database, two, prose):
    """DuckDB's Python client shares the open file: a second connection is no newer than the first."""
    run(database, two)
    with duckdb.connect(str(database), read_only=True) as first:
        (two / "c.txt").write_text(prose(3))
        load_elsewhere(database, two)
        with duckdb.connect(str(database), read_only=True) as second:
            counts = [db.execute("SELECT count(*) FROM articles").fetchall() for db in (first, second)]
    assert counts == [[(2,)], [(2,)]]
    assert ask(database, "SELECT count(*) AS n FROM articles") == [{"n": 3}]


def load_elsewhere(database, inbox):
    """Load in a process of its own, as a schedule does."""
    code = (
        "import sys; import tests.loading as loading\n"
        "if __name__ == '__main__': loading.run(sys.argv[1], sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", code, str(database), str(inbox)], cwd=ROOT, check=True)


def test_two_runs_at_once_are_refused(database, two):
    layout = Layout(database)
    with only_run(layout), pytest.raises(WarehouseError, match="another run"):
        run(database, two)
    assert not database.exists()
    assert run(database, two).documents_loaded == 2


def test_look_at_the_lock_refuses_no_run(database):
    """Who asks whether a run is on takes the lock for a moment."""
    layout = Layout(database)
    layout.lock.parent.mkdir(parents=True)
    look = FileLock(layout.lock, thread_local=False)
    look.acquire()
    Timer(0.1, look.release).start()
    with only_run(layout):
        assert is_locked(layout)


def test_lock_of_another_process_counts(database, two):
    code = (
        "import sys; from pathlib import Path; from warehouse.paths import Layout;"
        "from warehouse.store import only_run\n"
        "with only_run(Layout(Path(sys.argv[1]))): print('held', flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", code, str(database)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WarehouseError, match="wait for it to end"):
            run(database, two)
        other.stdin.close()


def test_what_another_program_wrote_is_not_thrown_away(database, two):
    run(database, two)
    before = database.read_bytes()
    layout = Layout(database)
    layout.write_ahead_log.write_bytes(b"what another program wrote")
    with pytest.raises(WarehouseError, match="another program has written"):
        run(database, two)
    assert database.read_bytes() == before
    assert layout.write_ahead_log.exists()


def test_tables_of_another_version_are_refused_in_words(database, two):
    run(database, two)
    with duckdb.connect(str(database)) as db:
        db.execute("ALTER TABLE stories ADD COLUMN mood VARCHAR")
    with pytest.raises(WarehouseError, match=r"does not know stories\.mood"):
        run(database, two)


def test_leftovers_of_a_killed_run_are_cleared(database, two):
    run(database, two)
    layout = Layout(database)
    layout.next_database.write_bytes(b"half a copy")
    assert run(database, two).documents_unchanged == 2
    assert not layout.next_database.exists()
    assert not list(layout.staging.glob("*"))


def test_kill_before_publishing_leaves_the_warehouse_as_it_was(database, two, prose):
    """Everything of a run but its last step, then the process is gone."""
    run(database, two)
    before = dump(database, without=())
    code = (
        "import os, sys; import tests.loading as loading\n"
        "loading.publish = lambda layout: os.kill(os.getpid(), 9)\n"
        "if __name__ == '__main__': loading.run(sys.argv[1], sys.argv[2])"
    )
    (two / "c.txt").write_text(prose(3))
    done = subprocess.run([sys.executable, "-c", code, str(database), str(two)], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert dump(database, without=()) == before
    assert run(database, two).documents_loaded == 1
    assert texts(database) == {"a.txt": "1", "b.txt": "2", "c.txt": "3"}


def test_missing_warehouse_is_said_in_words(tmp_path):
    with pytest.raises(WarehouseError, match="winnow run"):
        open_published(Layout(tmp_path / "none.duckdb"))


def test_file_that_is_no_warehouse_is_said_in_words(tmp_path):
    path = tmp_path / "notes.duckdb"
    path.write_text("these are my notes, not a database " * 1_000)
    with pytest.raises(
        WarehouseError,
        match=r"notes\.duckdb: damaged, or not a Winnow warehouse.*winnow rebuild",
    ):
        open_published(Layout(path))


class TestRefusedBatch:
    """Twenty captures and more, most of them boilerplate: the cleaner or the input is wrong.

    That it loads all the same when it is accepted is tested with the flow.
    """

    @pytest.fixture(scope="class")
    def history(self, tmp_path_factory, prose, junk):
        folder = tmp_path_factory.mktemp("refused")
        database, inbox = folder / "winnow.duckdb", folder / "inbox"
        inbox.mkdir()
        (inbox / "a.txt").write_text(prose(1))
        run(database, inbox)
        states = [dump(database)]
        for n in range(24):
            (inbox / f"junk-{n}.txt").write_text(junk(n))
        (inbox / "b.txt").write_text(prose(2))
        refused = run(database, inbox, checked=True)
        states.append(dump(database))
        return refused, states, ask(database, "FROM expectation_results")

    def test_data_tables_are_unchanged(self, history):
        _, states, _ = history
        assert states[1] == states[0]

    def test_run_and_its_checks_are_recorded(self, history):
        refused, _, results = history
        assert refused.status == "refused"
        assert "captures contain no article; the limit is 50%" in refused.detail
        assert (refused.captures_seen, refused.documents_loaded) == (26, 0)
        broken = [row for row in results if not row["success"] and row["severity"] == "critical"]
        assert [row["expectation"] for row in broken] == ["too_much_is_refused"]
