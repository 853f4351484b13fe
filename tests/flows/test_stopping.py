"""The real command is stopped in mid-run: it says so, nothing is half done, the next run goes on."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.loading import ROOT, run
from warehouse.paths import Layout

CAPTURES = 20
WINNOW = [sys.executable, "-c", "from flows.commands.main import main; main()"]
PATIENCE = 120  # seconds; a busy machine takes long to start, and a run that hangs never ends


@pytest.fixture
def running(database, inbox, prose, prefect_home):
    """A run in its own group of processes that is cleaning captures just now."""
    for number in range(CAPTURES):
        (inbox / f"{number}.txt").write_text(prose(number))
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(prefect_home)}
    command = [*WINNOW, "run", str(inbox), "--warehouse", str(database), "--workers", "1"]
    # Tests that a shell runs in the background ignore Ctrl-C, and so would a run that they start.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        command, env=environment, start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + PATIENCE
    while not any(Layout(database).staging.glob("*/plan.parquet")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stops(process, database, number):
    """Wait for the run to end, and hold that it says why and leaves no warehouse behind."""
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number, said
    assert f"stopped by {signal.Signals(number).name}" in said
    assert "Traceback" not in said
    assert not database.exists()


def test_interrupt_of_the_group_stops_a_run_and_the_next_goes_on(running, database, inbox):
    os.killpg(running.pid, signal.SIGINT)
    stops(running, database, signal.SIGINT)
    assert run(database, inbox).documents_loaded == CAPTURES


@pytest.mark.parametrize("send", [os.killpg, os.kill], ids=["group", "run alone"])
def test_sigterm_stops_a_run(running, database, send):
    send(running.pid, signal.SIGTERM)
    stops(running, database, signal.SIGTERM)


def test_library_that_replaces_the_exception_of_a_signal(tmp_path):
    """Pydantic turns what is raised while it builds a model into an error of its own."""
    code = (
        "import os, signal, click\n"
        "from flows.commands import main\n"
        "def swallow(**_):\n"
        "    try: os.kill(os.getpid(), signal.SIGTERM)\n"
        "    except BaseException: pass\n"
        "    raise ValueError('SchemaError')\n"
        "main.winnow = swallow\n"
        "main.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 128 + signal.SIGTERM
    assert "stopped by SIGTERM" in done.stderr
    assert "Traceback" not in done.stderr


def test_sigterm_in_a_query_of_a_flow(prefect_home):
    """Prefect has a handler of its own for a flow, and DuckDB replaces what a handler raises."""
    code = (
        "import os, signal, threading, duckdb\n"
        "from flows.commands import main\n"
        "from flows.failures.notify import HOOKS\n"
        "from flows.server.temporary_server import starting_server\n"
        "from prefect import flow\n"
        "@flow(**HOOKS)\n"
        "def query():\n"
        "    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "    duckdb.sql('SELECT count(*) FROM range(1_000_000_000_000)').fetchall()\n"
        "def command(**_):\n"
        "    with starting_server(): pass\n"
        "    query()\n"
        "main.winnow = command\n"
        "main.main()\n"
    )
    environment = os.environ | {"PREFECT_HOME": str(prefect_home)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert done.returncode == 128 + signal.SIGTERM, done.stderr
    assert "stopped by SIGTERM" in done.stderr
    assert "Traceback" not in done.stderr
