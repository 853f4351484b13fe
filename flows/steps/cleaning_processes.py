"""Clean captures in child processes that can be killed, so that no capture can block or crash a run.

Each worker has a separate pipe and cleans one parcel at a time: a large capture, or several small ones,
for which a parcel each would cost more than their cleaning. If it dies, the captures of its parcel are
cleaned each in a parcel of its own, so the one that ends workers is known, and no lock is left held. If
a run is killed, its workers find their pipes closed and end; an alarm ends a worker that hangs.
"""

import os
import resource
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from flows.steps.fork_server import describe_end, start_process
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import Cleaned, clean
from transforms.options import DEFAULTS, CleaningOptions

# The slowest page of the benchmark takes 4 s; 12 s and more are pathological cases in trafilatura.
SECONDS_PER_CAPTURE = 30.0
# Beyond these a parcel takes no more captures. It takes 0.3 s; of one that takes longer than its
# seconds, each capture is cleaned alone.
PARCEL_BYTES, PARCEL_CAPTURES, PARCEL_SECONDS = 50_000, 32, 5.0
# A worker uses 0.25 GB; the longest allowed text, 32 MB, needs 1.5 GB more.
BYTES_PER_WORKER = 4_000_000_000
# Lexbor and lxml leak memory; a worker is replaced after 2,000 pages of 100 KB, before that matters.
BYTES_UNTIL_REPLACED = 200_000_000
# While a parcel takes longer than this, an extra worker cleans the others: most take 0.05 s.
SECONDS_ALONE = 3.0
# A capture whose worker died is tried once more, after all others: the system may have killed it
# because another process used the memory. A capture that timed out is tried again only if its worker
# got too little CPU time; otherwise it would just take its full time again.
TRIES = 2
STARVED = 0.8  # share of the elapsed time in which the worker got the CPU

Cleaner = Callable[[CaptureToClean], Cleaned | Rejected]
Outcome = Cleaned | Rejected
Parcel = Sequence[int]  # indices of captures


@dataclass(slots=True)
class Worker:
    """A child process, the pipe to it, its current parcel, and the deadline."""

    process: Any
    pipe: Connection
    bytes_given: int = 0
    parcel: Parcel = ()
    given: float = 0.0
    deadline: float = 0.0
    processor: float = 0.0
    is_late: bool = False
    is_starved: bool = False

    def give(
        self, parcel: Parcel, cleaner: Cleaner, captures: list[CaptureToClean], seconds: float
    ) -> None:
        """Send a parcel to the worker; a dead worker is noticed when its answer is awaited."""
        self.parcel, self.given = parcel, time.monotonic()
        self.deadline, self.processor = self.given + seconds, processor_seconds(self.process.pid)
        self.bytes_given += sum(len(capture.content) for capture in captures)
        with suppress(OSError):
            self.pipe.send((cleaner, captures, seconds))

    def stop(self) -> None:
        """Kill the process of a parcel that timed out, and note whether it got enough CPU time."""
        used = processor_seconds(self.process.pid) - self.processor
        self.is_late, self.is_starved = True, used < STARVED * (self.deadline - self.given)
        self.end()

    def end(self) -> int | None:
        """Kill the process and return its exit code."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode  # type: ignore[no-any-return]


class Pool:
    """The workers of this process; they start when there is work, and end with the process."""

    def __init__(self, workers: int) -> None:
        self.size = workers
        self.idle: list[Worker] = []

    def clean(
        self, captures: list[CaptureToClean], seconds: float, cleaner: Cleaner
    ) -> Iterator[Outcome]:
        """Yield the outcome of each capture, in order."""
        waiting = deque(make_parcels(captures))
        tries = Counter[int]()
        busy: list[Worker] = []
        outcomes: dict[int, Outcome] = {}
        try:
            for index in range(len(captures)):
                while index not in outcomes:
                    while waiting and self._has_room(busy):
                        worker, parcel = self._take(), waiting.popleft()
                        most = seconds if len(parcel) == 1 else min(seconds, PARCEL_SECONDS)
                        worker.give(parcel, cleaner, [captures[one] for one in parcel], most)
                        busy.append(worker)
                    for worker in _ready(busy, is_waiting=bool(waiting)):
                        busy.remove(worker)
                        if (found := self._receive(worker, busy)) is not None:
                            outcomes.update(zip(worker.parcel, found, strict=True))
                        elif len(worker.parcel) > 1 or _may_try_again(worker, tries):
                            waiting.extend([one] for one in worker.parcel)  # after all others
                        else:
                            outcomes[worker.parcel[0]] = _died(worker, seconds)
                yield outcomes.pop(index)
        finally:
            for worker in busy:
                worker.end()

    def _has_room(self, busy: list[Worker]) -> bool:
        """Return True if another worker may start: slow ones do not count, up to twice the size."""
        return _count_quick(busy) < self.size and len(busy) < 2 * self.size

    def end_idle(self) -> None:
        """End the idle workers, which frees their memory."""
        while self.idle:
            self.idle.pop().end()

    def _take(self) -> Worker:
        """Return an idle worker that is alive, or a new one."""
        while self.idle:
            worker = self.idle.pop()
            if worker.bytes_given < BYTES_UNTIL_REPLACED and worker.process.is_alive():
                return worker
            worker.end()
        process, ours = start_process(_work)
        try:
            ours.recv()  # the start of the worker does not count as time for the capture
        except EOFError as error:
            message = "a cleaning process died at start; check free memory"
            raise ChildProcessError(message) from error
        return Worker(process, ours)

    def _receive(self, worker: Worker, busy: list[Worker]) -> list[Outcome] | None:
        """Return the outcomes from a worker, or None if it died or timed out; `busy` are the others.

        A worker that was there for a slow one is ended when the slow one is back.
        """
        if not worker.pipe.poll():
            worker.stop()
            return None
        try:
            answers = worker.pipe.recv()
        except (EOFError, OSError):
            worker.end()
            return None
        if _count_quick(busy) + len(self.idle) < self.size:
            self.idle.append(worker)
        else:
            worker.end()
        return [one if isinstance(one, Outcome) else _failed(one) for one in answers]


def make_parcels(captures: Sequence[CaptureToClean]) -> Iterator[Parcel]:
    """Yield the indices of captures to clean together, in order: of small ones several."""
    parcel, size = list[int](), 0
    for index, capture in enumerate(captures):
        parcel.append(index)
        size += len(capture.content)
        if size >= PARCEL_BYTES or len(parcel) == PARCEL_CAPTURES:
            yield parcel
            parcel, size = [], 0
    if parcel:
        yield parcel


def clean_captures(
    captures: Iterable[CaptureToClean],
    workers: int,
    options: CleaningOptions = DEFAULTS,
    seconds: float = SECONDS_PER_CAPTURE,
    cleaner: Cleaner | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each capture, in order; one that stalls or kills its worker is rejected."""
    return start_pool(workers).clean(list(captures), seconds, cleaner or partial(clean, options=options))


def default_workers() -> int:
    """Return the default number of workers: one for each CPU that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def start_pool(workers: int) -> Pool:
    """Return the pool of this process, which all batches share."""
    return Pool(workers)


def _may_try_again(worker: Worker, tries: Counter[int]) -> bool:
    """Return True if the one capture of a worker that died or timed out is to be tried once more."""
    (index,) = worker.parcel
    tries[index] += 1
    is_final = worker.is_late and not worker.is_starved
    return not is_final and tries[index] < TRIES


def _count_quick(busy: list[Worker]) -> int:
    since = time.monotonic() - SECONDS_ALONE
    return sum(worker.given > since for worker in busy)


def _ready(busy: list[Worker], *, is_waiting: bool) -> list[Worker]:
    """Wait until a worker has answered, has died or has timed out, and return all such workers.

    If captures are waiting, return also when a worker becomes slow; the result can then be empty.
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


def processor_seconds(process: int) -> float:
    """Return the CPU time of a process in seconds, or 0 if the system does not provide it."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _work(pipe: Connection) -> None:
    """Clean the captures that arrive through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which stops its workers
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_DATA, (BYTES_PER_WORKER, BYTES_PER_WORKER))
    with suppress(EOFError, OSError):  # the run has ended
        pipe.send("ready")
        while True:
            _answer(pipe, *pipe.recv())


def _answer(pipe: Connection, cleaner: Cleaner, captures: list[CaptureToClean], seconds: float) -> None:
    """Send the outcomes of captures; an exception in the cleaner is sent as a string."""
    signal.alarm(int(2 * seconds) + 1)  # in case the run was killed and nothing stops this process
    answers = [_try(cleaner, capture) for capture in captures]
    signal.alarm(0)
    pipe.send(answers)


def _try(cleaner: Cleaner, capture: CaptureToClean) -> object:
    try:
        return cleaner(capture)
    except MemoryError:
        return f"it took more than {BYTES_PER_WORKER / 1e9:.0f} GB of memory"
    except Exception as error:  # the only place where an exception in the cleaner becomes a value
        return f"{type(error).__name__}: {error}"


def _failed(error: object) -> Rejected:
    return Rejected("clean", "cleaner_failed", f"internal error in the cleaner: {error}")


def _died(worker: Worker, seconds: float) -> Rejected:
    """Return the rejection of a capture whose worker died or timed out in every try."""
    if worker.is_late:
        told = f"cleaning took more than {seconds:.0f} s and was stopped"
        return Rejected("clean", "timed_out", told)
    how = describe_end(worker.process.exitcode)
    return Rejected("clean", "worker_died", f"its cleaning process died {TRIES} times ({how})")
