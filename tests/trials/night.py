"""What the trials share: a folder of captures that changes, and steps of a run in a forked process.

The steps are those of the flow, called without Prefect (tests/loading.py; tests/flows/test_ingest.py
checks that both load the same rows). A fork of a process that has imported everything starts at once,
so hundreds of runs take minutes. Where a trial says so, captures are cleaned in the process of the run
and not in workers of its own: where they are cleaned decides nothing about what is loaded.
"""

import os
import pickle
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flows.steps.cleaning_processes
import flows.steps.collect
import flows.steps.run_context
import tests.loading as loading
import warehouse.retention
from flows.failures.transient import explain_failure
from flows.maintain import maintain
from tests.conftest import JUNK
from transforms.clean import clean
from warehouse.integrity import find_faults
from warehouse.paths import Layout

STEPS = ("copy_published", "collect_captures", "clean_all", "load_staged", "publish")
TIMES = ("run_id", "first_run_id", "first_seen_at", "resolved_at")


WORDS = [
    word
    for line in (loading.ROOT / "seeds/reference/common_words.csv").read_text("utf-8").splitlines()[1:]
    if line.startswith("en,") and len(word := line.split(",")[1]) > 3 and word.isalpha()
]
SENTENCES = (
    "The _ of the _ said that its _ would not be shown to any _ before the _ had been _ by the _ of _.",
    "Nobody at the _ could say why the _ had been _ so soon after the _ of the _, or who would _ it.",
    "It had taken the _ more than a week to find the _ and the _, which were _ in a _ near the _.",
    "In the evening the _ told the people of the _ that a _ was on its way and that no _ was _.",
)


class Inbox:
    """A folder of captures in which files come, change, go bad, are copied and vanish."""

    def __init__(self, folder: Path, seed: int, most: int = 24) -> None:
        self.folder, self.random, self.made, self.most = folder, random.Random(seed), 0, most
        folder.mkdir(parents=True)

    def change(self, new: int, changed: int, bad: int, vanished: int) -> None:
        """Let so many captures come new, change, go bad, and vanish; no more than `most` stay."""
        present = sorted(self.folder.iterdir())
        vanished = max(vanished, len(present) - self.most)
        for path in self.random.sample(present, min(vanished, len(present))):
            path.unlink()
        present = sorted(self.folder.iterdir())
        for path in self.random.sample(present, min(changed, len(present))):
            path.write_text(self._article())
        for _ in range(new):
            self._path().write_text(self._article())
        for _ in range(bad):
            self._path().write_text(self.random.choice([JUNK + f"Page {self.made}\n", ""]))
        if present and self.random.random() < 0.5:
            self._path().write_bytes(self.random.choice(present).read_bytes())

    def _path(self) -> Path:
        self.made += 1
        return self.folder / f"{self.made:05}.txt"

    def _article(self) -> str:
        """Return an article of its own: texts that share their sentences would all be one story."""
        return "\n\n".join(
            " ".join(self._sentence() for _ in range(self.random.randrange(2, 5))) for _ in range(4)
        )

    def _sentence(self) -> str:
        words = iter(self.random.sample(WORDS, 8))
        return re.sub("_", lambda _: next(words), self.random.choice(SENTENCES))


def start(function: Callable[..., Any], *arguments: Any) -> tuple[int, Any]:
    """Call a function in a forked process of its own group; return its id and the pipe from it."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(ours)
        with os.fdopen(theirs, "wb") as told:
            os._exit(_call(told, function, arguments))
    os.close(theirs)
    return child, os.fdopen(ours, "rb")


def _call(told: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> int:
    def tell(step: str) -> None:
        pickle.dump(("step", step), told)
        told.flush()

    try:
        pickle.dump(("result", function(tell, *arguments)), told)
    except BaseException as error:
        pickle.dump(("error", f"{explain_failure(error)} ({type(error).__name__})"), told)
    told.flush()
    return 0


def finish(child: int, pipe: Any) -> tuple[list[str], Any, str | None]:
    """Wait for a forked process: the steps that it began, its result, and what it failed of."""
    steps, result, error = [], None, None
    with pipe:
        while True:
            try:
                kind, value = pickle.load(pipe)
            except (EOFError, pickle.UnpicklingError):
                break
            if kind == "step":
                steps.append(value)
            elif kind == "result":
                result = value
            else:
                error = value
    os.waitpid(child, 0)
    return steps, result, error


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function gives in a forked process; RuntimeError if it failed or died."""
    _, result, error = finish(*start(function, *arguments))
    if error:
        raise RuntimeError(error)
    return result


def kill_later(child: int, seconds: float, whole_group: bool) -> None:
    """Kill a process after a while, alone or with its workers."""
    time.sleep(seconds)
    try:
        if whole_group:
            os.killpg(child, signal.SIGKILL)
        else:
            os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run_steps(tell: Callable[[str], None], database: Path, inbox: Path, with_workers: bool) -> Any:
    """Load a folder, telling each step as it begins; batches are of four captures."""
    flows.steps.collect.CAPTURES_PER_FILE = 4
    if not with_workers:
        flows.steps.cleaning_processes.clean_captures = lambda captures, *_: map(clean, captures)
    for name in STEPS:
        home = flows.steps.run_context if name == "copy_published" else loading
        setattr(home, name, _told(tell, name, getattr(home, name)))
    started = time.monotonic()
    done = loading.run(database, inbox)
    return done, time.monotonic() - started


def maintain_steps(_tell: Callable[[str], None], database: Path) -> Any:
    """Compact the raw store, write the database anew, and check both."""
    warehouse.retention.MOST_FREE = -1.0  # always
    return maintain.fn(database)


def _told(tell: Callable[[str], None], name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    def told(*arguments: Any, **options: Any) -> Any:
        tell(name)
        result = step(*arguments, **options)
        tell(f"after {name}")
        return result

    return told


def look(_tell: Callable[[str], None], database: Path) -> tuple[Any, list[str]]:
    """Return every row but for what names its run or tells when, and what is wrong."""
    if not database.exists():
        return None, []
    tables = loading.dump(database)
    for rows in tables.values():
        for row in rows:
            row["is_resolved"] = row.get("resolved_at") is not None
            for name in TIMES:
                row.pop(name, None)
    return tables, list(find_faults(Layout(database)))


def leftovers(database: Path) -> list[str]:
    """Return what a run that ended well must not leave."""
    layout = Layout(database)
    left = [*layout.staging.glob("*"), *layout.raw_store.glob("*.partial")]
    left += database.parent.glob(f"{layout.next_database.name}*")
    return [path.name for path in left]


class Reader:
    """An analyst who keeps the warehouse open, in a process of its own.

    In this process DuckDB would hand the file that is open to whoever asks for the one by its name.
    """

    CODE = """
import sys, duckdb
db = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(db.execute("SELECT count(*), sum(word_count) FROM articles").fetchall(), flush=True)
"""

    def __init__(self, database: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.CODE, str(database)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.first = self.ask()

    def ask(self) -> str:
        """Return what it sees now."""
        assert self.process.stdin
        assert self.process.stdout
        print(file=self.process.stdin, flush=True)
        return self.process.stdout.readline()


def megabytes(process: int, what: str = "VmRSS") -> int:
    """Return the resident memory of a process, or its peak (VmHWM); 0 if the process has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(rf"{what}:\s+(\d+) kB", status)
    return round(int(found[1]) * 1024 / 1e6) if found else 0
