"""The input formats, in the order in which they are tried: how each is detected, and its reader.

A new format is a module beside this one and an entry here; docs/formats.md says what becomes of each.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transforms.captures.archives.arc import is_arc, read_arc
from transforms.captures.archives.compressed import ReadSource, is_compressed, read_compressed
from transforms.captures.archives.warc import is_warc, read_warc
from transforms.captures.archives.zip_archive import is_zip, read_zip
from transforms.captures.capture import CannotRead, Outcome
from transforms.captures.documents.evernote import is_evernote, read_evernote
from transforms.captures.documents.front_matter import has_front_matter, read_front_matter
from transforms.captures.documents.mail_and_mhtml import is_mail, is_mailbox, read_mail, read_mailbox
from transforms.captures.documents.pdf_and_rtf import is_pdf, is_rtf, read_pdf, read_rtf
from transforms.captures.documents.subtitles import is_subtitles, read_subtitles
from transforms.captures.documents.webarchive import is_webarchive, read_webarchive
from transforms.captures.documents.workbook import is_old_office, read_old_workbook
from transforms.captures.feed import is_feed, read_feed
from transforms.captures.json_records import (
    is_json_document,
    is_json_lines,
    read_json_document,
    read_json_lines,
)
from transforms.captures.page import read_page_file
from transforms.captures.parquet import is_parquet, read_parquet
from transforms.captures.source import Source
from transforms.captures.table import is_table, read_table
from transforms.captures.unknown import find_signature

Read = Callable[[Source, ReadSource], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, a test of a stream's first bytes, and the reader of the stream."""

    name: str
    matches: Callable[[Source], bool]
    read: Read


def _plain(reader: Callable[[Source], Iterator[Outcome]]) -> Read:
    """Return the reader of a format that contains no other files."""
    return lambda source, _: reader(source)


def _read_unknown(source: Source) -> Iterator[Outcome]:
    raise CannotRead("unsupported_type", f"not text or HTML: it is {find_signature(source.peek())}")


FORMATS = (
    Format("compressed", is_compressed, read_compressed),
    Format("zip", is_zip, read_zip),
    Format("Parquet", is_parquet, _plain(read_parquet)),
    Format("WARC", is_warc, _plain(read_warc)),
    Format("ARC", is_arc, _plain(read_arc)),
    Format("PDF", is_pdf, _plain(read_pdf)),
    Format("RTF", is_rtf, _plain(read_rtf)),
    Format("old Office", is_old_office, _plain(read_old_workbook)),
    Format("web archive", is_webarchive, _plain(read_webarchive)),
    Format("unknown", lambda source: find_signature(source.peek()) is not None, _plain(_read_unknown)),
    Format("JSON Lines", is_json_lines, _plain(read_json_lines)),
    Format("JSON", is_json_document, _plain(read_json_document)),
    Format("feed", is_feed, _plain(read_feed)),
    Format("Evernote", is_evernote, _plain(read_evernote)),
    Format("mailbox", is_mailbox, _plain(read_mailbox)),
    Format("mail", is_mail, _plain(read_mail)),
    Format("subtitles", is_subtitles, _plain(read_subtitles)),
    Format("front matter", has_front_matter, _plain(read_front_matter)),
    Format("table", is_table, _plain(read_table)),
    Format("page", lambda _: True, _plain(read_page_file)),
)


def find_format(source: Source) -> Format:
    """Return the format of a stream, detected from its first bytes."""
    return next(one for one in FORMATS if one.matches(source))
