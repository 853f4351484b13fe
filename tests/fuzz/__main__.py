"""Try made-up inputs on each target: python -m tests.fuzz --minutes 20 [--target facts].

Each target is a hypothesis test whose examples come from another seed each round. What breaks one is
shrunk, printed with its input, and ends the trial with status 1. Targets name what they call; a target
fails where it raises what its docstring does not allow, or where an invariant of its result is broken.
"""

import argparse
import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, seed, settings

from tests.fuzz.targets import TARGETS

EXAMPLES = 200  # in a round


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20, help="for each target")
    parser.add_argument("--target", choices=list(TARGETS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = [
        name
        for name in options.target or TARGETS
        if not try_target(name, 60 * options.minutes, options.seed)
    ]
    sys.exit(1 if failed else 0)


def try_target(name: str, seconds: float, first: int) -> bool:
    """Try a target until its time is over; return False if an input broke it."""
    started, rounds = time.monotonic(), 0
    while time.monotonic() - started < seconds:
        test = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )(seed(first + rounds)(TARGETS[name]()))
        try:
            test()
        except Exception:
            traceback.print_exc()
            print(f"{name}: broken in round {rounds} (seed {first + rounds})", flush=True)
            return False
        rounds += 1
    print(f"{name}: {rounds * EXAMPLES:,} inputs in {seconds / 60:.1f} minutes", flush=True)
    return True


if __name__ == "__main__":
    main()
