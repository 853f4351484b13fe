"""Kill the Prefect server in mid-run: python -m tests.trials.server --runs 5 --seed 1.

`winnow run` reports to a server that PREFECT_API_URL names, and the server is killed at a random
instant. However the run ends, the published file must be as before or as after; with a server again
the next run must make the warehouse what its undisturbed twin is.
"""

import argparse
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

from tests.loading import ROOT, clean_text
from tests.trials.kill import COMMAND
from tests.trials.night import Inbox, call, leftovers, look, run_steps

PATIENCE = 300  # seconds until a run without its server must have ended


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder, rng = Path(tempfile.mkdtemp(prefix="winnow-server-")), random.Random(options.seed)
    clean_text("The models are loaded before anything is forked.")
    inbox = Inbox(folder / "inbox", options.seed)
    inbox.change(new=8, changed=0, bad=2, vanished=0)
    twin, victim = folder / "twin" / "w.duckdb", folder / "victim" / "w.duckdb"
    ended: Counter[str] = Counter()
    for _ in range(options.runs):
        inbox.change(new=4, changed=2, bad=1, vanished=1)
        call(run_steps, twin, inbox.folder, False)
        before, (after, _) = call(look, victim)[0], call(look, twin)
        server, environment = start_server(folder)
        run = start_run(victim, inbox, environment)
        time.sleep(rng.uniform(2, 16))
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        started = time.monotonic()
        _, told = run.communicate(timeout=PATIENCE)
        ended[f"exit status {run.returncode}"] += 1
        last = told.strip().splitlines()[-1:]
        print(f"{time.monotonic() - started:.0f} s later: {run.returncode} {last}", flush=True)
        found, faults = call(look, victim)
        assert not faults, faults
        assert found in (before, after), "neither as before nor as after"
        server, environment = start_server(folder)
        again = start_run(victim, inbox, environment)
        told = again.communicate(timeout=PATIENCE)[1]
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        assert again.returncode == 0, told
        assert call(look, victim) == (after, [])
        assert not leftovers(victim), leftovers(victim)
    print(f"{options.runs} kills of the server: nothing inconsistent, each next run ended well.")
    print(dict(ended))
    shutil.rmtree(folder)


def start_run(database: Path, inbox: Inbox, environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start `winnow run` as its user does."""
    command = [*COMMAND, str(inbox.folder), "--warehouse", str(database), "--workers", "1"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def start_server(folder: Path) -> tuple[subprocess.Popen[bytes], dict[str, str]]:
    """Start a Prefect server of its own state, and return it with the environment that names it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tempfile.mkdtemp(dir=folder)
    api = f"http://127.0.0.1:{port}/api"
    environment = os.environ | {"PREFECT_HOME": home, "PREFECT_API_URL": api}
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{api}/health", timeout=2).close()
            return server, environment
        except OSError:
            time.sleep(0.3)
    raise OSError("the Prefect server did not start")


if __name__ == "__main__":
    main()
