"""Compare whole runs with other tools on the same pages, and write docs/performance.md.

    python -m tests.benchmarks.end_to_end BENCH [--pages 150] [--rounds 3] [--workers 2] [--rows WORDS]

The pages are the first of dev, in one WARC for each worker, and their texts as one of the flatteners of
the benchmark made them. Each command runs in turn, round by round; a figure is the median. CPU time is
that of all processes together, so it depends little on what else the machine does.
"""

import argparse
import ctypes
import gzip
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from tests.archives import http, record
from tests.benchmarks.bars import draw_bars
from tests.benchmarks.gold import read_jsonl

ROOT = Path(__file__).parent.parent.parent
TABLE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "pictures" / "performance.svg"
BEGIN, END = "<!-- benchmark: make benchmark -->", "<!-- end of benchmark -->"
SET_CHILD_SUBREAPER = 36  # of prctl: orphans become ours, so that their CPU time is counted
PEERS = "tests.benchmarks.end_to_end_peers"
WINNOW = {
    "Winnow, `best`": ("pages", []),
    "Winnow, `best`, no facts": ("pages", ["--no-facts"]),
    "Winnow, `fast`": ("pages", ["--mode", "fast"]),
    "Winnow, `fast`, no facts": ("pages", ["--mode", "fast", "--no-facts"]),
    "Winnow, the flattened texts": ("texts", []),
    "Winnow, the flattened texts, no facts": ("texts", ["--no-facts"]),
    "Winnow, one text: what every run costs": ("one", []),
}
OTHERS = {
    "reading the archives alone": "read",
    "resiliparse, main text": "resiliparse",
    "trafilatura, one process": "trafilatura",
    "datatrove: WARC, trafilatura, JSON Lines": "datatrove",
}
PEER = "datatrove: WARC, trafilatura, JSON Lines"
LIBRARIES = ("trafilatura", "datatrove", "resiliparse", "duckdb", "prefect", "great-expectations")


def main() -> None:
    """Measure all commands, print the table, and write it and a plot to the documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rows", help="only rows with one of these words, besides datatrove's")
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_inputs(given.bench, folder, given.pages, given.workers)
        spent = measure(folder, choose_rows(given.rows), given.rounds, given.workers)
    middle = medians(spent)
    table = describe(middle, given.pages, given.rounds, given.workers)
    print(table)
    title = f"CPU seconds for {given.pages} pages or their texts"
    cpu = {name.replace("`", ""): seconds for name, (seconds, _) in middle.items()}
    PLOT.write_text(draw_bars(title, cpu, grey=OTHERS), encoding="utf-8")
    before, _, rest = TABLE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    TABLE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def make_inputs(bench: Path, folder: Path, wanted: int, workers: int) -> None:
    """Write the pages to archives and the texts to files."""
    pages = [p["html"] for p in islice(read_jsonl(bench / "dev.html.jsonl.gz"), wanted)]
    flats = (p["text"] for p in read_jsonl(bench / "dev.flat.jsonl.gz") if p["flattener"] == "wet")
    for name in ("pages", "texts", "one"):
        (folder / name).mkdir()
    for worker in range(workers):
        with gzip.open(folder / "pages" / f"{worker}.warc.gz", "wb") as file:
            for number in range(worker, len(pages), workers):
                body = http(pages[number].encode("utf-8", "replace"))
                file.write(record("response", body, url=f"http://site{number % 20}.test/{number}"))
    for number, text in enumerate(islice(flats, wanted)):
        (folder / "texts" / f"{number}.txt").write_text(text, encoding="utf-8", errors="replace")
    (folder / "one" / "0.txt").write_bytes((folder / "texts" / "0.txt").read_bytes())


def choose_rows(words: str | None) -> list[str]:
    """Return the rows of the table to measure, in its order."""
    names, wanted = [*OTHERS, *WINNOW], (words or "").split(",")
    return [name for name in names if name == PEER or any(word in name for word in wanted)]


def measure(
    folder: Path, names: Sequence[str], rounds: int, workers: int
) -> dict[str, list[tuple[float, float]]]:
    """Return the CPU and elapsed seconds of each command in each round."""
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in spent:
            spent[name].append(time_command(command_of(name, folder, turn, workers), folder))
            print(f"{name}: {spent[name][-1][0]:.1f} s", file=sys.stderr, flush=True)
    return spent


def command_of(name: str, folder: Path, turn: int, workers: int) -> Sequence[str]:
    """Return the command line of a row of the table."""
    if name in OTHERS:
        return [sys.executable, "-m", PEERS, OTHERS[name], str(folder / "pages"), str(workers)]
    place, options = WINNOW[name]
    warehouse = folder / f"{turn}-{list(WINNOW).index(name)}.duckdb"
    command = [sys.executable, "-m", "winnow", "run", str(folder / place), "--warehouse", str(warehouse)]
    return [*command, "--workers", str(workers), "--accept", *options]


def time_command(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run a command, and return the CPU and elapsed seconds of all its processes."""
    subprocess.run(["rm", "-rf", folder / "pages" / "datatrove", folder / "pages" / "datatrove-logs"])
    environment = os.environ | {"PREFECT_HOME": str(folder / "prefect")}
    before, began = _used(), time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    took = time.perf_counter() - began
    while True:  # processes that their parents have left to us
        try:
            os.wait()
        except ChildProcessError:
            break
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return _used() - before, took


def _used() -> float:
    times = os.times()
    return times.children_user + times.children_system


def medians(spent: Mapping[str, list[tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Return the median of CPU and of elapsed seconds of each command."""
    return {
        name: (statistics.median(cpu for cpu, _ in runs), statistics.median(took for _, took in runs))
        for name, runs in spent.items()
    }


def describe(middle: Mapping[str, tuple[float, float]], pages: int, rounds: int, workers: int) -> str:
    """Return the table and how it was made, in Markdown."""
    versions = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    rows = [
        f"| {name} | {cpu:.1f} | {cpu / middle[PEER][0]:.2f} | {took:.0f} |"
        for name, (cpu, took) in middle.items()
    ]
    return "\n".join(
        [
            f"{pages} pages and their texts, {workers} workers, medians of rounds in turn: {rounds};"
            f" {os.cpu_count()} CPUs,",
            f"{platform.system()} on {platform.machine()}, Python {platform.python_version()},",
            f"{versions}.",
            "",
            "| what | CPU seconds | times datatrove's | elapsed seconds |",
            "|---|---|---|---|",
            *rows,
            "",
            f"![CPU seconds of each command](pictures/{PLOT.name})",
        ]
    )


if __name__ == "__main__":
    main()
