"""One served schedule from beginning to end: it makes runs, they fire, and none overlaps another."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.loading import ROOT

SECONDS = 240  # for a busy machine; it takes about 15


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask_server(api, path, **asked):
    import httpx

    try:
        answer = httpx.post(f"{api}/{path}", json=asked)
        return answer.json() if answer.is_success else []
    except httpx.TransportError:
        return []


def flow_runs(api, **asked):
    """Return the runs of a server; for a moment a new one has no state yet."""
    return [run for run in ask_server(api, "flow_runs/filter", limit=200, **asked) if run["state"]]


@pytest.fixture
def served(tmp_path, inbox, prose, prefect_home):
    """The API of a server whose schedule loads an inbox each second; all of it ends with the test."""
    (inbox / "a.txt").write_text(prose(1))
    port, database = free_port(), tmp_path / "w.duckdb"
    code = "from flows.commands.main import main; main()"
    arguments = ["serve", inbox, "--warehouse", database, "--cron", "* * * * * *", "--port", port]
    settings = {"PREFECT_HOME": str(prefect_home), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | settings,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}/api"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_schedule_makes_runs_that_fire_and_do_not_overlap(served):
    seen, deadline = {}, time.monotonic() + SECONDS
    while time.monotonic() < deadline and not {"Scheduled", "Running", "Cancelled"} <= seen.keys():
        for run in flow_runs(served, sort="EXPECTED_START_TIME_ASC"):
            seen[run["state"]["name"]] = run["state"]["message"]
        time.sleep(0.2)
    assert {"Scheduled", "Running", "Cancelled"} <= seen.keys()
    assert seen["Cancelled"] == "Deployment concurrency limit reached."
    (limit,) = ask_server(served, "v2/concurrency_limits/filter")
    assert (limit["active_slots"], limit["limit"]) == (1, 1)
