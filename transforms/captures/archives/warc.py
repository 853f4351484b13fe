"""Read the pages of WARC and WET archives."""

from collections.abc import Callable, Iterator

from transforms.captures.archives.http_body import decode_body, parse_response
from transforms.captures.archives.warc_records import MAX_BLOCK_BYTES, Gap, Record, cut_records
from transforms.captures.capture import CannotRead, Outcome, RawCapture, Skipped, Unread
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.source import Source, guarded
from transforms.captures.values import read_moment

MAGIC = b"WARC/"
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
PAGE_RECORDS = ("response", "resource", "conversion")


def is_warc(source: Source) -> bool:
    """Return True if the bytes begin like a WARC file."""
    return source.peek().startswith(MAGIC)


def read_warc(source: Source) -> Iterator[Outcome]:
    """Yield the pages of an uncompressed archive, named by the offset of their record.

    Pages are successful responses, resources and conversions (WET) of HTML or plain text; all
    other records are skipped. What lies between two records and is none is refused as one broken
    record. Whatever is wrong with a record is an outcome of that record alone.
    """
    for part in cut_records(source.stream):
        uri = f"{source.uri}#offset={part.offset}"
        if isinstance(part, Gap):
            yield Unread(uri, "bad_record", f"{part.size:,} bytes at this offset are not a WARC record")
        else:
            yield from guarded(uri, lambda part=part, uri=uri: iter([_read_record(uri, part)]))  # type: ignore[misc]


def _read_record(uri: str, record: Record) -> Outcome:
    kind = record.headers.get("warc-type", "").lower()
    if record.fault and not kind:
        raise CannotRead("bad_record", record.fault)
    if kind not in PAGE_RECORDS:
        return Skipped(uri)
    if not _is_response(record):
        return _make_capture(uri, record, record.headers.get("content-type"), lambda: record.block)
    response = parse_response(record.block)
    if response.status is not None and not 200 <= response.status < 300:
        return Skipped(uri)
    content_type = response.headers.get("content-type")
    return _make_capture(uri, record, content_type, lambda: decode_body(response))


def _is_response(record: Record) -> bool:
    return record.headers.get("content-type", "").lower().startswith("application/http") or (
        record.headers.get("warc-type", "").lower() == "response" and record.block.startswith(b"HTTP/")
    )


def may_be_page(content_type: str | None) -> bool:
    """Return True if a content type is HTML or plain text, or missing."""
    return not content_type or content_type.lower().startswith(PAGE_TYPES)


def _make_capture(
    uri: str, record: Record, content_type: str | None, read_content: Callable[[], bytes]
) -> Outcome:
    if not may_be_page(content_type):
        return Skipped(uri)
    if record.fault:
        raise CannotRead("truncated", record.fault)
    content = read_content()
    if len(content) > MAX_CAPTURE_BYTES or record.size > MAX_BLOCK_BYTES:
        raise CannotRead("too_large", f"larger than the limit of {MAX_CAPTURE_BYTES:,} bytes")
    if not content:
        raise CannotRead("empty", "the record has no content")
    return RawCapture(
        uri,
        content,
        url=record.headers.get("warc-target-uri", "").strip().strip("<>").strip() or None,
        captured_at=read_moment(record.headers.get("warc-date")),
        content_type=content_type or None,
    )
