"""Sixty nights of a served schedule: python -m tests.trials.schedule --nights 60 --every 30 --seed 1.

`winnow serve` loads an inbox each 30 seconds, or as soon after as the machine allows; before each night
captures come, change, go bad and vanish. Each seventh night is followed by `winnow maintain`, the
twentieth is refused, and a reader in a process of its own keeps the file of the first night open.
Printed is what memory and files came to.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import JUNK
from tests.loading import ROOT, ask, conserves
from tests.trials.night import Inbox, Reader, leftovers, megabytes
from tests.trials.served import WINNOW, Served, descendants
from warehouse.health import is_locked
from warehouse.integrity import find_faults
from warehouse.paths import Layout
from warehouse.schema.rows.runs import Run

PATIENCE = 600  # seconds until a night must have ended
REFUSED = 20  # the night that brings almost nothing but boilerplate
JUNK_PAGES = 60
LOCKED = "another run is loading it"
COLUMNS = (
    "night captures loaded unchanged refused articles serve_MB server_MB run_peak_MB worker_peak_MB"
    " file_MB raw_files raw_MB reports_MB prefect_MB seconds"
)
LAST = "FROM runs WHERE flow = 'ingest' ORDER BY started_at DESC LIMIT 1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--every", type=int, default=30, help="seconds from a night to the next")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="winnow-schedule-"))
    trial, started = Trial(folder, options.every, options.seed), time.monotonic()
    try:
        trial.served.serve()
        print(COLUMNS, flush=True)
        for night in range(1, options.nights + 1):
            trial.night(night)
        print(trial.report(time.monotonic() - started))
    finally:
        trial.served.kill()
    shutil.rmtree(folder, ignore_errors=True)


class Trial:
    """A served schedule, the inbox that it loads, a reader, and what was seen."""

    def __init__(self, folder: Path, every: int, seed: int) -> None:
        self.folder, self.served = folder, Served(folder, every)
        self.layout = Layout(self.served.database)
        self.inbox = Inbox(self.served.inbox, seed, most=200)
        self.inbox.change(new=30, changed=0, bad=4, vanished=0)
        self.changed_at, self.compared = datetime.now(UTC), 0
        self.reader: Reader | None = None
        self.ended: set[str] = set()
        self.met = self.maintained = self.flow_peak = self.worker_peak = 0
        self.is_maintenance_due = False

    def night(self, night: int) -> None:
        """Wait for the next run that ends, look at what it left, and change what the next one finds."""
        run = self.next_run()
        (row,) = ask(self.layout.database, LAST)
        self.hold(run, row)
        if night in (1, 2, REFUSED) or night % 6 == 0:
            print(*self.figures(night, run, row), flush=True)
            self.flow_peak = self.worker_peak = 0
        self.is_maintenance_due |= night % 7 == 0
        if self.is_maintenance_due:
            self.is_maintenance_due = not self.maintain()
        if row["status"] == "refused":
            for path in self.junk():
                path.unlink()
        self.change(will_be_refused=night + 1 == REFUSED)

    def junk(self) -> list[Path]:
        """Return the captures for which a night must be refused."""
        return list(self.inbox.folder.glob("junk-*"))

    def change(self, will_be_refused: bool) -> None:
        """Let captures come, change, go bad and vanish, before the next night if it is not on yet."""
        rng = self.inbox.random
        self.inbox.change(rng.randrange(8, 16), rng.randrange(6), rng.randrange(4), rng.randrange(6, 14))
        if will_be_refused:
            for n in range(JUNK_PAGES):
                (self.inbox.folder / f"junk-{n}.txt").write_text(JUNK + f"Refused page {n}\n")
        self.changed_at = datetime.now(UTC)

    def next_run(self) -> dict:
        """Return the next run that ends, having watched the memory of its processes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.watch()
            for run in self.served.runs("COMPLETED", "FAILED", "CRASHED"):
                if run["id"] in self.ended or not run["name"].startswith("ingest"):
                    continue
                self.ended.add(run["id"])
                if LOCKED not in (run["state"]["message"] or ""):
                    return run
                self.met += 1
            time.sleep(0.5)
        raise TimeoutError(f"no night ended within {PATIENCE} s")

    def watch(self) -> None:
        """Note the peak, since the last line, of the processes that run the flow or clean for it."""
        for flow in self.served.processes()[1]:
            self.flow_peak = max(self.flow_peak, megabytes(flow, "VmHWM"))
            below = [megabytes(worker, "VmHWM") for worker in descendants(flow)]
            self.worker_peak = max(self.worker_peak, *below, 0)

    def hold(self, run: dict, row: dict) -> None:
        """Hold what each night must leave; one that began before the last change saw some of it."""
        saw_all, is_refused = row["started_at"] > self.changed_at, row["status"] == "refused"
        assert is_refused == bool(self.junk()) or not saw_all, row
        assert run["state"]["name"] == ("Failed" if is_refused else "Completed"), run["state"]
        assert is_refused or conserves(Run(**row)), row
        assert row["captures_seen"] == len(list(self.inbox.folder.iterdir())) or not saw_all, row
        self.compared += saw_all
        assert list(find_faults(self.layout)) == []
        left = leftovers(self.layout.database)
        assert not left or is_locked(self.layout), left
        self.reader = self.reader or Reader(self.layout.database)
        assert self.reader.ask() == self.reader.first, "the reader sees what it opened"

    def maintain(self) -> bool:
        """Run `winnow maintain` beside the schedule, told to the same server; False if a night is on."""
        environment = os.environ | {"PREFECT_API_URL": self.served.api}
        command = [*WINNOW, "maintain", "--warehouse", str(self.layout.database)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or LOCKED in done.stderr, done.stderr
        self.maintained += done.returncode == 0
        return not done.returncode

    def figures(self, night: int, run: dict, row: dict) -> list[object]:
        """Return a line of the table."""
        (count,) = ask(self.layout.database, "SELECT count(*) AS articles FROM articles")
        serve, (server, _) = self.served.process.pid, self.served.processes()
        prefect = self.folder / "prefect"
        return [
            night, row["captures_seen"], row["documents_loaded"], row["documents_unchanged"],
            row["documents_quarantined"], count["articles"],
            megabytes(serve), megabytes(server), self.flow_peak, self.worker_peak,
            size([self.layout.database]), len(list(self.layout.raw_store.iterdir())),
            size(self.layout.raw_store.iterdir()), size(self.layout.reports.rglob("*")),
            size(prefect.glob("prefect.db*")), round(run["total_run_time"], 1),
        ]  # fmt: skip

    def report(self, seconds: float) -> str:
        """Return what was seen, in words."""
        nights = len(self.ended) - self.met
        return (
            f"{nights} nights, {seconds:.0f} s; what was in the inbox was known of {self.compared}, and"
            f" seen.\n{self.served.count('CANCELLED')} that fell due while one was on were cancelled,"
            f" {self.met} met a maintenance and said so; {self.maintained} maintenances."
            f"\nTold of failures: {len(self.served.told())}"
        )


def size(files: Iterable[Path]) -> float:
    """Return what files come to, in MB."""
    return round(sum(file.stat().st_size for file in files if file.is_file()) / 1e6, 1)


if __name__ == "__main__":
    main()
