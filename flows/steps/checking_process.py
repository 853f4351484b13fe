"""Check rows in a child process, whose memory the load can have when it has ended.

Great Expectations takes two seconds to import and 0.14 GB. A run starts the process early, and checks
once, when its captures are cleaned.
"""

import atexit
import signal
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from expectations.quick_import import import_checks
from expectations.verdict import Verdict
from flows.steps.fork_server import describe_end, process_context

SECONDS_TO_END = 5.0


class ChecksFailed(Exception):
    """Raised if the rows could not be checked; says why."""


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
            context = process_context()
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()

    def check(self, *of: Any) -> Verdict:
        """Return the verdict of `check_staged` for its arguments.

        Raises ChecksFailed if the process ends, or what the checks raise.
        """
        self.start()
        try:
            self._pipe.send(of)
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            self._process.join()
            how = describe_end(self._process.exitcode)
            raise ChecksFailed(f"the process that checks ended ({how}); is there memory?") from error
        if isinstance(answer, str):
            raise ChecksFailed(answer)
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
            except Exception as error:  # what cannot be checked ends the run with words
                answer = f"{type(error).__name__}: {error}"
            pipe.send(answer)
