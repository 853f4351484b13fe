"""Open zip archives that Python refuses because of single bad entries."""

import shutil
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from transforms.captures.capture import CannotRead
from transforms.captures.limits import MAX_MEMBERS
from transforms.captures.names import escape_name
from transforms.captures.source import describe_error

END, ENTRY = b"PK\x05\x06", b"PK\x01\x02"
LONGEST_END = 22 + 65_535  # the record at the end, and its comment
ENTRY_BYTES = 46
UTF_8_FLAG = 0x800
HIGHEST_VERSION = 20  # any archive of today can be read as one of version 2.0


class Archive:
    """An open zip archive; names that are wrongly flagged as UTF-8 keep their bytes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._false: set[bytes] = set()
        try:
            self.zip = self._open(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
            raise CannotRead("truncated", f"incomplete zip archive: {describe_error(error)}") from error
        if len(self.zip.infolist()) > MAX_MEMBERS:
            raise CannotRead("too_large", f"over {MAX_MEMBERS:,} members; split the archive")

    def name(self, member: zipfile.ZipInfo) -> str:
        """Return a member's name, escaped where it is not UTF-8."""
        try:
            raw = member.orig_filename.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        is_false = raw in self._false
        return escape_name(raw.decode("utf-8", "surrogateescape") if is_false else member.filename)

    def _open(self, stream: IO[bytes]) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(stream)
        except (UnicodeDecodeError, NotImplementedError):
            copy = tempfile.TemporaryFile(prefix="winnow-")  # noqa: SIM115  # goes with the archive
            stream.seek(0)
            shutil.copyfileobj(stream, copy)
            self._false = set(_mend_entries(copy))
            return zipfile.ZipFile(copy)


def _mend_entries(copy: IO[bytes]) -> Iterator[bytes]:
    """Correct false flags and versions in a copy; yield the names that are not UTF-8."""
    at = _find_directory(copy)
    while True:
        copy.seek(at)
        entry = copy.read(ENTRY_BYTES)
        if len(entry) < ENTRY_BYTES or not entry.startswith(ENTRY):
            return
        flags, sizes = struct.unpack_from("<H", entry, 8)[0], struct.unpack_from("<3H", entry, 28)
        name = copy.read(sizes[0])
        is_false = flags & UTF_8_FLAG and not _is_utf_8(name)
        flags &= ~UTF_8_FLAG if is_false else ~0
        copy.seek(at + 6)
        copy.write(struct.pack("<HH", min(HIGHEST_VERSION, *entry[6:7]), flags))
        if is_false:
            _write_flags(copy, struct.unpack_from("<L", entry, 42)[0], flags)
            yield name
        at += ENTRY_BYTES + sum(sizes)


def _write_flags(copy: IO[bytes], member_at: int, flags: int) -> None:
    """Write flags into the local header of a member."""
    copy.seek(member_at + 6)
    copy.write(struct.pack("<H", flags))


def _find_directory(copy: IO[bytes]) -> int:
    copy.seek(0, 2)
    start = max(0, copy.tell() - LONGEST_END)
    copy.seek(start)
    tail = copy.read()
    end = tail.rfind(END)
    size, offset = struct.unpack_from("<2L", tail, end + 12)
    return max(offset, start + end - size) if end >= 0 else 0


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
