"""Run a command in a session of its own that ends with the process that started it.

Signals to the group of the starter, such as Ctrl-C, do not reach the command, so that it can be used
until the starter has ended in order. It ends when the starter has gone, however that ended.

    python -m flows.server.own_session COMMAND ...
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from threading import Thread
from typing import Any

SECONDS_TO_STOP = 3.0


def start_in_own_session(
    command: Sequence[str], env: Mapping[str, str], **options: Any
) -> "subprocess.Popen[bytes]":
    """Start a command that ends with this process, or when its standard input is closed."""
    watched = [sys.executable, "-m", "flows.server.own_session", *command]
    return subprocess.Popen(watched, stdin=subprocess.PIPE, env=env, start_new_session=True, **options)


def stop(process: "subprocess.Popen[bytes]", seconds: float = 2 * SECONDS_TO_STOP) -> None:
    """Let a process that ends with its standard input end; kill it if it does not in time."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Run the command, and end its session when standard input ends."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is for the command; this process waits for it
    command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, preexec_fn=_obey_again)
    Thread(target=_end_with_parent, daemon=True).start()
    sys.exit(command.wait())


def _obey_again() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)
    time.sleep(SECONDS_TO_STOP)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
