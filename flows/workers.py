"""Clean captures in child processes that can be killed: no capture stalls or ends a run."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as CleaningTimeout
from functools import cache

from pebble import ProcessExpired, ProcessPool

from transforms.clean import CaptureToClean, Cleaned, clean
from transforms.rejected import Rejected

# The slowest page of the benchmark takes 4 s; 12 s and more mean one of trafilatura's traps.
SECONDS_PER_CAPTURE = 30.0
# Lexbor and lxml leave memory behind; a worker is replaced long before that shows.
CAPTURES_PER_WORKER = 2_000


def clean_captures(
    captures: Iterable[CaptureToClean],
    workers: int,
    seconds: float = SECONDS_PER_CAPTURE,
    cleaner: Callable[[CaptureToClean], Cleaned | Rejected] = clean,
) -> Iterator[Cleaned | Rejected]:
    """Yield what each capture gives, in order; one that stalls or kills its worker is rejected."""
    pool = _start_pool(workers)
    futures = [pool.schedule(cleaner, args=[capture], timeout=seconds) for capture in captures]
    for future in futures:
        error = future.exception()
        yield future.result() if error is None else _reject(error, seconds)


def default_workers() -> int:
    """Return how many workers to use: one for each processor this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _start_pool(workers: int) -> ProcessPool:
    """Start the workers of this process; they are shared by its batches and end with it."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["transforms.clean", "transforms.page"])
    return ProcessPool(max_workers=workers, max_tasks=CAPTURES_PER_WORKER, context=context)


def _reject(error: BaseException, seconds: float) -> Rejected:
    if isinstance(error, CleaningTimeout):
        return Rejected("clean", "timed_out", f"cleaning took more than {seconds:.0f} s and was stopped")
    if isinstance(error, ProcessExpired):
        return Rejected("clean", "worker_died", f"the process that cleaned it died: {error}")
    return Rejected(
        "clean", "cleaner_failed", f"a fault of the cleaner: {type(error).__name__}: {error}"
    )
