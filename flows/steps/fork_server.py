"""Start child processes from a fork server that has already imported their modules."""

import multiprocessing
from functools import cache
from typing import Any

# Modules that the fork server imports. It starts with the current folder first on sys.path, so the
# command line is imported first: it makes sure that `flows` and `transforms` are Winnow's packages.
PRELOADED = [
    "winnow.__main__", "transforms.captures.readers", "transforms.clean", "transforms.blocks.render",
]  # fmt: skip


@cache
def process_context() -> Any:
    """Return the multiprocessing context for reading and cleaning processes."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(PRELOADED)
    return context


def describe_end(code: int | None) -> str:
    """Return a description of how a process ended.

    >>> describe_end(-9), describe_end(7)
    ('signal SIGKILL', 'exit status 7')
    """
    from signal import Signals

    return f"signal {Signals(-code).name}" if code and code < 0 else f"exit status {code}"
