"""From a WARC or WET archive to the pages in it."""

from collections.abc import Iterator
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from transforms.captures.capture import Outcome, RawCapture, Skipped, Unread
from transforms.captures.records import read_moment

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
# Room for header lines written with more white space than the usual single one.
HEADER_SLACK = 64
PAGE_RECORDS = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)


def read_warc(source_uri: str, stream: IO[bytes], max_bytes: int) -> Iterator[Outcome]:
    """Yield the pages of an uncompressed archive; each is named by the offset of its record.

    Pages are successful responses, resources and conversions (WET) of HTML or plain text; all
    other records are stepped over. What lies between two records and is none is refused as
    one broken record. An archive that breaks off yields what came before.
    """
    archive = ArchiveIterator(
        stream, parse_http=True, auto_decode="all", stream_detect=False, quirks_mode=True
    )
    expected = 0
    try:
        for record in archive:
            if record.stream_pos > expected + HEADER_SLACK:
                yield Unread(f"{source_uri}#offset={expected}", "bad_record", "no WARC record is there")
            expected = record.stream_pos + _length(record)
            yield _read_one(f"{source_uri}#offset={record.stream_pos}", record, max_bytes)
        # FastWARC ends without a word where it finds no further line that begins a record.
        if stream.tell() > expected + HEADER_SLACK:
            yield Unread(f"{source_uri}#offset={expected}", "bad_record", "no WARC record is there")
    except (EOFError, OSError) as error:
        yield Unread(source_uri, "truncated", f"the archive breaks off or is damaged: {error}")


def _length(record: Any) -> int:
    """Return the bytes a record takes: its version line, headers, content and blank lines."""
    headers = sum(len(name) + len(value) + len(": \r\n") for name, value in record.headers)
    declared = record.headers.get("Content-Length") or ""
    return len("WARC/1.0\r\n") + headers + (int(declared) if declared.isdigit() else 0) + len("\r\n" * 3)


def _read_one(uri: str, record: Any, max_bytes: int) -> Outcome:
    if record.record_type not in PAGE_RECORDS:
        return Skipped(uri)
    http = record.http_headers
    if http is not None and http.status_code is not None and not 200 <= http.status_code < 300:
        return Skipped(uri)
    content_type = (http or record.headers).get("Content-Type")
    if content_type and not content_type.lower().startswith(PAGE_TYPES):
        return Skipped(uri)
    declared = record.content_length
    content = record.reader.read(max_bytes + 1)
    if len(content) > max_bytes:
        return Unread(uri, "too_large", f"over {max_bytes:,} bytes is no page")
    encoded = http is not None and (http.get("Content-Encoding") or http.get("Transfer-Encoding"))
    if not encoded and len(content) < declared:
        return Unread(
            uri, "truncated", f"the archive ends inside the record, after {len(content):,} bytes"
        )
    if not content:
        return Unread(uri, "empty", "the record has no content")
    return RawCapture(
        uri,
        content,
        url=record.headers.get("WARC-Target-URI"),
        captured_at=read_moment(record.headers.get("WARC-Date")),
        content_type=content_type,
    )
