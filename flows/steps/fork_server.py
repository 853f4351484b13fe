"""Start child processes from a fork server that has already imported their modules."""

import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from typing import Any

# Modules that the fork server imports. It starts with the current folder first on sys.path, so the
# command line is imported first: it makes sure that `flows` and `transforms` are Winnow's packages.
PRELOADED = ["winnow.__main__", "flows.steps.preloaded"]


@cache
def process_context() -> Any:
    """Return the multiprocessing context for reading and cleaning processes."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(PRELOADED)
    return context


def start_process(target: Callable[[Connection], None]) -> tuple[Any, Connection]:
    """Start a child process that runs a function with its end of a pipe; return it and our end."""
    context = process_context()
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def start_fork_server() -> None:
    """Start the fork server, if the system has one, so that it has loaded its modules when it is needed.

    Signals from the terminal are blocked in it: Ctrl-C is for the run, which ends it.
    """
    if process_context().get_start_method() == "forkserver":
        resource_tracker.ensure_running()  # or it starts now, and unblocks the signal
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        forkserver.ensure_running()
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def end_fork_server() -> None:
    """End the fork server, whose 0.2 GB a load of many documents needs; it starts again on demand."""
    server: Any = forkserver._forkserver
    with suppress(AttributeError, OSError):  # what Python's own tests call; without it the server stays
        server._stop()


def describe_end(code: int | None) -> str:
    """Return a description of how a process ended.

    >>> describe_end(-9), describe_end(7)
    ('signal SIGKILL', 'exit status 7')
    """
    return f"signal {signal.Signals(-code).name}" if code and code < 0 else f"exit status {code}"
