"""Decode the stored body of an HTTP response, even if its headers are wrong."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

import brotli
import zstandard

from transforms.captures.capture import CannotRead
from transforms.captures.limits import MAX_CAPTURE_BYTES

STATUS_LINE = re.compile(rb"(?:HTTP/|ICY|http/)[0-9.]*[ \t]*([0-9]{3})?")
HEADER_END = re.compile(rb"\r?\n\r?\n")
CHUNK_LINE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
MAX_HEADER_BYTES = 1_000_000  # servers refuse more than 16 KB; some sites set 200 KB of cookies
PACKED_AT_ONCE = 1 << 10
MOST_PACKINGS = 3  # as often a body is unpacked that is packed more often than it says
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
MAX_CONTROL_SHARE = 0.1  # of a body that is shown plain; packed bytes have 11 in 100, text has none


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its status, its headers in lower case, and the body as it was stored."""

    status: int | None
    headers: dict[str, str]
    body: bytes


def parse_response(block: bytes) -> Response:
    """Return the parts of a response; raise CannotRead if it is not one.

    >>> parse_response(b"HTTP/2 200\\nContent-Type: text/html\\n\\n<p>").headers
    {'content-type': 'text/html'}
    """
    status = STATUS_LINE.match(block)
    if status is None:
        raise CannotRead(
            "bad_record", "the record is declared as an HTTP response but does not begin as one"
        )
    end = HEADER_END.search(block, 0, MAX_HEADER_BYTES)
    if end is None:
        raise CannotRead("bad_record", "an HTTP response without an end of its headers")
    lines = block[: end.start()].splitlines()[1:]
    return Response(int(status[1]) if status[1] else None, parse_headers(lines), block[end.end() :])


def parse_headers(lines: list[bytes]) -> dict[str, str]:
    """Return headers by lower-case name; the last of several with one name counts.

    A line that begins with white space goes on with the one before.
    """
    headers: dict[str, str] = {}
    name = ""
    for line in lines:
        if line[:1] in b" \t" and name and line.strip():
            headers[name] += " " + line.strip().decode("utf-8", "replace")
        elif b":" in line:
            key, _, value = line.partition(b":")
            name = key.strip().lower().decode("utf-8", "replace")
            headers[name] = value.strip().decode("utf-8", "replace")
    return headers


def decode_body(response: Response) -> bytes:
    """Return the body without chunks and compression.

    What is said to be chunked or packed and is not stays as it is. CannotRead for a body that is packed
    in a way that cannot be undone.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    declared = response.headers.get("content-encoding", "") + "," + _packings_of_transfer(response)
    return unpack_body(body, _tokens(declared))


def join_chunks(body: bytes) -> bytes:
    """Return the joined chunks of a body; return a body without chunks unchanged.

    >>> join_chunks(b"3;a=b\\r\\nabc\\r\\n0\\r\\n\\r\\n"), join_chunks(b"plain")
    (b'abc', b'plain')
    """
    pieces: list[bytes] = []
    position = 0
    while size := CHUNK_LINE.match(body, position):
        start, length = size.end(), int(size[1], 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[start : start + length])
        position = start + length
        if body[position : position + 2] == b"\r\n":
            position += 2
        elif body[position : position + 1] == b"\n":
            position += 1
        elif position < len(body):  # the size is none: the body only begins like a chunk
            break
    rest = body[position:]
    return b"".join(pieces) if pieces and not rest.strip() else _plain_or_joined(body, pieces, rest)


def _plain_or_joined(body: bytes, pieces: list[bytes], rest: bytes) -> bytes:
    """Return a body with broken chunks: joined up to the fault, or unchanged."""
    is_chunked = pieces and body[len(body) - len(rest) - 1 : len(body) - len(rest)] == b"\n"
    return b"".join([*pieces, rest]) if is_chunked else body


def unpack_body(body: bytes, declared: list[str]) -> bytes:
    """Return the decompressed body; its bytes are trusted before its headers."""
    for _ in range(MOST_PACKINGS):
        unpacked = _by_its_bytes(body)
        if unpacked is None:
            break
        body, declared = unpacked, []
    for name in reversed(declared):
        unpacked = _by_name(body, name)
        if unpacked is not None:
            return unpacked
    if declared and not _is_plain(body):
        raise CannotRead(
            "bad_record", f"its body is compressed ({', '.join(declared)}) and cannot be decompressed"
        )
    return body


def _tokens(declared: str) -> list[str]:
    """Return the names of encodings ("gzip" of "gzip;q=1"), without those that mean none."""
    names = [token.split(";")[0].strip().lower().removeprefix("x-") for token in declared.split(",")]
    return [name for name in names if name in ("gzip", "deflate", "br", "zstd", "compress")]


def _packings_of_transfer(response: Response) -> str:
    tokens = response.headers.get("transfer-encoding", "").split(",")
    return ",".join(takewhile(lambda token: "chunked" not in token.lower(), tokens))


def _by_its_bytes(body: bytes) -> bytes | None:
    """Return the content of gzip or Zstandard data, which is detected by its first bytes."""
    if body.startswith(b"\x1f\x8b\x08"):
        return _inflate(body, zlib.MAX_WBITS | 16)
    return _unpack_zstd(body) if body.startswith(b"\x28\xb5\x2f\xfd") else None


def _by_name(body: bytes, name: str) -> bytes | None:
    if name == "deflate":
        return _inflate(body, zlib.MAX_WBITS) or _inflate(body, -zlib.MAX_WBITS)
    return _unpack_brotli(body) if name == "br" else None


def _inflate(body: bytes, window: int) -> bytes | None:
    """Return the decompressed bytes, up to the limit of a capture; None if not in this format."""
    inflater = zlib.decompressobj(window)
    return _unpack(body, lambda data: inflater.decompress(data, MAX_CAPTURE_BYTES), lambda: inflater.eof)


def _unpack_zstd(body: bytes) -> bytes | None:
    inflater = zstandard.ZstdDecompressor().decompressobj(read_across_frames=False)
    return _unpack(body, inflater.decompress, lambda: inflater.eof)


def _unpack_brotli(body: bytes) -> bytes | None:
    inflater = brotli.Decompressor()
    return _unpack(
        body,
        lambda data: inflater.process(data, output_buffer_limit=MAX_CAPTURE_BYTES),
        inflater.is_finished,
    )


def _unpack(body: bytes, unpack: Callable[[bytes], bytes], is_done: Callable[[], bool]) -> bytes | None:
    """Return the decompressed body; None if it is damaged or in another format.

    CannotRead where it breaks off, or grows too large; little is handed over at once, so that what
    comes back is bounded.
    """
    pieces, size = [], 0
    try:
        for start in range(0, len(body), PACKED_AT_ONCE):
            piece = unpack(body[start : start + PACKED_AT_ONCE])
            pieces.append(piece)
            size += len(piece)
            if size > MAX_CAPTURE_BYTES:
                raise CannotRead("too_large", f"its body expands to over {MAX_CAPTURE_BYTES:,} bytes")
            if is_done():
                return b"".join(pieces)
    except (zlib.error, zstandard.ZstdError, brotli.error):
        return None
    if size and _is_plain(b"".join(pieces)):
        raise CannotRead("truncated", "its compressed body is truncated")
    return None


def _is_plain(body: bytes) -> bool:
    """Return True if the bytes look like text: few control characters, or UTF-16."""
    head = body[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return len(head) - len(head.translate(None, CONTROLS)) <= MAX_CONTROL_SHARE * len(head)
