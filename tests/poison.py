"""A cleaner that does what a capture's text says; stands here so that a worker imports little else."""

import ctypes
import os
import signal
import time
from pathlib import Path

from transforms.clean import clean


def clean_or_misbehave(capture):
    """Clean a capture, or do what its text says."""
    match capture.content.split(b":")[0]:
        case b"STALL" | b"SLOW" as kind:
            time.sleep(60 if kind == b"STALL" else 1)
        case b"EXIT":
            os._exit(7)
        case b"KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"RAISE":
            raise ValueError("a fault of the cleaner")
        case b"MEMORY":
            return len(bytearray(5_000_000_000))
        case b"CRASH":
            ctypes.string_at(0)
        case b"ONCE" if not (mark := Path(capture.content.decode().split(":")[1])).exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return clean(capture)
