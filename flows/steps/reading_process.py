"""Read files in a child process that can be killed, so that no file can block or crash a run.

The process reads one file after the other and sends each capture as soon as it is found; a full pipe
makes it wait, so memory is bounded. If it dies or stalls, the captures received so far are kept, the
file gets one refusal, and a new process reads the next file.
"""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from flows.steps.fork_server import describe_end, start_process
from transforms.captures.capture import Outcome, Unread
from transforms.captures.inputs import InputFile
from transforms.captures.readers import read_captures

# Between two captures: a JSON document of the largest size takes 5 s, a PDF of 500 pages 40 s, the
# search of 1 GB for the next page of an archive 10 s.
SECONDS_OF_SILENCE = 120.0
# A reader uses 0.2 GB; the largest JSON document needs 1 GB more, 16 rows of the largest size 0.6 GB.
BYTES_PER_READER = 2_500_000_000
# Parser libraries leak memory; a reader is replaced long before that matters.
FILES_PER_READER = 5_000

Read = Callable[[InputFile], Iterator[Outcome]]


class Reader:
    """Reads files in a child process, which it starts when there is work and ends with the block."""

    def __init__(self, seconds: float = SECONDS_OF_SILENCE, read: Read = read_captures) -> None:
        self.seconds, self.read_file = seconds, read
        self.process: Any = None
        self.pipe: Any = None
        self.files = 0

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def read(self, file: InputFile) -> Iterator[Outcome]:
        """Yield the outcomes of a file; if the reader dies or stalls, the last one is a refusal."""
        if file.skip:
            yield from read_captures(file)
            return
        self._start()
        self.files += 1
        found = 0
        with suppress(OSError):  # a dead reader is noticed when its answer is awaited
            self.pipe.send((self.read_file, file))
        while True:
            outcome = self._receive(file, found)
            if outcome is None:
                return
            found += 1
            yield outcome
            if self.process is None:
                return

    def end(self) -> int | None:
        """Kill the process and return its exit code."""
        if self.process is None:
            return None
        self.process.kill()
        self.process.join()
        self.pipe.close()
        code: int | None = self.process.exitcode
        self.process = None
        return code

    def _receive(self, file: InputFile, found: int) -> Outcome | None:
        """Return the next outcome of a file, or None after its last."""
        try:
            if self.pipe.poll(self.seconds):
                return self.pipe.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError):
            self.process.join()
            how = describe_end(self.end())
            detail = f"its reading process died ({how}); {found:,} captures before that are kept"
            return Unread(file.source_uri, "worker_died", detail)
        self.end()
        detail = f"reading stalled for {self.seconds:.0f} s and was stopped; {found:,} captures are kept"
        return Unread(file.source_uri, "timed_out", detail)

    def _start(self) -> None:
        if self.process is not None and self.files < FILES_PER_READER and self.process.is_alive():
            return
        self.end()
        self.files = 0
        self.process, self.pipe = start_process(_serve)
        try:
            self.pipe.recv()  # the start of the reader does not count as time for the file
        except EOFError as error:
            raise ChildProcessError("a reading process ended as it started; is there memory?") from error


def _serve(pipe: Connection) -> None:
    """Read the files that arrive through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which stops its reader
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_DATA, (BYTES_PER_READER, BYTES_PER_READER))
    with suppress(EOFError, OSError):  # the run has ended
        pipe.send("ready")
        while True:
            read, file = pipe.recv()
            for outcome in read(file):
                pipe.send(outcome)
            pipe.send(None)
