"""Measure the memory of one run: the proportional set size of all its processes together.

    python -m tests.benchmarks.memory BENCH [--texts 1702] [--workers 2]
    python -m tests.benchmarks.memory BENCH --pages 2000
    python -m tests.benchmarks.memory --posts 200000

The texts are the flattened pages of train; beyond their number they are taken again with a line of
their own, so that each is another document. The pages are those of train and more, a file each. Posts
are made up, and short: see posts.py. Memory that processes share counts once.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

from flows.steps.cleaning_processes import processor_seconds
from tests.benchmarks.gold import read_jsonl
from tests.benchmarks.posts import write_posts

ROOT = Path(__file__).parent.parent.parent
SECONDS_BETWEEN, SECONDS_BETWEEN_LINES = 0.5, 30.0
COMMAND = "from flows.commands.main import main; main()"


def main() -> None:
    """Print the peak of a run, its parts, and what the run said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path, nargs="?")
    parser.add_argument("--posts", type=int, default=0)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--texts", type=int, default=1702)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.bench is None and not arguments.posts:
        parser.error("give the folder of the benchmark, or --posts")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if arguments.posts:
            (folder / "in").mkdir()
            write_posts(folder / "in" / "posts.jsonl", arguments.posts)
        elif arguments.pages:
            write_pages(arguments.bench, folder / "in", arguments.pages)
        else:
            write_texts(arguments.bench, folder / "in", arguments.texts)
        print(measure(folder, arguments.workers))


def write_texts(bench: Path, folder: Path, wanted: int) -> None:
    """Write so many different texts, a file each."""
    texts = [page["text"] for page in read_jsonl(bench / "train.flat.jsonl.gz")]
    endless = (text if turn == 0 else f"{text}\n\n{turn}\n" for turn in count() for text in texts)
    _write_files(folder, "txt", islice(endless, wanted))


def write_pages(bench: Path, folder: Path, wanted: int) -> None:
    """Write so many pages, a file each."""
    files = (bench / f"{part}.html.jsonl.gz" for part in ("train", "more"))
    pages = (page["html"] for file in files for page in read_jsonl(file))
    _write_files(folder, "html", islice(pages, wanted))


def _write_files(folder: Path, ending: str, contents: Iterable[str]) -> None:
    folder.mkdir()
    for number, content in enumerate(contents):
        (folder / f"{number:06}.{ending}").write_text(content, encoding="utf-8", errors="replace")


def measure(folder: Path, workers: int) -> str:
    """Run Winnow on a folder's texts, and return its time, its peak of memory and its summary."""
    command = [sys.executable, "-c", COMMAND, "run", "in", "--workers", str(workers)]
    command += ["--warehouse", "w.duckdb"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(folder / "prefect")}
    started = time.monotonic()
    run = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    peak: tuple[int, float, dict[str, int]] = (0, 0.0, {})
    told, used = 0.0, dict[str, float]()
    while run.poll() is None:
        sizes = dict(measure_tree(run.pid))
        used |= {name: processor_seconds(int(name.split()[0])) for name in sizes}
        total = sum(sizes.values())
        at = time.monotonic() - started
        peak = max(peak, (total, at, sizes), key=lambda seen: seen[0])
        if at - told >= SECONDS_BETWEEN_LINES:
            told = at
            print(f"{at:6.0f} s {total / 1e9:.2f} GB", file=sys.stderr, flush=True)
        time.sleep(SECONDS_BETWEEN)
    said = run.stdout.read().split("\nNext steps")[0] if run.stdout else ""
    parts = "\n".join(f"  {size / 1e6:7.0f} MB  {name}" for name, size in peak[2].items())
    took = time.monotonic() - started
    forked = sum(seconds for name, seconds in used.items() if "multiprocessing.forks" in name)
    others = sum(used.values()) - forked
    return (
        f"{said}\nexit {run.returncode} after {took:.0f} s; CPU {forked:.0f} s in processes that read"
        f" and clean, {others:.0f} s in all others"
        f"\npeak {peak[0] / 1e9:.2f} GB after {peak[1]:.0f} s:\n{parts}"
    )


def measure_tree(root: int) -> Iterator[tuple[str, int]]:
    """Yield each process below and with `root`, and its proportional set size in bytes."""
    for pid in find_tree(root):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        except OSError:  # it has ended
            continue
        kilobytes = sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
        yield f"{pid} {' '.join(words[1:4])[:70]}", 1024 * kilobytes


def find_tree(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(status.parent.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


if __name__ == "__main__":
    main()
