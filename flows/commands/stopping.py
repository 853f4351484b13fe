"""End the process on a signal: in order where that is quick, within seconds where it is not.

A signal raises `Stopped` in the main thread. That may be within a query or a request that does not
come back soon, so a thread ends the process some seconds later whatever it does. A run may be killed
at any instant: what it loads is published in one step, and what it has cleaned is kept.
"""

import os
import signal
import sys
import time
from threading import Thread
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS = 4.0  # a terminal or a service manager should have its answer within five


class Stopped(KeyboardInterrupt):
    """A signal wants the process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop_on_signals() -> None:
    """Let each signal that asks a process to end stop this one; those that are ignored stay so."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)
    Thread(target=_end_later, args=(reading,), daemon=True).start()


def take_time() -> None:
    """Let the process end in its own time: for `serve`, whose runner stops its runs itself."""
    signal.set_wakeup_fd(-1)


def find_signal(error: BaseException | None) -> int:
    """Return the signal that an exception comes from, SIGINT if it does not say.

    >>> try:
    ...     raise RuntimeError from Stopped(15)
    ... except RuntimeError as error:
    ...     find_signal(error)
    15
    """
    while error is not None:
        if isinstance(error, Stopped):
            return error.number
        error = error.__cause__ or error.__context__
    return signal.SIGINT


def stop_message(number: int) -> str:
    """Return what to say when a signal ended the process."""
    return (
        f"winnow: stopped by {signal.Signals(number).name}. The warehouse is whole; what a run had"
        " cleaned is kept, and the next run goes on from there."
    )


def _raise(number: int, _frame: Any) -> None:
    raise Stopped(number)


def _end_later(reading: int) -> None:
    """Wait for a signal, then some seconds, and end the process if it is still there."""
    while (number := os.read(reading, 1)[0]) not in SIGNALS:
        pass
    time.sleep(SECONDS)
    show_cursor = "\x1b[?25h" if os.isatty(2) else ""
    os.write(2, f"{show_cursor}{stop_message(number)}\n".encode())
    sys.stdout.flush()
    os._exit(128 + number)
