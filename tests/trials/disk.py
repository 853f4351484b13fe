"""Fill the disk at random points of a run: python -m tests.trials.disk --runs 40 --seed 1 (as root).

A small tmpfs holds the warehouse, and a filler leaves a random rest of it free. The run must end in
words or well, the published file must be as before or as after, and with room again the next run must
make the warehouse what its undisturbed twin is.
"""

import argparse
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.loading import clean_text, conserves
from tests.trials.night import Inbox, call, finish, leftovers, look, run_steps, start

SIZE = 64_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="winnow-disk-"))
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "winnow-trial", str(disk)], check=True)
    try:
        fill(folder, disk, options.runs, random.Random(options.seed))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        shutil.rmtree(folder)


def fill(folder: Path, disk: Path, runs: int, rng: random.Random) -> None:
    """Let runs meet a full disk, and judge what each leaves."""
    clean_text("The models are loaded before anything is forked.")
    inbox = Inbox(folder / "inbox", rng.randrange(1_000))
    inbox.change(new=8, changed=0, bad=2, vanished=0)
    twin, victim = folder / "twin" / "w.duckdb", disk / "w.duckdb"
    where: Counter[str] = Counter()
    words: Counter[str] = Counter()
    started = time.monotonic()
    for number in range(runs):
        inbox.change(rng.randrange(1, 6), rng.randrange(4), rng.randrange(3), rng.randrange(4))
        call(run_steps, twin, inbox.folder, False)
        before, (after, _) = call(look, victim)[0], call(look, twin)
        need = 12_000_000 if number == 0 else 2 * victim.stat().st_size
        filler = disk / "filler"
        filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - rng.randrange(need))))
        steps, result, error = finish(*start(run_steps, victim, inbox.folder, False))
        filler.unlink()
        found, faults = call(look, victim)
        assert not faults, faults
        assert found == (after if result else before), f"neither as before nor as after: {steps[-1]}"
        if error:
            where[steps[-1]] += 1
            words[re.sub(r"[:.'\"/(].*", "", error)] += 1
            assert "the disk is full" in error, error
        done, _ = call(run_steps, victim, inbox.folder, False)
        assert conserves(done)
        assert call(look, victim) == (after, [])
        assert not leftovers(victim), leftovers(victim)
    full = sum(where.values())
    print(
        f"{runs} runs on a small disk, {full} of them met it full, {time.monotonic() - started:.0f} s:"
        f" nothing inconsistent, each next run ended well.\nIt was full in: {dict(where)}\n"
        f"What was said: {dict(words)}"
    )


if __name__ == "__main__":
    main()
