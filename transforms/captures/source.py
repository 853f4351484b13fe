"""A stream to read, and what its readers need to know about it."""

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO, Any

from transforms.captures.capture import CannotRead, Outcome, Unread
from transforms.captures.limits import MAX_CAPTURE_BYTES, MAX_SPOOLED_BYTES, Allowance

PEEK = 4096
BUFFER = 1 << 16
PLAIN_TEXT = "text/plain; charset=utf-8"
INSTALL_DOCUMENTS = "pip install 'winnow[documents]'"


@dataclass(frozen=True, slots=True)
class Source:
    """A file or archive member: its name, its bytes, and its depth in nested archives.

    `columns` are names of columns that the user gives, by field.
    """

    uri: str
    stream: io.BufferedReader
    allowance: Allowance = field(default_factory=Allowance)
    columns: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0

    @property
    def ending(self) -> str:
        """Return the lower-case extension without the compression: "csv" of "a.csv.gz"."""
        name = PurePosixPath(self.uri.rpartition("#")[2].lower())
        while name.suffix in (".gz", ".zst", ".bz2", ".xz"):
            name = name.with_suffix("")
        return name.suffix.removeprefix(".")

    def peek(self) -> bytes:
        """Return the first bytes without consuming them."""
        return self.stream.peek(PEEK)[:PEEK]

    def read(self, limit: int = MAX_CAPTURE_BYTES) -> bytes:
        """Return all bytes; raise CannotRead if there are none, or more than the limit."""
        content = self.stream.read(limit + 1)
        if len(content) > limit:
            raise CannotRead("too_large", f"over {limit:,} bytes, the limit for this kind of file")
        if not content:
            raise CannotRead("empty", "the file is empty")
        return content

    def inside(self, stream: Any, uri: str | None = None) -> "Source":
        """Return the source of a compressed or archived stream in this one, one level deeper."""
        opened = io.BufferedReader(stream, BUFFER)
        return replace(self, stream=opened, uri=uri or self.uri, depth=self.depth + 1)

    def seekable(self) -> IO[bytes]:
        """Return the stream as a seekable one, copied to a file if necessary."""
        if self.stream.seekable():
            return self.stream
        copy = tempfile.TemporaryFile(prefix="winnow-")  # noqa: SIM115  # its reader closes it
        _copy(self.stream, copy)
        copy.seek(0)
        return copy


def _copy(stream: IO[bytes], copy: IO[bytes]) -> None:
    """Copy a stream; raise CannotRead beyond the size limit."""
    while data := stream.read(BUFFER):
        copy.write(data)
        if copy.tell() > MAX_SPOOLED_BYTES:
            raise CannotRead(
                "too_large", f"an archive in an archive of over {MAX_SPOOLED_BYTES:,} bytes"
            )


def guarded(uri: str, outcomes: Callable[[], Iterator[Outcome]]) -> Iterator[Outcome]:
    """Yield a reader's outcomes; anything it raises becomes an outcome of this file or record.

    What was read before is kept. This is the one place where a fault of reading becomes a value.
    """
    try:
        yield from outcomes()
    except CannotRead as error:
        yield Unread(uri, error.reason, str(error))
    except MemoryError:
        yield Unread(uri, "too_large", "reading it takes more memory than a reader may use")
    except Exception as error:
        yield Unread(uri, "bad_record", f"it cannot be read: {describe_error(error)}")


def describe_error(error: BaseException) -> str:
    """Return an error's message in one short line."""
    said = " ".join(str(error).split())[:200]
    return said or type(error).__name__
