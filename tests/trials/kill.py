"""Kill runs at random instants: python -m tests.trials.kill --runs 200 --seed 1.

Each cycle changes the captures, lets a twin warehouse load them undisturbed, and kills the run of the
other one time or more before it is let finish. After each kill the published file must open, break no
rule and be as it was before or as it is after; after the next run both warehouses must hold the same
rows. A share of the runs is `winnow run` itself, with its Prefect server.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.loading import ROOT, clean_text, conserves
from tests.trials.night import (
    Inbox,
    call,
    finish,
    kill_later,
    leftovers,
    look,
    maintain_steps,
    run_steps,
    start,
)

FIRST_SECONDS = 12.0  # of `winnow run`, until one was measured
COMMAND = [sys.executable, "-c", "from flows.commands.main import main; main()", "run"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers-share", type=float, default=0.1, help="runs with worker processes")
    parser.add_argument(
        "--commands", type=int, default=6, help="kills of `winnow run` itself, the last of all"
    )
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="winnow-kill-"))
    clean_text("The models are loaded before anything is forked.")
    trial = Trial(folder, options.seed, options.workers_share)
    started = time.monotonic()
    while trial.kills < options.runs - options.commands:
        trial.cycle()
        if trial.cycles % 10 == 0:
            print(f"{trial.kills} kills, {time.monotonic() - started:.0f} s", flush=True)
    while trial.kills < options.runs:
        trial.kill_command()
    print(trial.report(time.monotonic() - started), flush=True)
    shutil.rmtree(folder)


class Trial:
    """A warehouse whose runs are killed, its undisturbed twin, and what was seen."""

    def __init__(self, folder: Path, seed: int, workers_share: float) -> None:
        self.inbox, self.random = Inbox(folder / "inbox", seed), random.Random(seed)
        self.folder, self.workers_share = folder, workers_share
        self.victim, self.twin = folder / "victim" / "w.duckdb", folder / "twin" / "w.duckdb"
        self.kills = self.cycles = self.late = self.published = 0
        self.command_seconds = FIRST_SECONDS
        self.where: Counter[str] = Counter()
        self.inbox.change(new=8, changed=0, bad=2, vanished=0)

    def cycle(self) -> None:
        """Change the captures, load them in the twin, and kill until the victim may finish."""
        rng, with_workers = self.random, self.random.random() < self.workers_share
        self.inbox.change(rng.randrange(6), rng.randrange(4), rng.randrange(3), rng.randrange(4))
        _, seconds = call(run_steps, self.twin, self.inbox.folder, with_workers)
        before, _ = call(look, self.victim)
        after, faults = call(look, self.twin)
        assert not faults, f"the twin: {faults}"
        for _ in range(rng.choice([1, 1, 2, 3])):
            child, pipe = start(run_steps, self.victim, self.inbox.folder, with_workers)
            kill_later(child, rng.uniform(0, 1.1 * seconds), whole_group=rng.random() < 0.5)
            steps, result, error = finish(child, pipe)
            assert error is None, error
            self.judge(before, after, steps[-1] if steps else "start", is_late=result is not None)
        self.finish_well(after)
        if rng.random() < 0.2:
            self.kill_maintenance(after)
            call(maintain_steps, self.twin)
        self.cycles += 1

    def kill_maintenance(self, rows: object) -> None:
        """Kill a maintenance at a random instant; it changes no row, and nothing is kept twice."""
        child, pipe = start(maintain_steps, self.victim)
        kill_later(child, self.random.uniform(0, 1.5), whole_group=True)
        _, result, error = finish(child, pipe)
        assert error is None, error
        self.late += result is not None
        self.kills += result is None
        self.where["maintain"] += result is None
        self.finish_well(rows)

    def judge(self, before: object, after: object, step: str, is_late: bool) -> None:
        """Look at what a kill left: the published file is as before or as after, and breaks no rule."""
        self.late += is_late
        if not is_late:
            self.kills += 1
            self.where[step] += 1
        found, faults = call(look, self.victim)
        assert not faults, f"after a kill in {step}: {faults}"
        assert found in (before, after), f"neither as before nor as after, killed in {step}"
        self.published += found == after != before

    def finish_well(self, after: object) -> None:
        """Let the next run end: no capture is lost or doubled, and nothing is left over."""
        done, _ = call(run_steps, self.victim, self.inbox.folder, False)
        assert conserves(done)
        assert done.captures_seen == len(list(self.inbox.folder.iterdir()))
        found, faults = call(look, self.victim)
        assert not faults, faults
        assert found == after, "the rows are not those of the twin"
        assert not leftovers(self.victim), leftovers(self.victim)

    def kill_command(self) -> None:
        """Kill `winnow run` with its Prefect server at a random instant, then let it run to its end."""
        self.inbox.change(new=3, changed=1, bad=1, vanished=1)
        call(run_steps, self.twin, self.inbox.folder, False)
        before, (after, _) = call(look, self.victim)[0], call(look, self.twin)
        environment = os.environ | {"PREFECT_HOME": str(self.folder / "prefect")}
        command = [*COMMAND, str(self.inbox.folder), "--warehouse", str(self.victim), "--workers", "1"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(self.random.uniform(0.2, 1.0) * self.command_seconds)
        is_late = process.poll() is not None
        os.killpg(process.pid, signal.SIGKILL) if not is_late else None
        process.wait()
        self.judge(before, after, "winnow run", is_late)
        begun = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        self.command_seconds = time.monotonic() - begun
        assert done.returncode == 0, done.stderr
        self.finish_well(after)

    def report(self, seconds: float) -> str:
        """Return what was seen, in words."""
        where = ", ".join(f"{step} {count}" for step, count in sorted(self.where.items()))
        return (
            f"{self.kills} kills in {self.cycles} cycles, {seconds:.0f} s: nothing inconsistent, each"
            f" next run ended well, rows as in the twin.\n"
            f"{self.published} kills came after the publishing, {self.late} after the end of the run"
            f" (not counted).\nThe kills fell into: {where}"
        )


if __name__ == "__main__":
    main()
