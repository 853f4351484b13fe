"""The folder in which Prefect keeps its database."""

import os
from pathlib import Path


def make_prefect_home() -> Path:
    """Return the folder of PREFECT_HOME, by default ~/.prefect, and create it where it is missing.

    Prefect itself prints a traceback of its database if the folder cannot be used, as in the home of a
    system user. Raises OSError if it cannot be created or written; the message says what to do.
    """
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect")
    try:
        home = home.expanduser()
        home.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:  # no home is known of this user
        raise OSError(_message(home, getattr(error, "strerror", None) or str(error))) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise OSError(_message(home, "this user may not write there"))
    return home


def _message(home: Path, reason: str) -> str:
    return (
        f"Prefect cannot keep its database in {home} ({reason}); "
        "set PREFECT_HOME to a folder that can be written"
    )
