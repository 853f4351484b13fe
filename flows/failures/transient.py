"""Failures of the machine: which may pass by themselves, and what to tell whoever must act."""

import errno
from typing import Any

# What networks and disks do for a moment. A full disk, a missing right and a missing file stay.
PASSING = frozenset(
    {
        *(errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.EPIPE, errno.ESTALE, errno.ETIMEDOUT),
        *(errno.ECONNABORTED, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH),
        *(errno.ENETDOWN, errno.ENETRESET, errno.ENETUNREACH),
    }
)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
UNTOUCHED = "The warehouse is as it was before; what was cleaned is kept and not done again."


class InputVanished(OSError):
    """An input that was there when the run began is gone: nothing of the run is loaded."""


def may_pass(error: BaseException) -> bool:
    """Say whether a failure may be gone in a few seconds; of an unknown kind it may.

    >>> may_pass(TimeoutError(errno.ETIMEDOUT, "late")), may_pass(OSError(errno.ENOSPC, "full"))
    (True, False)
    """
    if not isinstance(error, OSError) or isinstance(error, InputVanished):
        return False
    return error.errno is None or error.errno in PASSING


def is_passing_failure(_task: Any, _run: Any, state: Any) -> bool:
    """Say whether a task failed of something that may pass; a bug does not."""
    return may_pass(state.result(raise_on_failure=False))


def explain_failure(error: BaseException) -> str:
    """Return what failed and what to do, in words.

    >>> explain_failure(OSError(errno.ENOSPC, "No space left on device")).split(". ")[0]
    'the disk is full: [Errno 28] No space left on device'
    """
    code = getattr(error, "errno", None)
    if code in FULL or "No space left on device" in str(error):
        return f"the disk is full: {error}. {UNTOUCHED} Make room and run again."
    if code in NO_RIGHT:
        return f"no right to read or write: {error}. {UNTOUCHED} Give the right and run again."
    return str(error)


def is_lost_server(error: BaseException) -> bool:
    """Say whether a run failed because Prefect's server could not be reached, or no longer.

    The clients are told by their modules: the command line need not import them to ask.
    """
    from_client = type(error).__module__.split(".")[0] in ("httpx", "httpcore")
    return from_client or str(error).startswith("Failed to reach API")
