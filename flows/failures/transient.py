"""Classify failures: which ones a retry may fix, and what to do about the others."""

import errno
from typing import Any

# Transient errors of networks and disks. A full disk or a missing permission is not transient.
PASSING = frozenset(
    {
        *(errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.EPIPE, errno.ESTALE, errno.ETIMEDOUT),
        *(errno.ECONNABORTED, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH),
        *(errno.ENETDOWN, errno.ENETRESET, errno.ENETUNREACH),
    }
)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
UNTOUCHED = "The warehouse is unchanged; finished batches are kept for the next run."


class InputVanished(OSError):
    """An input disappeared during the run; nothing is loaded."""


def may_pass(error: BaseException) -> bool:
    """Return True if a retry may help; an unknown failure is treated as transient.

    >>> may_pass(TimeoutError(errno.ETIMEDOUT, "late")), may_pass(OSError(errno.ENOSPC, "full"))
    (True, False)
    """
    if not isinstance(error, OSError) or isinstance(error, InputVanished):
        return False
    return error.errno is None or error.errno in PASSING


def is_passing_failure(_task: Any, _run: Any, state: Any) -> bool:
    """Return True if a task failed with an error that a retry may fix."""
    return may_pass(state.result(raise_on_failure=False))


def explain_failure(error: BaseException) -> str:
    """Return a message that says what failed and what to do.

    >>> explain_failure(OSError(errno.ENOSPC, "No space left on device")).split(". ")[0]
    'the disk is full: [Errno 28] No space left on device'
    """
    code = getattr(error, "errno", None)
    if code in FULL or "No space left on device" in str(error):
        return f"the disk is full: {error}. {UNTOUCHED} Free some space and run again."
    if code in NO_RIGHT:
        return f"permission denied: {error}. {UNTOUCHED} Grant access and run again."
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}. {UNTOUCHED} Check the path and run again."
    return str(error)


def is_lost_server(error: BaseException) -> bool:
    """Return True if a run failed because Prefect's server cannot be reached.

    Clients are recognised by the names of their modules, so that they need not be imported.
    """
    from_client = type(error).__module__.split(".")[0] in ("httpx", "httpcore")
    return from_client or str(error).startswith("Failed to reach API")
