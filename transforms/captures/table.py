"""Read delimited tables: CSV, TSV and similar."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from transforms.captures.capture import CannotRead, Outcome, Unread
from transforms.captures.limits import LINES_ABOVE_HEADER, MAX_CAPTURE_BYTES
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
LINE_END = re.compile(r"\r\n|\r|\n")  # as csv sees lines
DELIMITER_LINE = re.compile("sep=[;,|\t]")  # the line in which Excel names the delimiter

csv.field_size_limit(MAX_CAPTURE_BYTES)


@dataclass(frozen=True, slots=True)
class Header:
    """The line that names the columns: how many lines stand above it, its delimiter, the names."""

    above: int
    delimiter: str
    names: list[str]


def is_table(source: Source) -> bool:
    """Return True if the file has a table's extension, or two known column names in its first line."""
    return _find_header(source) is not None


def read_table(source: Source) -> Iterator[Outcome]:
    """Yield the capture of each row below the header; rows count from 0.

    In a file that is called a table the header may stand below other lines, as in exports of databases
    and of Excel ("sep=;"): it is the first with a column of text or HTML.
    """
    header, encoding = _find_header(source), _encoding(source.peek())
    if header is None or not has_content_column(dict.fromkeys(header.names), source.columns):
        columns = name_columns(header.names if header else [])
        raise CannotRead("bad_record", f"a table without a column named text or html; {columns}")
    lines = io.TextIOWrapper(source.stream, encoding, errors="replace", newline="")
    below = (line.replace("\0", "") for line in islice(lines, header.above, None))
    rows = csv.reader(below, delimiter=header.delimiter)
    next(rows)
    yield from _read_rows(source.uri, header.names, rows, source.columns)


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
                yield read_record(f"{uri}#row={number}", _record(names, row), columns)
        number += 1


def _record(names: list[str], row: list[str]) -> dict[str, str]:
    """Return a row by its names; of columns of one name the first that is not empty.

    >>> _record(["text", "", "text"], ["", "1", "Hello."])
    {'text': 'Hello.', '': '1'}
    """
    record: dict[str, str] = {}
    for name, value in zip(names, row, strict=False):
        record[name] = record.get(name) or value
    return record


def _encoding(head: bytes) -> str:
    """Return the codec of a table from its first bytes, which may end within a character."""
    whole = head[: head.rfind(b"\n") + 1] or head
    encoding = decode_text(whole)[1]
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _decode_roughly(head: bytes) -> str:
    """Decode the first bytes without a detector, which takes 50 ms: the names are mostly ASCII."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        return decode_text(head)[0]
    text = head.decode("utf-8", "replace")
    return text if "\ufffd" not in text else head.decode("cp1252", "replace")


def _find_header(source: Source) -> Header | None:
    """Return the header, or the first line that may be one although it names no text; None for prose."""
    lines = LINE_END.split(_decode_roughly(source.peek()).lstrip("\ufeff"))
    is_called_table = source.ending in ENDINGS or bool(DELIMITER_LINE.fullmatch(lines[0]))
    headers = [
        Header(above, _delimiter(line), names)
        for above, line in enumerate(lines[: LINES_ABOVE_HEADER if is_called_table else 1])
        if not DELIMITER_LINE.fullmatch(line) and len(names := _names(line)) > 1
    ]
    known = [
        header
        for header in headers
        if sum(bool(fields_of_column(name, source.columns)) for name in header.names) >= FEWEST_KNOWN
    ]
    if not is_called_table:
        return known[0] if known else None
    of_text = (one for one in known if has_content_column(dict.fromkeys(one.names), source.columns))
    return next(of_text, headers[0] if headers else None)


def _names(line: str) -> list[str]:
    """Return the column names in a line, if it looks like a header."""
    if len(line) >= PEEK // 2:
        return []
    names = [name.strip() for name in next(csv.reader([line], delimiter=_delimiter(line)), [])]
    return names if all(map(_is_name, names)) else []


def _is_name(text: str) -> bool:
    """Return True if a text may be a column name: short, and not the end of a sentence."""
    return len(text) <= LONGEST_NAME and not text.rstrip().endswith((".", "!", "?"))


def _delimiter(line: str) -> str:
    """Return the delimiter of the header: the most frequent one.

    >>> _delimiter("id;title;text"), _delimiter("title")
    (';', ',')
    """
    return max(DELIMITERS, key=line.count)
