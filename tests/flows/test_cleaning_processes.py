"""No capture stalls or ends a run: what takes too long, is too deep or kills its process is refused."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps import cleaning_processes
from flows.steps.cleaning_processes import (
    PARCEL_BYTES,
    PARCEL_CAPTURES,
    Pool,
    clean_captures,
    make_parcels,
)
from tests.loading import ROOT, ask, capture_of, conserves, run
from tests.poison import clean_or_misbehave
from transforms.blocks.render import MAX_PAGE_CHARS
from transforms.captures.capture import Rejected
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.clean import Cleaned, clean

BAD = {
    "STALL:": "timed_out",
    "EXIT:": "worker_died",
    "KILL:": "worker_died",
    "CRASH:": "worker_died",
    "RAISE:": "cleaner_failed",
    "MEMORY:": "cleaner_failed",
}


@pytest.fixture(scope="module")
def outcomes(prose):
    """What a batch gives in which every second capture is poison, and how long it took."""
    contents = [content for n, bad in enumerate(BAD) for content in (prose(n), bad)]
    captures = [capture_of(content.encode()) for content in contents]
    started = time.monotonic()
    found = list(clean_captures(captures, workers=2, seconds=5, cleaner=clean_or_misbehave))
    return dict(zip(contents, found, strict=True)), time.monotonic() - started


@pytest.mark.parametrize(("text", "reason"), BAD.items())
def test_worker_that_misbehaves(outcomes, text, reason):
    rejected = outcomes[0][text]
    assert isinstance(rejected, Rejected)
    assert (rejected.stage, rejected.reason) == ("clean", reason)
    assert rejected.detail


def test_the_others_are_cleaned_in_order(outcomes, prose):
    found, seconds = outcomes
    assert seconds < 60, "the one that stalls is stopped"
    for n in range(len(BAD)):
        assert isinstance(found[prose(n)], Cleaned)
        assert f"Number {n}" in found[prose(n)].articles[0].text


def test_many_poison_captures_cost_no_other_capture(prose):
    contents = [content for n in range(4) for content in (f"EXIT:{n}", prose(n), f"KILL:{n}")]
    captures = [capture_of(content.encode()) for content in contents]
    found = clean_captures(captures, workers=2, seconds=20, cleaner=clean_or_misbehave)
    for content, outcome in zip(contents, found, strict=True):
        reason = outcome.reason if isinstance(outcome, Rejected) else "clean"
        assert reason == ("worker_died" if content[:4] in ("EXIT", "KILL") else "clean")


def test_capture_whose_worker_was_killed_by_chance_is_tried_again(tmp_path, prose):
    capture = capture_of(f"ONCE:{tmp_path / 'mark'}:{prose(1)}".encode())
    (outcome,) = clean_captures([capture], workers=1, seconds=20, cleaner=clean_or_misbehave)
    assert isinstance(outcome, Cleaned)


@given(st.lists(st.integers(0, 2 * PARCEL_BYTES), max_size=100))
def test_parcels_have_every_capture_once_and_are_bounded(sizes):
    parcels = list(make_parcels([capture_of(b"x" * size) for size in sizes]))
    assert [index for parcel in parcels for index in parcel] == list(range(len(sizes)))
    for parcel in parcels:
        assert len(parcel) <= PARCEL_CAPTURES
        assert sum(sizes[index] for index in parcel[:-1]) < PARCEL_BYTES


def test_idle_worker_that_is_killed_costs_nothing(prose):
    pool = Pool(1)
    for n in range(2):
        (outcome,) = pool.clean([capture_of(prose(n).encode())], 20, clean)
        assert isinstance(outcome, Cleaned)
        pool.idle[0].process.kill()


def test_worker_beside_a_slow_one_ends_when_that_is_back(prose, monkeypatch):
    monkeypatch.setattr(cleaning_processes, "SECONDS_ALONE", 0.1)
    monkeypatch.setattr(cleaning_processes, "PARCEL_CAPTURES", 1)
    started = []
    pool = Pool(1)
    real = pool._take
    monkeypatch.setattr(pool, "_take", lambda: started.append(real()) or started[-1])
    captures = [capture_of(text.encode()) for text in (f"SLOW:{prose(1)}", prose(2), prose(3))]
    assert len(list(pool.clean(captures, 20, clean_or_misbehave))) == 3
    assert len({worker.process.pid for worker in started}) == 2
    assert len({worker.process.pid for worker in started if not worker.pipe.closed}) == 1
    pool.end_idle()


def is_running(pid):
    """Return True if a process is there; one that ended and that nobody waited for is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc")
def test_cleaning_processes_end_with_their_run():
    """A run that is killed leaves no process behind."""
    code = (
        "import os, tests.flows.test_cleaning_processes as t\n"
        "if __name__ == '__main__':\n"
        "    pool = t.Pool(2)\n"
        "    workers = [pool._take() for _ in range(2)]\n"
        "    print(*(worker.process.pid for worker in workers), flush=True)\n"
        "    os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    workers = done.stdout.split()
    assert len(workers) == 2
    deadline = time.monotonic() + 20
    while any(map(is_running, map(int, workers))) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_running, map(int, workers)))


def deep(levels):
    return "<!doctype html><body>" + "<div>" * levels + "<p>Deep down.</p>" + "</div>" * levels


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, prose):
    folder = tmp_path_factory.mktemp("workers")
    inbox = folder / "inbox"
    inbox.mkdir()
    pages = {
        "good.txt": prose(1),
        "good.html": f"<!doctype html><title>A month</title><article><p>{prose(2)}</p></article>",
        "deep.html": deep(300),
        "wide.html": "<!doctype html><body>" + "<p>One more of very many paragraphs.</p>" * 300_000,
        "deepest.html": deep(5_000),
        "attributes.html": "<!doctype html><p "
        + " ".join(f"a{i}=1" for i in range(2_000))
        + ">Short.</p>",
        "open.html": "<!doctype html><body>" + "<b><i><p>" * 200 + "never closed",
    }
    assert len(pages["wide.html"]) > MAX_PAGE_CHARS
    for name, content in pages.items():
        (inbox / name).write_text(content)
    (inbox / "large.txt").write_bytes(b"x " * (MAX_CAPTURE_BYTES // 2 + 1))
    done = run(folder / "winnow.duckdb", inbox)
    return inbox, folder / "winnow.duckdb", done


@pytest.mark.parametrize(
    ("name", "stage", "reason"),
    [
        ("deep.html", "clean", "too_deep"),
        ("deepest.html", "clean", "too_deep"),
        ("wide.html", "clean", "too_large"),
        ("large.txt", "read", "too_large"),
    ],
)
def test_page_over_a_limit(loaded, name, stage, reason):
    inbox, database, _ = loaded
    (row,) = ask(database, "FROM quarantine WHERE source_uri = $uri", uri=f"{inbox}/{name}")
    assert (row["stage"], row["reason"]) == (stage, reason)


def test_the_others_load_and_nothing_is_lost(loaded):
    inbox, database, done = loaded
    assert conserves(done)
    assert done.captures_seen == len(list(inbox.iterdir()))
    found = {row["source_uri"].rsplit("/", 1)[1] for row in ask(database, "FROM captures")}
    assert {"good.txt", "good.html"} <= found


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_interrupt_does_not_reach_the_fork_server():
    """It loads modules for seconds, and would print a traceback among the words of the run."""
    code = (
        "import os, re, signal; from multiprocessing import forkserver; from pathlib import Path\n"
        "from flows.steps.fork_server import start_fork_server\n"
        "start_fork_server()\n"
        "pid = forkserver._forkserver._forkserver_pid\n"
        "status = Path(f'/proc/{pid}/status').read_text()\n"
        "print(int(re.search(r'SigBlk:\\s*(\\w+)', status)[1], 16) >> signal.SIGINT - 1 & 1)\n"
        "os.kill(pid, signal.SIGKILL)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
