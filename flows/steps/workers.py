"""Clean captures in child processes that can be killed: no capture stalls or ends a run.

Each worker has a pipe of its own and cleans one capture at a time, so when it dies it is certain which
capture killed it, and no lock dies with it. A worker whose run was killed finds its pipe closed and
ends; an alarm ends it even where it hangs.
"""

import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from flows.steps.processes import describe_end, process_context
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import Cleaned, clean
from transforms.options import DEFAULTS, CleaningOptions

# The slowest page of the benchmark takes 4 s; 12 s and more mean one of trafilatura's traps.
SECONDS_PER_CAPTURE = 30.0
# A worker uses 0.25 GB; the longest text that may come, 32 MB, needs 1.5 GB more.
BYTES_PER_WORKER = 4_000_000_000
# Lexbor and lxml leave memory behind; a worker is replaced long before that shows.
CAPTURES_PER_WORKER = 2_000
# Beside a capture that takes longer, another worker goes on with the others: most take 0.05 s.
SECONDS_ALONE = 3.0
# A capture whose worker died is tried once more, behind all others: the machine may have killed it for
# another's memory. So is one that ran into the limit while the machine had no time for it; one that
# used its time is not, so that it costs it once.
TRIES = 2
STARVED = 0.8  # share of its time that the processor gave it

Cleaner = Callable[[CaptureToClean], Cleaned | Rejected]
Outcome = Cleaned | Rejected


@dataclass(slots=True)
class Worker:
    """A child process, the pipe to it, and the capture that it has: which, and until when."""

    process: Any
    pipe: Connection
    done: int = 0
    index: int = -1
    given: float = 0.0
    deadline: float = 0.0
    processor: float = 0.0
    is_late: bool = False
    is_starved: bool = False

    def give(self, index: int, cleaner: Cleaner, capture: CaptureToClean, seconds: float) -> None:
        """Hand a capture to the worker; that it is dead shows when its answer is awaited."""
        self.index, self.given = index, time.monotonic()
        self.deadline, self.processor = self.given + seconds, _processor_seconds(self.process.pid)
        with suppress(OSError):
            self.pipe.send((cleaner, capture, seconds))

    def stop(self) -> None:
        """End the process of a capture that is late, and note whether it had its time."""
        used = _processor_seconds(self.process.pid) - self.processor
        self.is_late, self.is_starved = True, used < STARVED * (self.deadline - self.given)
        self.end()

    def end(self) -> int | None:
        """End the process whatever it does, and return how it ended."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode  # type: ignore[no-any-return]


class Pool:
    """The workers of a process; they start when there is work for them, and end with it."""

    def __init__(self, workers: int) -> None:
        self.context = process_context()
        self.size = workers
        self.idle: list[Worker] = []

    def clean(
        self, captures: list[CaptureToClean], seconds: float, cleaner: Cleaner
    ) -> Iterator[Outcome]:
        """Yield what each capture gives, in order."""
        waiting = deque(range(len(captures)))
        tries = [0] * len(captures)
        busy: list[Worker] = []
        outcomes: dict[int, Outcome] = {}
        try:
            for index in range(len(captures)):
                while index not in outcomes:
                    while waiting and self._has_room(busy):
                        worker, given = self._take(), waiting.popleft()
                        tries[given] += 1
                        worker.give(given, cleaner, captures[given], seconds)
                        busy.append(worker)
                    for worker in _ready(busy, is_waiting=bool(waiting)):
                        busy.remove(worker)
                        outcome = self._receive(worker)
                        is_final = worker.is_late and not worker.is_starved
                        if outcome is None and not is_final and tries[worker.index] < TRIES:
                            waiting.append(worker.index)  # behind all others
                        else:
                            outcomes[worker.index] = outcome or _died(worker, seconds)
                yield outcomes.pop(index)
        finally:
            for worker in busy:
                worker.end()

    def _has_room(self, busy: list[Worker]) -> bool:
        """Return True if another worker may start: those that are slow take no place, within bounds."""
        since = time.monotonic() - SECONDS_ALONE
        quick = sum(worker.given > since for worker in busy)
        return quick < self.size and len(busy) < 2 * self.size

    def end_idle(self) -> None:
        """End the workers that have nothing to do, and give their memory back."""
        while self.idle:
            self.idle.pop().end()

    def _take(self) -> Worker:
        """Return a living worker, a new one if none is idle."""
        while self.idle:
            worker = self.idle.pop()
            if worker.done < CAPTURES_PER_WORKER and worker.process.is_alive():
                return worker
            worker.end()
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        try:
            ours.recv()  # the time of a capture does not count how long its worker took to start
        except EOFError as error:
            raise ChildProcessError(
                "a cleaning process ended as it started; is there memory?"
            ) from error
        return Worker(process, ours)

    def _receive(self, worker: Worker) -> Outcome | None:
        """Return what a worker gives for its capture; None if it died of it or had to be stopped."""
        if not worker.pipe.poll():
            worker.stop()
            return None
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.end()
            return None
        worker.done += 1
        self.idle.append(worker)
        return answer if isinstance(answer, Cleaned | Rejected) else _failed(answer)


def clean_captures(
    captures: Iterable[CaptureToClean],
    workers: int,
    options: CleaningOptions = DEFAULTS,
    seconds: float = SECONDS_PER_CAPTURE,
    cleaner: Cleaner | None = None,
) -> Iterator[Outcome]:
    """Yield what each capture gives, in order; one that stalls or kills its worker is rejected."""
    return start_pool(workers).clean(list(captures), seconds, cleaner or partial(clean, options=options))


def default_workers() -> int:
    """Return how many workers to use: one for each processor this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def start_pool(workers: int) -> Pool:
    """Return the workers of this process, which its batches share."""
    return Pool(workers)


def _ready(busy: list[Worker], *, is_waiting: bool) -> list[Worker]:
    """Wait until a worker has answered, has died or is late, and return those that have or are.

    Where captures are waiting, also until a worker becomes slow; none may be ready then.
    """
    now = time.monotonic()
    moments = [worker.deadline for worker in busy]
    if is_waiting:
        slow = (worker.given + SECONDS_ALONE for worker in busy)
        moments += [moment for moment in slow if moment > now]
    patience = min(moments) - now
    answered = wait([worker.pipe for worker in busy], timeout=max(0.0, patience))
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in answered or worker.deadline <= now]


def _processor_seconds(process: int) -> float:
    """Return the processor's time that a process has used; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _work(pipe: Connection) -> None:
    """Clean what comes through the pipe until it is closed: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends its workers
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_DATA, (BYTES_PER_WORKER, BYTES_PER_WORKER))
    with suppress(EOFError, OSError):  # the run has ended
        pipe.send("ready")
        while True:
            _answer(pipe, *pipe.recv())


def _answer(pipe: Connection, cleaner: Cleaner, capture: CaptureToClean, seconds: float) -> None:
    """Send what a capture gives; a fault of the cleaner is a string."""
    signal.alarm(int(2 * seconds) + 1)  # should nobody be left to stop it
    try:
        answer: object = cleaner(capture)
    except MemoryError:
        answer = f"it took more than {BYTES_PER_WORKER / 1e9:.0f} GB of memory"
    except Exception as error:  # the one place where a fault of the cleaner is a value
        answer = f"{type(error).__name__}: {error}"
    signal.alarm(0)
    pipe.send(answer)


def _failed(error: object) -> Rejected:
    return Rejected("clean", "cleaner_failed", f"a fault of the cleaner: {error}")


def _died(worker: Worker, seconds: float) -> Rejected:
    """Return the rejection of a capture whose worker died of it, or stalled, each time it was tried."""
    if worker.is_late:
        told = f"cleaning took more than {seconds:.0f} s and was stopped"
        return Rejected("clean", "timed_out", told)
    how = describe_end(worker.process.exitcode)
    return Rejected("clean", "worker_died", f"the process that cleaned it died, {TRIES} times: {how}")
