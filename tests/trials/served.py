"""`winnow serve` as its user starts it, with its Prefect server, and what can be asked of both."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.flows.test_serve import ask_server, flow_runs, free_port
from tests.loading import ROOT

WINNOW = [sys.executable, "-c", "from flows.commands.main import main; main()"]


class Served:
    """A schedule that loads an inbox each so many seconds, and the processes of it."""

    def __init__(self, folder: Path, every: int) -> None:
        self.folder, self.every, self.port = folder, every, free_port()
        self.inbox, self.database = folder / "inbox", folder / "house" / "w.duckdb"
        self.api = f"http://127.0.0.1:{self.port}/api"

    def serve(self) -> None:
        """Start it, or start it again."""
        arguments = {
            "--warehouse": self.database,
            "--port": self.port,
            "--cron": f"* * * * * */{self.every}",
            "--workers": 1,
            "--on-failure": f"cat >> {self.folder}/told; echo >> {self.folder}/told",
        }
        home = {"PREFECT_HOME": str(self.folder / "prefect"), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
        self.process = subprocess.Popen(
            [*WINNOW, "serve", str(self.inbox), *(str(x) for pair in arguments.items() for x in pair)],
            cwd=ROOT,
            env=os.environ | home,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill it, its server and its run at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def processes(self) -> tuple[int, list[int]]:
        """Return its Prefect server, 0 if that is not up yet, and the processes that run the flow."""
        below = children(self.process.pid)
        server = next((one for one in below if "server" in command_of(one)), 0)
        return server, [one for one in below if one != server]

    def told(self) -> list[str]:
        """Return what whoever is told of failures was told."""
        path = self.folder / "told"
        return path.read_text().splitlines() if path.exists() else []

    def runs(self, *states: str) -> list[dict]:
        """Return the runs that are in a state of one of these types, first those that ended last."""
        asked = {"state": {"type": {"any_": list(states)}}}
        return flow_runs(self.api, sort="END_TIME_DESC", flow_runs=asked)

    def count(self, state: str) -> int:
        """Count the runs that are in a state of a type."""
        return ask_server(self.api, "flow_runs/count", flow_runs={"state": {"type": {"any_": [state]}}})


def children(process: int) -> list[int]:
    """Return the processes that a process started and that are still there."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    try:
        return [int(child) for task in tasks for child in task.read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return []


def descendants(process: int) -> list[int]:
    """Return all processes below a process."""
    return [one for child in children(process) for one in (child, *descendants(child))]


def command_of(process: int) -> list[str]:
    """Return the command line of a process; nothing if it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
