"""Decompress a stream up to its first damage, which is recorded and not raised."""

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

import zstandard

from transforms.captures.limits import Allowance

FAULTS = (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Codec:
    """A compression format: how a compressed part begins, and its decompressor.

    `chunk` is how many packed bytes are handed over at once: so few that what comes back is bounded
    before it can be counted. A block of Zstandard that says it has 128 KB of one byte takes 4 bytes.
    """

    name: str
    header: re.Pattern[bytes]
    decompressor: Callable[[], Any]
    chunk: int


CODECS = (
    Codec(
        "gzip",
        re.compile(rb"\x1f\x8b\x08[\x00-\x1f]", re.DOTALL),
        lambda: zlib.decompressobj(zlib.MAX_WBITS | 16),
        1 << 13,
    ),
    Codec(
        "zstd",
        re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL),
        lambda: zstandard.ZstdDecompressor().decompressobj(),
        1 << 10,
    ),
    Codec("bzip2", re.compile(rb"BZh[1-9]1AY&SY"), bz2.BZ2Decompressor, 1 << 7),
    Codec("xz", re.compile(rb"\xfd7zXZ\x00"), lzma.LZMADecompressor, 1 << 10),
)


def find_codec(head: bytes) -> Codec | None:
    """Return the codec of compressed bytes, detected from how they begin."""
    return next((codec for codec in CODECS if codec.header.match(head)), None)


class Inflated(io.RawIOBase):
    """The decompressed bytes of a stream of one or more compressed parts (gzip members, frames).

    Python's own readers raise at the end of a cut file and take up to a buffer of good bytes with
    them; here all that can be decompressed is read, and `damage` then says what was wrong. Behind a
    damaged part, reading goes on at the next one that begins with the codec's header. `trailing`
    counts bytes behind the last part that are not packed.
    """

    def __init__(self, stream: IO[bytes], codec: Codec, allowance: Allowance | None = None) -> None:
        self._stream, self._codec, self._allowance = stream, codec, allowance or Allowance()
        self._inflater: Any = None
        self._packed = b""
        self._ready = memoryview(b"")
        self._position = self.trailing = self.parts = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        """Return True: the stream is readable."""
        return True

    def tell(self) -> int:
        """Return the number of decompressed bytes read so far."""
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer with decompressed bytes; 0 at the end. CannotRead if there are too many."""
        view, filled = memoryview(buffer), 0
        while filled < len(view) and (self._ready or self._advance()):
            count = min(len(view) - filled, len(self._ready))
            view[filled : filled + count] = self._ready[:count]
            self._ready = self._ready[count:]
            filled += count
        self._position += filled
        return filled

    def _advance(self) -> bool:
        """Decompress one more chunk; return False at the end of the stream."""
        if self._inflater is None and not self._find_header():
            return False
        chunk = self._take()
        if not chunk:
            self.damage = self.damage or "the stream ends in the middle"
            self._inflater = None
            return False
        try:
            data = self._inflater.decompress(chunk)
        except FAULTS as error:
            self.damage = self.damage or str(error)
            self._inflater, self._packed = (
                None,
                chunk[1:] + self._packed,
            )  # the next part may begin in it
            return True
        self._allowance.spend(len(data))
        self._ready = memoryview(data)
        if self._inflater.eof:
            self._packed = self._inflater.unused_data + self._packed
            self._inflater, self.parts = None, self.parts + 1
        return True

    def _take(self) -> bytes:
        """Return the next compressed bytes, few enough that their content is bounded."""
        self._packed = self._packed or self._stream.read(1 << 15)
        chunk, self._packed = self._packed[: self._codec.chunk], self._packed[self._codec.chunk :]
        return chunk

    def _find_header(self) -> bool:
        """Go to where the next part begins; return False if there is none."""
        while True:
            if found := self._codec.header.search(self._packed):
                self._skip(found.start())
                self._inflater = self._codec.decompressor()
                return True
            self._skip(max(0, len(self._packed) - 9))  # a header may be cut here
            more = self._stream.read(1 << 15)
            if not more:
                self._skip(len(self._packed))
                return False
            self._packed += more

    def _skip(self, count: int) -> None:
        """Count bytes that belong to no part, except the zeros that pad tapes."""
        self.trailing += len(self._packed[:count].strip(b"\0"))
        self._packed = self._packed[count:]
