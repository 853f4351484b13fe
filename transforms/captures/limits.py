"""Limits of one input: sizes, expansion, depth. docs/formats.md lists them."""

import io
from dataclasses import dataclass
from typing import Any

from transforms.captures.capture import CannotRead
from warehouse.schema.vocabulary import Reason

# A page of text above 32 MB is no page; the largest of 3 billion in Common Crawl is cut at 5 MB.
MAX_CAPTURE_BYTES = 32_000_000
# A JSON document is parsed whole; Python needs up to 15 times its size for that.
MAX_JSON_BYTES = 64_000_000
# A document of an office program or a PDF; a scanned newspaper has 50 to 100 MB.
MAX_DOCUMENT_BYTES = 200_000_000
MAX_NESTING = 3  # a gzip in a zip in a gzip is odd; deeper is an attack
# Archives of pages shrink to a fifth or a twentieth, logs and templates to a hundredth. What grows
# two hundredfold, beyond what any single page may have, is made to fill a disk.
MAX_EXPANSION = 200
FREE_EXPANSION = 100_000_000
# Members of one zip archive; Python holds the list of them in memory, 0.5 KB each.
MAX_MEMBERS = 500_000
# Lines of a table above its header: exports of media monitoring begin with what was searched for.
LINES_ABOVE_HEADER = 20
# What is copied to a temporary file because a reader must jump in it: a zip within a gzip.
MAX_SPOOLED_BYTES = 4_000_000_000


@dataclass(slots=True)
class Allowance:
    """How many bytes an input file may expand to; counts bytes read and bytes expanded."""

    read: int = 0
    expanded: int = 0

    def spend(self, count: int) -> None:
        """Count expanded bytes; raise CannotRead if they are too many for what was read."""
        self.expanded += count
        if self.expanded > max(FREE_EXPANSION, MAX_EXPANSION * self.read):
            raise CannotRead(
                "too_large",
                f"{self.read:,} bytes expand to more than {self.expanded:,}, over {MAX_EXPANSION} times"
                " as many: reading stops here",
            )


class Metered(io.RawIOBase):
    """A stream that counts the bytes read from it, as read or as expanded; its errors are CannotRead."""

    def __init__(
        self, stream: Any, allowance: Allowance, *, is_expanded: bool, reason: Reason, fault: str
    ) -> None:
        self._stream, self._allowance, self._is_expanded = stream, allowance, is_expanded
        self._reason: Reason = reason
        self._fault = fault

    def readable(self) -> bool:
        """Return True: the stream is readable."""
        return True

    def seekable(self) -> bool:
        """Return True if seeking is cheap: not if each seek decompresses the stream again."""
        return not self._is_expanded and bool(self._stream.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset in the stream."""
        return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        """Return the offset in the stream, in bytes."""
        return int(self._stream.tell())

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer and count its bytes; raise CannotRead at damage or beyond the limit."""
        view = memoryview(buffer)
        try:
            data = self._stream.read(len(view))
        except Exception as error:
            said = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise CannotRead(self._reason, f"{self._fault}: {said}") from error
        view[: len(data)] = data
        if self._is_expanded:
            self._allowance.spend(len(data))
        else:
            self._allowance.read += len(data)
        return len(data)
