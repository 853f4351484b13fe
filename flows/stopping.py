"""End the process on a signal: cleanly if that is fast, otherwise within seconds.

A signal raises `Stopped` in the main thread. If that thread is in a long query or request, another
thread ends the process some seconds later. A run can be killed at any time: its load is published in
one step, and its finished batches are kept.
"""

import logging
import os
import signal
import sys
import time
from threading import Thread
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RECEIVED: list[int] = []  # the signals that have ended this process
INSTALLED: list[int] = []  # the signals that this process handles
SECONDS = 4.0  # terminals and service managers should see the end within five


class Stopped(KeyboardInterrupt):
    """Raised in the main thread by a signal that ends the process."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop_on_signals() -> None:
    """Install handlers for the signals that end a process, except those that are ignored."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    INSTALLED.extend(number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN)
    keep_handlers()
    Thread(target=_end_later, args=(reading,), daemon=True).start()


def keep_handlers(*_: Any) -> None:
    """Install the handlers of this process again: Prefect puts its own in their place for each flow.

    DuckDB replaces what a handler raises in a query; only ours leaves the number of the signal.
    Without `stop_on_signals` before, as in a run on a schedule, this does nothing.
    """
    for number in INSTALLED:
        signal.signal(number, _raise)


def take_time() -> None:
    """Allow the process unlimited time to end: for `serve`, whose runner stops its runs itself."""
    signal.set_wakeup_fd(-1)


def find_signal(error: BaseException | None) -> int:
    """Return the number of the signal that caused an exception, SIGINT if it is unknown.

    Libraries may raise another exception in place of `Stopped`, even without naming it as the cause.

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
    return RECEIVED[0] if RECEIVED else signal.SIGINT


def stop_message(number: int) -> str:
    """Return the message for a process that a signal ended."""
    return (
        f"winnow: stopped by {signal.Signals(number).name}. The warehouse is whole; what a run had"
        " cleaned is kept, and the next run goes on from there."
    )


def _raise(number: int, _frame: Any) -> None:
    RECEIVED.append(number)
    logging.disable()  # from here on there is one message to print, also if this is raised in a callback
    sys.unraisablehook = _say_nothing
    raise Stopped(number)


def _say_nothing(_: object) -> None:
    pass


def _end_later(reading: int) -> None:
    """Wait for a signal, then some seconds, and end the process if it is still running."""
    while (number := os.read(reading, 1)[0]) not in SIGNALS:
        pass
    time.sleep(SECONDS)
    show_cursor = "\x1b[?25h" if os.isatty(2) else ""
    os.write(2, f"{show_cursor}{stop_message(number)}\n".encode())
    sys.stdout.flush()
    os._exit(128 + number)
