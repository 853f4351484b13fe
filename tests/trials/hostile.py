"""Run `winnow run` on hostile files among others: python -m tests.trials.hostile --ordinary 500.

The ordinary files are run alone, then all files together, then all again, each by the command itself
with its Prefect server. The trial ends with status 1 at what is not as promised: the exit status, the
rows of the bad files, the articles of the others, the count of captures, the memory, the time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.steps.cleaning_processes import SECONDS_PER_CAPTURE
from flows.steps.reading_process import SECONDS_OF_SILENCE
from tests.benchmarks.memory import measure_tree
from tests.conftest import PROSE
from tests.hostile.files import BAD, FOLDERS, make_good, write_inputs
from tests.hostile.judge import articles_of, missing_rows
from tests.loading import ROOT, ask

COMMAND = [sys.executable, "-c", "from flows.commands.main import main; main()", "run"]
MOST_BYTES = 2_000_000_000
# A capture may take its time and 5 s more; what is not stopped may take a minute for all together.
SECONDS_OVER, SECONDS_FOR_OTHERS = 5.0, 60.0
STOPPED = "SELECT stage FROM quarantine WHERE reason = 'timed_out'"
CONSERVES = """
SELECT captures_seen = documents_loaded + documents_unchanged + documents_quarantined AS holds
FROM runs ORDER BY started_at DESC LIMIT 1
"""


@dataclass(frozen=True)
class Done:
    """How one command ended: exit status, seconds, the peak of memory, and what it said."""

    status: int
    seconds: float
    peak: int
    said: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ordinary", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-hostile-") as scratch:
        folder = Path(scratch)
        write_inputs(folder, lambda n: PROSE.format(n=n), options.ordinary)
        runs = {
            name: run(folder, database, inputs, options.workers)
            for name, database, inputs in (
                ("alone", "alone.duckdb", ("ordinary",)),
                ("together", "all.duckdb", FOLDERS),
                ("again", "all.duckdb", FOLDERS),
            )
        }
        for name, done in runs.items():
            print(f"{name}: exit {done.status}, {done.seconds:.0f} s, {done.peak / 1e9:.2f} GB")
            print(done.said, flush=True)
        faults = list(judge(folder, runs, options.ordinary))
    print("\n".join(faults) or f"{len(BAD)} bad and {len(make_good(str))} odd files: all as promised")
    sys.exit(1 if faults else 0)


def run(folder: Path, database: str, inputs: tuple[str, ...], workers: int) -> Done:
    """Call `winnow run`, and measure all its processes until it ends."""
    given = [str(folder / name) for name in inputs]
    command = [*COMMAND, *given, "--warehouse", str(folder / database), "--workers", str(workers)]
    environment = os.environ | {"PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": str(ROOT)}
    started, peak = time.monotonic(), 0
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        while process.poll() is None:
            peak = max(peak, sum(size for _, size in measure_tree(process.pid)))
            time.sleep(0.5)
        said.seek(0)
        return Done(process.returncode, time.monotonic() - started, peak, said.read())


def judge(folder: Path, runs: dict[str, Done], ordinary: int) -> Iterator[str]:
    """Yield what is not as promised."""
    for name, done in runs.items():
        if done.status != 0:
            yield f"{name}: exit status {done.status}"
        if done.peak > MOST_BYTES:
            yield f"{name}: {done.peak / 1e9:.2f} GB"
    limits = {"read": SECONDS_OF_SILENCE, "clean": SECONDS_PER_CAPTURE}
    stopped = [limits[row["stage"]] + SECONDS_OVER for row in ask(folder / "all.duckdb", STOPPED)]
    if runs["together"].seconds > 2 * runs["alone"].seconds + SECONDS_FOR_OTHERS + sum(stopped):
        yield f"together: it took longer than its captures may, of which {len(stopped)} were stopped"
    alone = articles_of(folder / "alone.duckdb", folder / "ordinary")
    if len(alone) != ordinary:
        yield f"{len(alone)} of {ordinary} ordinary files are loaded"
    if articles_of(folder / "all.duckdb", folder / "ordinary") != alone:
        yield "the ordinary files do not load as they do alone"
    yield from missing_rows(folder / "all.duckdb", folder)
    texts = "\n".join(row["text"] for row in articles_of(folder / "all.duckdb", folder / "odd"))
    yield from (
        f"odd article {n} is lost" for n in range(1_000, 1_021) if f"Number {n} was" not in texts
    )
    yield from (f"{name}: captures are lost" for name in ("alone", "all") if not holds(folder, name))


def holds(folder: Path, name: str) -> bool:
    """Return True if the last run of a warehouse accounts for each capture."""
    return bool(ask(folder / f"{name}.duckdb", CONSERVES)[0]["holds"])


if __name__ == "__main__":
    main()
