"""A reader that does what a file's name says; it stands here to be cheap to import."""

import ctypes
import os
import signal
import time

from transforms.captures.readers import read_captures


def read_or_misbehave(file):
    """Read a file, and then do what its name says."""
    yield from read_captures(file)
    match file.source_uri.rpartition("/")[2].split(".")[0]:
        case "stall":
            time.sleep(60)
        case "exit":
            os._exit(7)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crash":
            ctypes.string_at(0)
