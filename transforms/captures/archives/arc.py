"""Read ARC archives, the predecessor of WARC."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from transforms.captures.archives.http_body import decode_body, parse_response
from transforms.captures.archives.warc import may_be_page
from transforms.captures.capture import Outcome, RawCapture, Skipped, Unread
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.source import Source, guarded

MAGIC = b"filedesc://"
# Address, IP number, time, type and (in version 2) more fields, and last the length.
URL_RECORD = re.compile(rb"(\S+) (\S+) ([0-9]{8,14}) (\S+) (?:.*? )?([0-9]{1,15})\r?\n")
LONGEST_LINE = 100_000


def is_arc(source: Source) -> bool:
    """Return True if the bytes begin like an ARC file."""
    return source.peek().startswith(MAGIC)


def read_arc(source: Source) -> Iterator[Outcome]:
    """Yield the pages of an uncompressed archive, named by the offset of their record."""
    offset = 0
    while line := source.stream.readline(LONGEST_LINE):
        uri, start = f"{source.uri}#offset={offset}", offset
        offset += len(line)
        if not line.strip():
            continue
        record = URL_RECORD.fullmatch(line)
        if record is None:
            yield Unread(
                uri, "bad_record", "no ARC record begins here; the archive cannot be read further"
            )
            return
        block = source.stream.read(min(int(record[5]), MAX_CAPTURE_BYTES + 1))
        offset += len(block)
        if start and len(block) > MAX_CAPTURE_BYTES:
            yield Unread(uri, "too_large", f"larger than the limit of {MAX_CAPTURE_BYTES:,} bytes")
            offset += _skip(source, int(record[5]) - len(block))
        elif start and len(block) < int(record[5]):
            yield Unread(uri, "truncated", "the archive ends inside the record")
        elif start:
            yield from guarded(uri, lambda uri=uri, r=record, b=block: iter([_read_one(uri, r, b)]))  # type: ignore[misc]
        else:
            yield Skipped(uri)


def _read_one(uri: str, record: re.Match[bytes], block: bytes) -> Outcome:
    url, stamp = record[1].decode("utf-8", "replace"), record[3].decode().ljust(14, "0")
    if not url.lower().startswith(("http://", "https://")):
        return Skipped(uri)
    response = parse_response(block)
    content_type = response.headers.get("content-type")
    is_good = response.status is None or 200 <= response.status < 300
    if not is_good or not may_be_page(content_type):
        return Skipped(uri)
    moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return RawCapture(uri, decode_body(response), url=url, captured_at=moment, content_type=content_type)


def _skip(source: Source, count: int) -> int:
    left = count
    while left > 0 and (more := source.stream.read(min(left, 1 << 20))):
        left -= len(more)
    return count - left
