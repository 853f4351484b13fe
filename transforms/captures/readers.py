"""From one file to the captures in it, by what its bytes are and not by what it is called."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.captures.capture import Outcome, RawCapture, Skipped, Unread
from transforms.captures.dump import split_dump
from transforms.captures.inflate import Inflated
from transforms.captures.inputs import InputFile, is_asset
from transforms.captures.records import read_record
from transforms.captures.warc import read_warc

# A page of text above 32 MB is no page; the largest of 3 billion in Common Crawl is cut at 5 MB.
MAX_CAPTURE_BYTES = 32_000_000
MAX_NESTING = 3  # a gzip in a zip in a gzip is odd; deeper is an attack
PEEK = 4096
GZIP, ZSTD, ZIP, PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PAR1"
BAD_MEMBER = (EOFError, OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)


def read_captures(file: InputFile) -> Iterator[Outcome]:
    """Yield what one file holds; what cannot be read is an outcome with its reason."""
    try:
        with file.file_system.open(file.path, "rb") as stream:
            yield from read_stream(file.source_uri, io.BufferedReader(stream, 1 << 16))
    except OSError as error:
        yield Unread(
            file.source_uri, "unreadable", f"{error.strerror or error}; check that it can be read"
        )


def read_stream(source_uri: str, stream: IO[bytes], depth: int = 0) -> Iterator[Outcome]:
    """Yield the captures of a stream after sniffing what it is."""
    head = _peek(stream)
    if depth > MAX_NESTING:
        yield Unread(source_uri, "too_deep", f"archives nested more than {MAX_NESTING} deep")
    elif head.startswith((GZIP, ZSTD)):
        yield from _read_compressed(source_uri, stream, head, depth)
    elif head.startswith(ZIP):
        yield from _read_zip(source_uri, stream, depth)
    elif head.startswith(PARQUET):
        yield from _read_parquet(source_uri, stream)
    elif head.startswith(b"WARC/"):
        yield from read_warc(source_uri, stream, MAX_CAPTURE_BYTES)
    elif _is_json_lines(head):
        yield from _read_json_lines(source_uri, stream)
    else:
        yield from split_dump(_read_page(source_uri, stream))


def _peek(stream: IO[bytes]) -> bytes:
    return stream.peek(PEEK)[:PEEK] if isinstance(stream, io.BufferedReader) else b""


def _read_compressed(source_uri: str, stream: IO[bytes], head: bytes, depth: int) -> Iterator[Outcome]:
    """Yield what a compressed stream holds; what came whole before damage is not lost."""
    inflated = Inflated(stream, "gzip" if head.startswith(GZIP) else "zstd")
    for outcome in read_stream(source_uri, io.BufferedReader(inflated, 1 << 16), depth + 1):
        is_cut_page = inflated.damage and outcome.source_uri == source_uri
        if not is_cut_page:
            yield outcome
    if inflated.damage:
        yield Unread(source_uri, "truncated", f"the compressed data breaks off: {inflated.damage}")


def _read_zip(source_uri: str, stream: IO[bytes], depth: int) -> Iterator[Outcome]:
    try:
        archive = zipfile.ZipFile(stream if stream.seekable() else io.BytesIO(stream.read()))
    except zipfile.BadZipFile as error:
        yield Unread(source_uri, "truncated", f"not a whole zip archive: {error}")
        return
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        uri = f"{source_uri}#{member.filename}"
        if member.is_dir():
            continue
        if is_asset(member.filename):
            yield Skipped(uri)
            continue
        try:
            with archive.open(member) as opened:
                yield from read_stream(uri, io.BufferedReader(opened, 1 << 16), depth + 1)  # type: ignore[type-var]
        except BAD_MEMBER as error:
            yield Unread(uri, "bad_member", f"member of the zip archive cannot be read: {error}")


def _read_parquet(source_uri: str, stream: IO[bytes]) -> Iterator[Outcome]:
    try:
        file = pq.ParquetFile(stream if stream.seekable() else io.BytesIO(stream.read()))
        row_number = 0
        for batch in file.iter_batches(batch_size=256):
            for row in batch.to_pylist():
                yield read_record(f"{source_uri}#row={row_number}", row)
                row_number += 1
    except (pa.ArrowException, OSError) as error:
        yield Unread(source_uri, "truncated", f"not a whole Parquet file: {error}")


def _read_json_lines(source_uri: str, stream: IO[bytes]) -> Iterator[Outcome]:
    number = 0
    while line := stream.readline(MAX_CAPTURE_BYTES):
        number += 1
        if not line.strip():
            continue
        uri = f"{source_uri}#line={number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            yield Unread(uri, "bad_record", f"the line is not JSON: {error}")
            continue
        if isinstance(record, dict):
            yield read_record(uri, record)
        else:
            yield Unread(uri, "bad_record", "the line is JSON but not an object")


def _read_page(source_uri: str, stream: IO[bytes]) -> Outcome:
    content = stream.read(MAX_CAPTURE_BYTES + 1)
    if len(content) > MAX_CAPTURE_BYTES:
        return Unread(source_uri, "too_large", f"over {MAX_CAPTURE_BYTES:,} bytes is no page")
    if not content:
        return Unread(source_uri, "empty", "the file has no bytes")
    return RawCapture(source_uri, content)


def _is_json_lines(head: bytes) -> bool:
    """Say whether the first line is a JSON object, whole or cut at the end of the peek."""
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return b"\n" not in head.strip() and first[1:].lstrip().startswith(b'"')
