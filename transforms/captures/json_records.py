"""Read JSON: a record a line, a list of records, or records within an answer of a news service."""

import json
import re
from collections.abc import Iterator
from itertools import count

from transforms.captures.capture import CannotRead, Outcome, Unread
from transforms.captures.limits import MAX_JSON_BYTES
from transforms.captures.records import find_records, name_columns, read_record
from transforms.captures.source import Source, describe_error, guarded
from transforms.language.well_formed import read_json, read_next_json

OUTER_SPACE = b"\xef\xbb\xbf \t\r\n"
# How a JSON document begins that has records in it; prose may begin with "[" but not so.
DOCUMENT_START = re.compile(rb"""\{\s*(?:"|\})|\[\s*(?:\{|\[|\])""")


def is_json_lines(source: Source) -> bool:
    """Return True if the first line is a JSON object, whole or cut at the end of the peek."""
    head = source.peek()
    first = head.lstrip(OUTER_SPACE).split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(read_json(first), dict) and not _is_text_with_json(head)
    except ValueError:
        return b"\n" not in head.strip() and first[1:].lstrip().startswith(b'"')


def is_json_document(source: Source) -> bool:
    """Return True if the bytes begin as a JSON object or list does."""
    head = source.peek()
    return DOCUMENT_START.match(head.lstrip(OUTER_SPACE)) is not None and not _is_text_with_json(head)


def _is_text_with_json(head: bytes) -> bool:
    """Return True if the first line is a JSON value and no other begins as one: flattened pages can.

    The last line of the peek may be cut and does not count.
    """
    first, *others = head.lstrip(OUTER_SPACE).split(b"\n")[:-1] or [b""]
    others = [line for line in others if line.strip(OUTER_SPACE)]
    if not others or any(line.lstrip()[:1] in (b"{", b"[", b"]", b"}") for line in others):
        return False
    try:
        read_json(first)
    except ValueError:
        return False
    return True


def read_json_lines(source: Source) -> Iterator[Outcome]:
    """Yield the records of each line; a line may be a service's answer with several records."""
    for number in count(1):
        line = source.stream.readline(MAX_JSON_BYTES + 1)
        if not line:
            return
        uri = f"{source.uri}#line={number}"
        if len(line) > MAX_JSON_BYTES:
            yield Unread(uri, "too_large", f"the line has over {MAX_JSON_BYTES:,} bytes")
            _skip_line(source)
        elif line.strip(OUTER_SPACE):
            yield from guarded(uri, lambda uri=uri, line=line: _read_line(source, uri, line))  # type: ignore[misc]


def read_json_document(source: Source) -> Iterator[Outcome]:
    """Yield the records of a JSON document, or of several that follow each other.

    A document without records is refused, and so is what is broken; what came before is kept.
    """
    content = source.read(MAX_JSON_BYTES)
    text = content.decode(json.detect_encoding(content), "replace").lstrip("\ufeff \t\r\n")
    numbers, position, found = count(1), 0, False
    value: object = None
    while position < len(text):
        value, position = _decode_next(text, position)
        for record in find_records(value, source.columns):
            found = True
            yield read_record(f"{source.uri}#item={next(numbers)}", record, source.columns)
    if not found:
        names = value if isinstance(value, dict) else {}
        raise CannotRead("bad_record", f"JSON without a record that has a text: {name_columns(names)}")


def _decode_next(text: str, start: int) -> tuple[object, int]:
    """Return the JSON value at an offset, and the offset of the next one."""
    try:
        value, end = read_next_json(text, start)
    except ValueError as error:
        detail = f"not JSON from character {start:,} on: {describe_error(error)}"
        raise CannotRead("bad_record", detail) from error
    while end < len(text) and text[end] in " \t\r\n,\x1e\ufeff":
        end += 1
    return value, end


def _read_line(source: Source, uri: str, line: bytes) -> Iterator[Outcome]:
    try:
        record = read_json(line)
    except ValueError as error:
        raise CannotRead("bad_record", f"the line is not JSON: {describe_error(error)}") from error
    if not isinstance(record, dict):
        raise CannotRead("bad_record", "the line is JSON but not an object")
    records = list(find_records(record, source.columns))
    if len(records) < 2:
        yield read_record(uri, records[0] if records else record, source.columns)
        return
    for number, one in enumerate(records, start=1):
        yield read_record(f"{uri}#item={number}", one, source.columns)


def _skip_line(source: Source) -> None:
    while (more := source.stream.readline(MAX_JSON_BYTES)) and not more.endswith(b"\n"):
        pass
