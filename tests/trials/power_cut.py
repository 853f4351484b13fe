"""Cut the power under a served schedule: python -m tests.trials.power_cut. Takes about two minutes.

`winnow serve`, its Prefect server and the run are killed at once while the run is on, as often as asked.
After each restart the run that was broken off must be told and marked, exactly one run must make good
for it and for those that were missed, and it must load.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import PROSE
from tests.loading import ROOT, ask
from tests.test_serving import flow_runs, free_port

COMMAND = [sys.executable, "-c", "from flows.command_line import main; main()", "serve"]
SECONDS = 180


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=2)
    cuts = parser.parse_args().cuts
    with tempfile.TemporaryDirectory(prefix="winnow-cut-", ignore_cleanup_errors=True) as folder:
        trial = Trial(Path(folder))
        for cut in range(1, cuts + 1):
            try:
                trial.serve()
                trial.wait_for("Running")
                trial.kill()
                trial.serve()
                trial.check(cut)
            finally:
                trial.kill()
        print(ask(Path(folder) / "w.duckdb", "SELECT count(*) AS articles FROM articles"))


class Trial:
    """A schedule that loads an inbox each 20 seconds, and the processes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        (folder / "inbox").mkdir()
        (folder / "inbox" / "a.txt").write_text(PROSE.format(n=1))

    def serve(self) -> None:
        arguments = [
            *("--warehouse", self.folder / "w.duckdb", "--port", self.port),
            *(
                "--cron",
                "* * * * * */20",
                "--on-failure",
                f"cat >> {self.folder}/told; echo >> {self.folder}/told",
            ),
        ]
        home = {"PREFECT_HOME": str(self.folder / "prefect"), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
        self.process = subprocess.Popen(
            [*COMMAND, str(self.folder / "inbox"), *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | home,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def check(self, cut: int) -> None:
        """Hold what a restart must do: tell and mark what was broken off, and make it good."""
        good, crashed = self.wait_for("Completed", cut), self.runs("Crashed")
        told = (self.folder / "told").read_text().splitlines()
        print(f"cut {cut}: {len(crashed)} marked, {len(told)} told, {len(good)} made good", flush=True)
        assert len(told) == len(crashed) >= cut
        message = "broken off: its process ended without a word"
        assert {run["state"]["message"] for run in crashed} == {message}

    def runs(self, state: str) -> list[dict]:
        found = flow_runs(self.api, sort="EXPECTED_START_TIME_ASC")
        return [run for run in found if run["state"]["name"] == state]

    def wait_for(self, state: str, count: int = 1) -> list[dict]:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            if len(found := self.runs(state)) >= count:
                return found
            time.sleep(0.3)
        raise TimeoutError(f"no run became {state} within {SECONDS} s")


if __name__ == "__main__":
    main()
