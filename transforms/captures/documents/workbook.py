"""Read the rows of Excel workbooks, with the library of the extra `documents`, where it is installed."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from transforms.captures.capture import CannotRead, Outcome
from transforms.captures.limits import LINES_ABOVE_HEADER, MAX_DOCUMENT_BYTES
from transforms.captures.names import escape_name
from transforms.captures.records import has_content_column, name_columns, read_record
from transforms.captures.source import INSTALL_DOCUMENTS, Source, describe_error
from transforms.captures.values import as_text

Row = Sequence[object]


def read_workbook(source: Source, archive: zipfile.ZipFile) -> Iterator[Outcome]:
    """Yield the capture of each row below the header of each sheet that has a column of text.

    The header is the first row with such a column. Rows below it that are not empty count from 0.
    """
    try:
        from python_calamine import CalamineWorkbook, SheetTypeEnum
    except ImportError as error:
        detail = f"it is an Excel workbook; {INSTALL_DOCUMENTS} to read it, or save its sheet as CSV"
        raise CannotRead("unsupported_type", detail) from error
    if sum(member.file_size for member in archive.infolist()) > MAX_DOCUMENT_BYTES:
        raise CannotRead("too_large", f"an Excel workbook of over {MAX_DOCUMENT_BYTES:,} bytes unpacked")
    file: Any = archive.fp
    file.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(file)
    except Exception as error:
        detail = f"an Excel workbook that cannot be read: {describe_error(error)}"
        raise CannotRead("bad_record", detail) from error
    sheets = (one.name for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet)
    rows = ((name, workbook.get_sheet_by_name(name).iter_rows()) for name in sheets)  # one at a time
    yield from _read_sheets(source, rows)


def _read_sheets(source: Source, sheets: Iterable[tuple[str, Iterator[Row]]]) -> Iterator[Outcome]:
    firsts: list[Row] = []
    has_header = False
    for sheet, rows in sheets:
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
