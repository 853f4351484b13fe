"""Cut the power under a served schedule: python -m tests.trials.power_cut --cuts 4. A minute a cut.

`winnow serve`, its Prefect server and the run are killed at once while the run is on, as often as asked.
After each restart the run that was broken off must be told and marked, exactly one run must make good
for it and for those that were missed, and it must load.
"""

import argparse
import tempfile
from pathlib import Path

from tests.conftest import PROSE
from tests.loading import ask
from tests.trials.served import Served

EVERY = 20  # seconds from a run to the next
PATIENCE = 180  # seconds until a run must have begun, and until one must have ended
BROKEN = "broken off: its process ended without a word"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=4)
    cuts = parser.parse_args().cuts
    with tempfile.TemporaryDirectory(prefix="winnow-cut-", ignore_cleanup_errors=True) as folder:
        served = Served(Path(folder), EVERY)
        served.inbox.mkdir()
        for cut in range(1, cuts + 1):
            (served.inbox / f"{cut}.txt").write_text(PROSE.format(n=cut))
            try:
                served.serve()
                served.wait_for("Running", 1, PATIENCE)
                served.kill()
                served.serve()
                check(served, cut)
            finally:
                served.kill()
        print(ask(served.database, "SELECT count(*) AS articles FROM articles"))


def check(served: Served, cut: int) -> None:
    """Hold what a restart must do: tell and mark what was broken off, and make it good."""
    good, crashed = served.wait_for("Completed", cut, PATIENCE), served.runs("Crashed")
    told = served.told()
    print(f"cut {cut}: {len(crashed)} marked, {len(told)} told, {len(good)} made good", flush=True)
    assert len(told) == len(crashed) >= cut
    assert {run["state"]["message"] for run in crashed} == {BROKEN}


if __name__ == "__main__":
    main()
