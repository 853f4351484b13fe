"""Run a command in a separate session that ends with the process that started it.

Signals to the parent's process group, such as Ctrl-C, do not reach the command, so that the parent can
use it until it has exited cleanly. The command ends when the parent has ended, even if it was killed.

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
    """Start a command that ends when this process ends or its standard input is closed."""
    watched = [sys.executable, "-m", "flows.server.own_session", *command]
    return subprocess.Popen(watched, stdin=subprocess.PIPE, env=env, start_new_session=True, **options)


def stop(process: "subprocess.Popen[bytes]", seconds: float = 2 * SECONDS_TO_STOP) -> None:
    """Close the standard input of a process, which ends it; kill it if it takes over `seconds`."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Run the command, and end its session when standard input is closed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # for the command; this process waits for its end
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
