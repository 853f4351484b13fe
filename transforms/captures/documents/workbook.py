"""Read the rows of workbooks of Excel and OpenDocument, with the library of the extra `documents`."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Any

from transforms.captures.capture import CannotRead, Outcome
from transforms.captures.limits import LINES_ABOVE_HEADER, MAX_DOCUMENT_BYTES
from transforms.captures.names import escape_name
from transforms.captures.records import has_content_column, name_columns, read_record
from transforms.captures.source import INSTALL_DOCUMENTS, Source, describe_error
from transforms.captures.unknown import OLD_OFFICE, find_signature
from transforms.captures.values import as_text

Row = Sequence[object]


def read_workbook(source: Source, archive: zipfile.ZipFile) -> Iterator[Outcome]:
    """Yield the capture of each row below the header of each sheet that has a column of text.

    The header is the first row with such a column. Rows below it that are not empty count from 0.
    """
    if sum(member.file_size for member in archive.infolist()) > MAX_DOCUMENT_BYTES:
        raise CannotRead("too_large", f"a workbook of over {MAX_DOCUMENT_BYTES:,} bytes unpacked")
    file: Any = archive.fp
    file.seek(0)
    yield from _read_sheets(source, _open(file))


def is_old_office(source: Source) -> bool:
    """Return True if the bytes begin like a file of Office before 2007; only workbooks are read."""
    return find_signature(source.peek()) == OLD_OFFICE


def read_old_workbook(source: Source) -> Iterator[Outcome]:
    """Yield the captures in a workbook of Excel 97 (.xls), as `read_workbook` does."""
    file = BytesIO(source.read(MAX_DOCUMENT_BYTES))
    yield from _read_sheets(source, _open(file, otherwise=OLD_OFFICE))


def _open(file: Any, otherwise: str | None = None) -> Any:
    """Return the workbook in a file; `otherwise` says what the file is if it is none."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        detail = f"it is a workbook; {INSTALL_DOCUMENTS} to read it, or save its sheet as CSV"
        raise CannotRead("unsupported_type", detail) from error
    try:
        return CalamineWorkbook.from_filelike(file)
    except Exception as error:
        if otherwise:
            raise CannotRead("unsupported_type", f"not text or HTML: it is {otherwise}") from error
        detail = f"a workbook that cannot be read: {describe_error(error)}"
        raise CannotRead("bad_record", detail) from error


def _sheets(workbook: Any) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each sheet with cells, one sheet at a time."""
    from python_calamine import SheetTypeEnum

    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield sheet.name, workbook.get_sheet_by_name(sheet.name).iter_rows()


def _read_sheets(source: Source, workbook: Any) -> Iterator[Outcome]:
    firsts: list[Row] = []
    has_header = False
    for sheet, rows in _sheets(workbook):
        for row in islice(rows, LINES_ABOVE_HEADER):
            names = [as_text(value) or "" for value in row]
            if has_content_column(dict.fromkeys(names), source.columns):
                has_header = True
                yield from _read_rows(f"{source.uri}#{escape_name(sheet)}", names, rows, source)
                break
            firsts.append(row)
    if not has_header:
        first = next((row for row in firsts if any(row)), ())
        detail = f"a workbook without a column named text or html; {name_columns(filter(None, first))}"
        raise CannotRead("bad_record", detail)


def _read_rows(uri: str, names: Sequence[str], rows: Iterator[Row], source: Source) -> Iterator[Outcome]:
    filled = (row for row in rows if any(value != "" for value in row))
    for number, row in enumerate(filled):
        values = (value.isoformat() if isinstance(value, date) else value for value in row)
        yield read_record(f"{uri}#row={number}", dict(zip(names, values, strict=True)), source.columns)
