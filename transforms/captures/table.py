"""Read delimited tables: CSV, TSV and similar."""

import csv
import io
import re
from collections.abc import Iterator

from transforms.captures.capture import CannotRead, Outcome, Unread
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.records import (
    Columns,
    fields_of_column,
    has_content_column,
    name_columns,
    read_record,
)
from transforms.captures.source import PEEK, Source, describe_error
from transforms.language.encoding import decode_text

ENDINGS = ("csv", "tsv", "tab")
DELIMITERS = ",;\t|"
LONGEST_NAME = 60  # characters of a column's name; prose with commas in it has longer parts
FEWEST_KNOWN = 2  # columns whose name is known, in a file that is not called a table

csv.field_size_limit(MAX_CAPTURE_BYTES)


def is_table(source: Source) -> bool:
    """Return True if the file has a table's extension, or two known column names in its first line."""
    names = _header(source.peek())
    if len(names) < 2:
        return False
    known = [name for name in names if fields_of_column(name, source.columns)]
    return source.ending in ENDINGS or len(known) >= FEWEST_KNOWN


def read_table(source: Source) -> Iterator[Outcome]:
    """Yield the capture of each row below the header; rows count from 0."""
    delimiter, encoding = _delimiter(_first_line(source.peek())), _encoding(source.peek())
    lines = io.TextIOWrapper(source.stream, encoding, errors="replace", newline="")
    rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=delimiter)
    names = [name.strip().lstrip("\ufeff") for name in next(rows)]
    if names[:1] == ["sep="]:
        names = [name.strip() for name in next(rows)]
    if not has_content_column(dict.fromkeys(names), source.columns):
        raise CannotRead(
            "bad_record", f"a table without a column named text or html; {name_columns(names)}"
        )
    yield from _read_rows(source.uri, names, rows, source.columns)


def _read_rows(
    uri: str, names: list[str], rows: Iterator[list[str]], columns: Columns
) -> Iterator[Outcome]:
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(
                f"{uri}#row={number}", "bad_record", f"not a row of a table: {describe_error(error)}"
            )
        else:
            if not any(row):
                continue
            if any(row[len(names) :]):
                detail = f"{len(row)} fields below {len(names)} names; put a field with commas in quotes"
                yield Unread(f"{uri}#row={number}", "bad_record", detail)
            else:
                yield read_record(f"{uri}#row={number}", dict(zip(names, row, strict=False)), columns)
        number += 1


def _encoding(head: bytes) -> str:
    """Return the codec of a table from its first bytes, which may end within a character."""
    whole = head[: head.rfind(b"\n") + 1] or head
    encoding = decode_text(whole)[1]
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _first_line(head: bytes) -> str:
    """Return the first line, apart from the one in which Excel names the delimiter: "sep=;"."""
    lines = _decode_roughly(head).lstrip("\ufeff").lstrip("\r\n").splitlines() or [""]
    return lines[1] if len(lines) > 1 and re.fullmatch("sep=[;,|\t]", lines[0]) else lines[0]


def _decode_roughly(head: bytes) -> str:
    """Decode the first bytes without a detector, which takes 50 ms: the names are mostly ASCII."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        return decode_text(head)[0]
    text = head.decode("utf-8", "replace")
    return text if "\ufffd" not in text else head.decode("cp1252", "replace")


def _header(head: bytes) -> list[str]:
    """Return the column names in the first line, if it looks like a header."""
    line = _first_line(head)
    if not line or len(line) >= PEEK // 2:
        return []
    names = next(csv.reader([line], delimiter=_delimiter(line)), [])
    is_header = all(map(_is_name, names)) and len(set(names)) == len(names)
    return names if is_header else []


def _is_name(text: str) -> bool:
    """Return True if a text may be a column name: short, and not the end of a sentence."""
    return len(text) <= LONGEST_NAME and not text.rstrip().endswith((".", "!", "?"))


def _delimiter(line: str) -> str:
    """Return the delimiter of the header: the most frequent one.

    >>> _delimiter("id;title;text"), _delimiter("title")
    (';', ',')
    """
    return max(DELIMITERS, key=line.count)
