"""Makers of archives for tests: records of WARC files, and zip files that are damaged on purpose."""

import gzip
import io
import zipfile

HTML = "text/html; charset=utf-8"
DATE = "2014-05-28T06:30:00Z"


def http(body: bytes, *, status="200 OK", content_type=HTML, headers=()) -> bytes:
    """Return an HTTP response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body: bytes, size=100) -> bytes:
    """Return a body in HTTP's chunks."""
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def record(kind: str, block: bytes, *, url=None, content_type=None, date=DATE, length=None) -> bytes:
    """Return a WARC record."""
    kind_of_block = content_type or {
        "response": "application/http; msgtype=response",
        "request": "application/http; msgtype=request",
        "revisit": "application/http; msgtype=response",
        "warcinfo": "application/warc-fields",
        "conversion": "text/plain",
    }.get(kind, "text/plain; charset=utf-8")
    headers = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Date: {date}",
        f"Content-Type: {kind_of_block}",
        f"Content-Length: {len(block) if length is None else length}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
    ]
    headers += [f"WARC-Target-URI: {url}"] if url else []
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def each_gzipped(records) -> bytes:
    """Return records as crawlers write them: each a gzip member of its own."""
    return b"".join(gzip.compress(one) for one in records)


def zipped(members: dict[str, bytes], *, method=zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def with_password(archive: bytes) -> bytes:
    """Return a zip file whose members say that they are encrypted."""
    changed = bytearray(archive)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)
