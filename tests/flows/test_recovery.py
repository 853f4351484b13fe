"""After a kill the next run takes over what was done; what the machine refuses is told in words."""

import errno
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

import tests.loading as loading
from flows.failures.transient import InputVanished, explain_failure, may_pass
from tests.loading import ROOT, ask, begin, conserves, dump, run
from warehouse.paths import Layout
from warehouse.raw_store import RawStore, StoredCapture, list_files

TIMES = ("run_id", "first_run_id", "first_seen_at", "resolved_at")


def rows_of(database):
    """Return every row without what names its run or tells when."""
    tables = dump(database)
    for rows in tables.values():
        for row in rows:
            for name in TIMES:
                row.pop(name, None)
    return tables


@pytest.fixture
def several(inbox, prose, junk, monkeypatch):
    """Captures that make several batches: two good ones, or a good and a refused one, in each."""
    monkeypatch.setattr("flows.steps.collect.CAPTURES_PER_FILE", 2)
    for n in range(6):
        (inbox / f"{n}.txt").write_text(junk(n) if n == 3 else prose(n))
    (inbox / "7.txt").write_text("")
    return inbox


class Killed(BaseException):
    """Ends a run as a kill does: nothing of it goes on."""


def kill_after(monkeypatch, batches):
    """Let a run end when so many batches are done; return the numbers of those that are begun."""
    real, begun = loading.clean_batch, []

    def clean_batch(context, batch, workers):
        if len(begun) == batches:
            raise Killed
        begun.append(batch.number)
        return real(context, batch, workers)

    monkeypatch.setattr(loading, "clean_batch", clean_batch)
    return begun


def test_next_run_takes_over_the_batches_that_were_done(several, database, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        assert kill_after(patch, 2) == []
        with pytest.raises(Killed):
            run(database, several)
    assert not database.exists()
    with monkeypatch.context() as patch:
        begun = kill_after(patch, 99)
        done = run(database, several)
    assert begun == [3], "only what was not done is cleaned"
    assert conserves(done)
    run(tmp_path / "twin.duckdb", several)
    assert rows_of(database) == rows_of(tmp_path / "twin.duckdb")
    known = {row["run_id"] for row in ask(database, "FROM runs")}
    assert {row["first_run_id"] for row in ask(database, "FROM documents")} == known
    assert {row["run_id"] for row in ask(database, "FROM quarantine")} == known
    assert list(Layout(database).staging.iterdir()) == []


def test_batch_that_was_cut_is_done_again(several, database, monkeypatch):
    with monkeypatch.context() as patch:
        kill_after(patch, 1)
        with pytest.raises(Killed):
            run(database, several)
    (finished,) = Layout(database).staging.glob("*/batch-*")
    unfinished = finished.parent / "unfinished"
    unfinished.mkdir(exist_ok=True)
    finished.rename(unfinished / finished.name)
    begun = kill_after(monkeypatch, 99)
    assert run(database, several).documents_loaded == 5
    assert begun == [1, 2, 3]


def test_another_cleaner_takes_nothing_over(several, database, monkeypatch):
    with monkeypatch.context() as patch:
        kill_after(patch, 2)
        with pytest.raises(Killed):
            run(database, several)
    begun = kill_after(monkeypatch, 99)
    run(database, several, version="another")
    assert begun == [1, 2, 3]
    assert ask(database, "SELECT DISTINCT cleaner_version AS v FROM documents") == [{"v": "another"}]


def test_changed_capture_is_not_taken_over(several, database, prose, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(loading, "load_staged", _fail)
        with pytest.raises(Killed):
            run(database, several)
    (several / "0.txt").write_text(prose(9))
    done = run(database, several)
    assert conserves(done)
    texts = [row["text"] for row in ask(database, "SELECT text FROM articles")]
    assert any("Number 9" in text for text in texts)
    assert not any("Number 0" in text for text in texts)


def _fail(*_arguments, **_options):
    raise Killed


def test_raw_files_keep_their_order_whatever_the_clock_says(tmp_path):
    def append(name, content):
        capture = StoredCapture("00" * 31 + f"{content:02}", "a.txt", None, None, None, None)
        RawStore(tmp_path).append(name, [(capture, b"%d" % content)])

    for content, name in enumerate(
        ("20260102T000000Z-ffff", "20260101T000000Z-0000", "20260102T000000Z-ffff")
    ):
        append(name, content)
    assert len(list_files(tmp_path)) == 3, "no file is written over"
    assert [one.document_id[-2:] for one in RawStore(tmp_path).captures()] == ["02"]


# What the machine refuses, and what is said of it.


def call(*arguments):
    """Call the command line as its user does, without Prefect: its exit status and what it says."""
    code = (
        "import sys, flows.commands.main as c, tests.flows.test_recovery as t\n"
        "if __name__ == '__main__':\n"
        "    c.winnow = t.run_steps; c.main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


def run_steps(**_):
    """Stand in for the command: the steps of a run, so that only what it raises is looked at."""
    run(*map(Path, sys.argv[1:]))


@contextmanager
def small_disk(folder, size):
    """Mount a file system of so many bytes; it takes the right to do so."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "winnow-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root only")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_full_disk(tmp_path, inbox, prose):
    for n in range(30):
        (inbox / f"{n}.txt").write_text(prose(n))
    disk = tmp_path / "disk"
    with small_disk(disk, "40m"):
        database = disk / "winnow.duckdb"
        run(database, inbox / "0.txt")
        before, filler = dump(database, without=()), disk / "filler"
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(free - database.stat().st_size // 2))
        done = call(database, inbox)
        assert (done.returncode, "the disk is full" in done.stderr) == (1, True), done.stderr
        assert "Traceback" not in done.stderr
        assert dump(database, without=()) == before
        assert not Layout(database).next_database.exists(), "a half copy would keep the disk full"
        filler.unlink()
        assert run(database, inbox).documents_loaded == 29


@contextmanager
def closed(folder):
    """Take away the right to write to a folder: from root by a file system that is read-only."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield


def test_no_right_to_write(tmp_path, inbox, prose):
    (inbox / "a.txt").write_text(prose(1))
    folder = tmp_path / "house"
    with small_disk(folder, "40m") if os.geteuid() == 0 else nullcontext():
        database = folder / "winnow.duckdb"
        run(database, inbox)
        before = dump(database, without=())
        (inbox / "b.txt").write_text(prose(2))
        with closed(folder):
            done = call(database, inbox)
        assert (done.returncode, "permission denied" in done.stderr) == (1, True), done.stderr
        assert "Traceback" not in done.stderr
        assert dump(database, without=()) == before


def test_input_folder_that_vanishes_in_mid_run(inbox, database, prose):
    from flows.ingest import require_still_there
    from flows.steps.collect import collect_captures
    from transforms.captures.inputs import READ_AS_USUAL, list_inputs

    for n in range(3):
        (inbox / f"{n}.txt").write_text(prose(n))
    files = list(list_inputs([str(inbox)]))
    (inbox / "0.txt").unlink()
    collected = collect_captures(begin(database), files)
    assert (collected.captures, collected.refused) == (2, {"unreadable": 1})
    # One file of many is a capture that could not be read.
    require_still_there([str(inbox)], collected, READ_AS_USUAL)
    shutil.rmtree(inbox)
    collected = collect_captures(begin(database), files)
    with pytest.raises(InputVanished, match=r"disappeared during the run"):
        require_still_there([str(inbox)], collected, READ_AS_USUAL)


def test_warehouse_folder_that_vanishes_in_mid_run(inbox, database, prose, monkeypatch):
    (inbox / "a.txt").write_text(prose(1))
    real = loading.clean_all

    def clean_all(context, *rest):
        real(context, *rest)
        shutil.rmtree(context.layout.staging)

    monkeypatch.setattr(loading, "clean_all", clean_all)
    monkeypatch.setattr(loading, "load_staged", lambda context, *_: context.layout.staging.stat())
    with pytest.raises(FileNotFoundError) as raised:
        run(database, inbox)
    assert str(database.with_suffix(".staging")) in explain_failure(raised.value)
    assert not database.exists()


HOLD = """
import sys, duckdb
db = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
"""


def test_warehouse_that_another_program_holds_for_writing(inbox, database, prose):
    (inbox / "a.txt").write_text(prose(1))
    run(database, inbox)
    command = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        done = call(database, inbox)
        other.stdin.close()
    assert done.returncode == 1
    assert re.search(r"another program has it open for writing(.|\n)*PID", done.stderr), done.stderr
    assert run(database, inbox).documents_unchanged == 1


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OSError(errno.EIO, "Input/output error"), True),
        (TimeoutError(errno.ETIMEDOUT, "Connection timed out"), True),
        (OSError("the object store did not answer"), True),
        (OSError(errno.ENOSPC, "No space left on device"), False),
        (PermissionError(errno.EACCES, "Permission denied"), False),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), False),
        (InputVanished("it vanished"), False),
        (ValueError("a bug"), False),
    ],
    ids=repr,
)
def test_only_what_may_pass_is_tried_again(error, passes):
    assert may_pass(error) is passes


def test_lost_server_is_told_in_words(tmp_path, inbox, prose):
    """No server listens there: the run ends at once, in words, and nothing is begun."""
    (inbox / "a.txt").write_text(prose(1))
    command = [sys.executable, "-c", "from flows.commands.main import main; main()", "run", str(inbox)]
    nobody = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    done = subprocess.run(
        [*command, "--warehouse", str(tmp_path / "w.duckdb")],
        capture_output=True, text=True, cwd=ROOT, check=False,
        env=os.environ | nobody,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Prefect's server cannot be reached" in done.stderr
    assert not (tmp_path / "w.duckdb").exists()
