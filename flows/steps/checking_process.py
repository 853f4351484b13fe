"""Check rows in a child process, whose memory the load can have when it has ended.

Great Expectations takes two seconds to import and 0.14 GB. A run starts the process early, and checks
once, when its captures are cleaned.
"""

import atexit
import signal
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.pool import ExceptionWithTraceback  # type: ignore[attr-defined]
from threading import Lock
from typing import Any

from expectations.quick_import import import_checks
from expectations.verdict import Verdict
from flows.failures.transient import UNTOUCHED
from flows.steps.fork_server import describe_end, start_process

SECONDS_TO_END = 5.0
ADVICE = f"{UNTOUCHED} Free some memory and run again."


class Checker:
    """A process that checks; it starts when it is asked, and ends when it is told or with its parent."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Any = None
        self._starting = Lock()

    def start(self) -> None:
        """Start the process, unless it runs; it imports what it needs meanwhile."""
        with self._starting:
            if self._process is not None and self._process.is_alive():
                return
            self._process, self._pipe = start_process(_serve)

    def check(self, *of: Any) -> Verdict:
        """Return the verdict of `check_staged` for its arguments.

        Raises what the checks raise, or ChildProcessError if the process ends.
        """
        self.start()
        try:
            self._pipe.send(of)
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            self._process.join()
            how = describe_end(self._process.exitcode)
            raise ChildProcessError(f"the process that checks ended ({how}). {ADVICE}") from error
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return]

    def end(self) -> None:
        """End the process: it ends itself when its pipe closes, and tidies up."""
        with self._starting:
            if self._process is not None:
                self._pipe.close()
                self._process.join(SECONDS_TO_END)
                self._process.kill()
                self._process.join()
                self._process = None


@cache
def checker() -> Checker:
    """Return the checker of this process, which ends with it."""
    one = Checker()
    atexit.register(one.end)
    return one


def _serve(pipe: Connection) -> None:
    """Check what arrives through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends this process
    checks = import_checks()
    with suppress(EOFError, OSError):  # the run has ended
        while True:
            of = pipe.recv()
            try:
                answer = checks.check_staged(*of)
            except Exception as error:  # it is raised again in the run
                answer = ExceptionWithTraceback(error, error.__traceback__)
            pipe.send(answer)
