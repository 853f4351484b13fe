"""Cut the power under a served schedule: python -m tests.trials.power_cut --cuts 4 --seed 1.

`winnow serve`, its Prefect server and the run are killed at once, as often as asked, a minute each: at a
random instant after a run was prepared, or after it began. After each restart, interrupted runs must be
marked and notified, and a single run must catch up these and the missed ones.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import PROSE
from tests.loading import ask
from tests.trials.served import Served

EVERY = 20  # seconds from a run to the next
PATIENCE = 600  # seconds until a run must have begun, and until one must have ended, on a busy machine
BROKEN = "interrupted: its process was killed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="winnow-cut-", ignore_cleanup_errors=True) as folder:
        served = Served(Path(folder), EVERY)
        served.inbox.mkdir()
        for cut in range(1, options.cuts + 1):
            (served.inbox / f"{cut}.txt").write_text(PROSE.format(n=cut))
            try:
                served.serve()
                begun = wait_for(served, datetime.now(UTC), ("PENDING", "RUNNING")[cut % 2])
                time.sleep(rng.uniform(0, 5))
                served.kill()
                at = datetime.now(UTC)
                print(f"cut {cut}: of {begun['name']} due {begun['expected_start_time']} at {at}")
                served.serve()
                wait_for(served, at, "COMPLETED")
                judge(served, at, cut)
            finally:
                served.kill()


def wait_for(served: Served, after: datetime, state: str) -> dict:
    """Return a run that came into a state after a moment; TimeoutError if none does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for run in served.runs(state):
            if datetime.fromisoformat(run["state"]["timestamp"]) > after:
                return run
        time.sleep(0.3)
    stuck = [(run["name"], run["state"]["name"]) for run in served.runs("PENDING", "RUNNING")]
    raise TimeoutError(f"no run became {state} within {PATIENCE} s; {stuck}")


def judge(served: Served, at: datetime, cut: int) -> None:
    """Hold what a restart must have done: nothing is stuck, each that was is told, all is loaded."""
    begun, crashed, told = served.runs("PENDING", "RUNNING"), served.runs("CRASHED"), served.told()
    stuck = [run for run in begun if datetime.fromisoformat(run["state"]["timestamp"]) < at]
    assert not stuck, stuck
    assert len(told) == len(crashed), told
    assert {run["state"]["message"] for run in crashed} <= {BROKEN}
    (count,) = ask(served.database, "SELECT count(*) AS articles FROM articles")
    assert count == {"articles": cut}
    seconds = (datetime.now(UTC) - at).total_seconds()
    print(f"  {seconds:.0f} s later: made good; {len(crashed)} marked and told so far", flush=True)


if __name__ == "__main__":
    main()
