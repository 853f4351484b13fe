"""What a process says while it ends."""

import atexit
import os
import sys
from pathlib import Path


def silence_last_words() -> None:
    """Point standard error at nothing while the interpreter ends.

    DuckDB's binding counts what it leaks there, which is noise to whoever ran the command. Handlers
    registered first run last, so all that others have to say has been said.
    """
    atexit.register(_silence)


def _silence() -> None:
    sys.stderr.flush()
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
