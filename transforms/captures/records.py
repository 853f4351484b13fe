"""From a record of a table (a JSON line, a Parquet row) to a capture."""

from datetime import UTC, datetime
from typing import Any

from transforms.captures.capture import RawCapture, Unread

CONTENT_COLUMNS = {"html": "text/html; charset=utf-8", "text": "text/plain; charset=utf-8"}


def read_record(source_uri: str, record: dict[str, Any]) -> RawCapture | Unread:
    """Return the capture in a record with a `html` or `text` column; `html` goes first.

    >>> read_record("a#row=0", {"text": "Hello.", "url": ""}).content
    b'Hello.'
    >>> read_record("a#row=1", {"body": "Hello."}).reason
    'bad_record'
    """
    for column, content_type in CONTENT_COLUMNS.items():
        content = _as_bytes(record.get(column))
        if content:
            return RawCapture(
                source_uri,
                content,
                url=_as_text(record.get("url")),
                title=_as_text(record.get("title")),
                captured_at=read_moment(record.get("captured_at")),
                content_type=content_type,
            )
    if any(column in record for column in CONTENT_COLUMNS):
        return Unread(source_uri, "empty", "its text and html are empty")
    return Unread(source_uri, "bad_record", "it has no text or html column; name one of its columns so")


def read_moment(value: object) -> datetime | None:
    """Return a moment in UTC from ISO 8601 or a datetime; one without a zone is taken as UTC.

    >>> read_moment("2017-09-08T06:30:00Z").isoformat()
    '2017-09-08T06:30:00+00:00'
    >>> read_moment("last week") is None
    True
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:
        return None


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else b""


def _as_text(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
