"""Suppress messages that libraries print while the process exits."""

import atexit
import os
import sys
from pathlib import Path


def silence_last_words() -> None:
    """Redirect standard error to the null device while the interpreter exits.

    DuckDB's binding reports its leaks there, which is noise for users. Exit handlers that are registered
    first run last, so the messages of all others are printed before.
    """
    atexit.register(_silence)


def _silence() -> None:
    sys.stderr.flush()
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
