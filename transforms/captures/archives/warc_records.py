"""Split a WARC or ARC stream into records, even with wrong lengths or garbage in between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from transforms.captures.archives.http_body import parse_headers
from transforms.captures.limits import MAX_CAPTURE_BYTES

VERSION = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n")
# Where a record begins that lies behind something else: its version, and then a header's name.
NEXT_RECORD = re.compile(
    rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n(?:WARC-|Content-)[A-Za-z-]{2,40}[ \t]*:", re.IGNORECASE
)
HEADER_END = re.compile(rb"\r?\n\r?\n")
MAX_HEADER_BYTES = 1_000_000
MAX_LENGTH_DIGITS = 15  # a petabyte
LONGEST_START = 256  # bytes in which NEXT_RECORD finds a start
READ_AT_ONCE = 1 << 16
# A record's block is held in memory up to this; of a longer one, a film, only the start is kept.
MAX_BLOCK_BYTES = 2 * MAX_CAPTURE_BYTES


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its offset, its headers in lower case, and its block.

    `size` is the block's size in the stream; `block` is shorter where the record is too large.
    `fault` says what is wrong with the record: the stream ends within it, or its length is false.
    """

    offset: int
    headers: dict[str, str]
    block: bytes
    size: int
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes between records that are not a record."""

    offset: int
    size: int


class Window:
    """A stream with lookahead of any length."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.data = b""
        self.offset = 0
        self.is_ended = False

    def fill(self, count: int) -> bool:
        """Buffer at least so many bytes; return False if there are fewer."""
        while len(self.data) < count and not self.is_ended:
            missing = max(READ_AT_ONCE, count - len(self.data))
            more = self._stream.read(missing)
            self.is_ended = not more
            self.data += more
        return len(self.data) >= count

    def take(self, count: int) -> bytes:
        """Consume buffered bytes."""
        taken, self.data = self.data[:count], self.data[count:]
        self.offset += len(taken)
        return taken


def cut_records(stream: IO[bytes]) -> Iterator[Record | Gap]:
    """Yield the records of an uncompressed archive, and the gaps between them.

    A record's length is believed if another record or the end follows. If not, the record ends where
    the next one begins, so that a false length swallows nothing.
    """
    window = Window(stream)
    while True:
        gap = _find_start(window)
        if gap is not None:
            yield gap
        if not window.fill(1):
            return
        yield _take_record(window)


def _find_start(window: Window) -> Gap | None:
    """Go to the start of the next record; return the gap before it, unless it is blank lines."""
    start, is_blank = window.offset, True
    while window.fill(1):
        window.fill(LONGEST_START)
        if VERSION.match(window.data):
            break
        skipped = window.take(_bytes_before_next(window))
        is_blank = is_blank and not skipped.strip(b"\r\n\0")
    return None if is_blank else Gap(start, window.offset - start)


def _bytes_before_next(window: Window) -> int:
    """Return how many visible bytes lie before the next record; some are left to find it in later."""
    if found := NEXT_RECORD.search(window.data):
        return found.start()
    blank = len(window.data) - len(window.data.lstrip(b"\r\n"))
    return blank or max(1, len(window.data) - (0 if window.is_ended else LONGEST_START))


def _take_record(window: Window) -> Record:
    offset = window.offset
    headers = _take_headers(window)
    if headers is None:
        _skip_to_next(window)
        return Record(offset, {}, b"", window.offset - offset, "the headers of the record do not end")
    length = headers.get("content-length", "").strip()
    if not (length.isascii() and length.isdigit() and len(length) <= MAX_LENGTH_DIGITS):
        return _until_next(window, Record(offset, headers, b"", 0))
    if int(length) > MAX_BLOCK_BYTES:
        return _take_large_block(window, Record(offset, headers, b"", 0), int(length))
    return _take_block(window, Record(offset, headers, b"", 0), int(length))


def _take_headers(window: Window) -> dict[str, str] | None:
    """Take the headers up to their blank line; return None if there is none."""
    size = READ_AT_ONCE
    while True:
        window.fill(size)
        if end := HEADER_END.search(window.data, 0, MAX_HEADER_BYTES):
            return parse_headers(window.take(end.end()).splitlines()[1:])
        if window.is_ended or size >= MAX_HEADER_BYTES:
            window.take(len(b"WARC/"))  # so that the search for the next start goes on
            return None
        size *= 4


def _take_block(window: Window, record: Record, length: int) -> Record:
    """Take a block of the declared length if that is right, or else up to the next record."""
    window.fill(length + LONGEST_START)
    is_there = len(window.data) >= length
    if is_there and _is_end(window.data[length : length + LONGEST_START], window.is_ended):
        return replace(record, block=window.take(length), size=length)
    found = NEXT_RECORD.search(window.data, 0, length)
    if found:  # too long: it would swallow the next record
        block = window.take(found.start())
        return replace(record, block=block.removesuffix(b"\r\n\r\n"), size=len(block))
    if not is_there:
        block = window.take(length)
        fault = f"the archive ends inside the record, after {len(block):,} bytes"
        return replace(record, block=block, size=len(block), fault=fault)
    if window.data[length : length + 2] == b"\r\n":  # what follows is no record, but no part of this one
        return replace(record, block=window.take(length), size=length)
    return _until_next(window, record)


def _is_end(following: bytes, is_ended: bool) -> bool:
    """Return True if a record or the end of the archive follows, maybe after blank lines."""
    rest = following.lstrip(b"\r\n\0")
    return VERSION.match(rest) is not None or (is_ended and not rest)


def _until_next(window: Window, record: Record) -> Record:
    """Take a block of unknown length, up to the next record or the end."""
    start, pieces = window.offset, []
    while window.fill(1) and not NEXT_RECORD.match(window.data):
        window.fill(READ_AT_ONCE)
        piece = window.take(_bytes_before_next(window))
        if window.offset - start <= MAX_BLOCK_BYTES:
            pieces.append(piece)
    block = b"".join(pieces).removesuffix(b"\r\n\r\n")
    return replace(record, block=block, size=window.offset - start)


def _take_large_block(window: Window, record: Record, length: int) -> Record:
    """Take the start of a block that is too large to be a page, and skip the rest."""
    start, pieces = window.offset, []
    while (left := start + length - window.offset) > 0 and window.fill(1):
        window.fill(min(left, READ_AT_ONCE) + LONGEST_START)
        if NEXT_RECORD.match(window.data):
            break
        found = NEXT_RECORD.search(window.data, 1)
        ahead = found.start() if found else max(1, len(window.data) - LONGEST_START)
        piece = window.take(min(left, ahead))
        if window.offset - start <= MAX_BLOCK_BYTES:
            pieces.append(piece)
    size = window.offset - start
    fault = (
        f"the archive ends inside the record, after {size:,} bytes"
        if window.is_ended and size < length
        else None
    )
    return replace(record, block=b"".join(pieces), size=size, fault=fault)


def _skip_to_next(window: Window) -> None:
    while window.fill(1) and not NEXT_RECORD.match(window.data):
        window.fill(READ_AT_ONCE)
        window.take(_bytes_before_next(window))
