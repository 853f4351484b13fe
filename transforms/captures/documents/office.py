"""Read Word (.docx) and OpenDocument files: their text, a paragraph a line, or the rows of a sheet."""

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from transforms.captures.capture import CannotRead, Outcome, RawCapture
from transforms.captures.documents.workbook import read_workbook
from transforms.captures.documents.xml_parts import local_name, parse_part
from transforms.captures.source import PLAIN_TEXT, Source

SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
PARAGRAPHS = ("p", "h")
NOT_SHOWN = frozenset(
    [
        "del",
        "moveFrom",
        "tracked-changes",
        "annotation",
        "note-body",
        "instrText",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
    ]
)
SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "s": " ", "line-break": "\n", "noBreakHyphen": "-"}


def read_docx(source: Source, archive: zipfile.ZipFile) -> Iterator[Outcome]:
    """Yield the text of a Word document as one capture."""
    yield _capture(source, parse_part(archive, "word/document.xml"))


def read_open_document(source: Source, archive: zipfile.ZipFile) -> Iterator[Outcome]:
    """Yield the rows of an OpenDocument spreadsheet, or the text of another document as one capture."""
    if _is_spreadsheet(archive):
        yield from read_workbook(source, archive)
    else:
        yield _capture(source, parse_part(archive, "content.xml"))


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    if "mimetype" not in archive.namelist():
        return False
    with archive.open("mimetype") as member:
        return member.read(len(SPREADSHEET)) == SPREADSHEET


def _capture(source: Source, root: Any) -> RawCapture:
    text = "\n".join(_paragraphs(root))
    if not text.strip():
        raise CannotRead("empty", "a document without text")
    return RawCapture(source.uri, text.encode(), content_type=PLAIN_TEXT)


def _paragraphs(root: Any) -> Iterator[str]:
    """Yield the text of each paragraph, in order; paragraphs may lie within others, in text boxes."""
    lines: list[list[str]] = [[]]
    open_lines: list[list[str]] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        if name in NOT_SHOWN:
            skipped += 1 if event == "start" else -1
        elif name in PARAGRAPHS and event == "start":
            open_lines.append([])
        elif name in PARAGRAPHS and open_lines:
            lines.append(open_lines.pop())
        if not skipped and open_lines:
            open_lines[-1].append(_text(element, event, name))
    yield from ("".join(line).strip() for line in lines)


def _text(element: Any, event: str, name: str) -> str:
    """Return the text that an element adds at its start or end."""
    is_odf = "opendocument" in str(element.tag)
    if event == "start":
        own = (element.text or "") if name == "t" or is_odf else ""
        return SPACES.get(name, "") + own
    return (element.tail or "") if is_odf and name not in PARAGRAPHS else ""
