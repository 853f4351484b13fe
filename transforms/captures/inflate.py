"""Decompress a stream as far as it goes: damage ends it, and is remembered, not raised."""

import io
import zlib
from typing import IO, Any, Literal

import zstandard

CHUNK = 1 << 15


class Inflated(io.RawIOBase):
    """The decompressed bytes of a gzip or Zstandard stream of one or more members.

    Python's own readers raise at the end of a cut file and take up to a buffer of good bytes
    with them; here all that can be decompressed is read, and `damage` then says what was wrong.
    """

    def __init__(self, stream: IO[bytes], codec: Literal["gzip", "zstd"]) -> None:
        self._stream, self._codec = stream, codec
        self._inflater: Any = None
        self._pending = self._ready = b""
        self._position = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def tell(self) -> int:
        """Return how many decompressed bytes were read."""
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with decompressed bytes; 0 at the end or at damage."""
        view = memoryview(buffer)
        while not self._ready and self.damage is None and self._advance():
            pass
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        self._position += count
        return count

    def _advance(self) -> bool:
        """Decompress one more chunk; return False at the end of the stream."""
        chunk = self._pending or self._stream.read(CHUNK)
        self._pending = b""
        if not chunk:
            if self._inflater is not None:
                self.damage = "the stream ends in the middle"
            return False
        if self._inflater is None:
            self._inflater = self._new_inflater()
        try:
            self._ready = self._inflater.decompress(chunk)
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = str(error)
            return False
        if self._inflater.eof:
            self._pending = self._inflater.unused_data.lstrip(b"\0")  # tape padding
            self._inflater = None
        return True

    def _new_inflater(self) -> Any:
        if self._codec == "gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        return zstandard.ZstdDecompressor().decompressobj()
