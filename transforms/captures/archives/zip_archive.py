"""Read zip archives, and the formats that are based on zip."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from transforms.captures.archives.compressed import ReadSource
from transforms.captures.archives.zip_directory import Archive
from transforms.captures.capture import CannotRead, Outcome, Skipped, Unread
from transforms.captures.documents.epub import read_epub
from transforms.captures.documents.office import read_docx, read_open_document
from transforms.captures.documents.workbook import read_workbook
from transforms.captures.inputs import skip_kind
from transforms.captures.limits import Metered
from transforms.captures.source import Source, describe_error

MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Formats that are zip archives, by a member that each of them has.
DOCUMENTS: dict[str, Callable[[Source, zipfile.ZipFile], Iterator[Outcome]]] = {
    "META-INF/container.xml": read_epub,
    "word/document.xml": read_docx,
    "content.xml": read_open_document,
    "xl/workbook.xml": read_workbook,
    "xl/workbook.bin": read_workbook,
}
NOT_READ = {
    "ppt/presentation.xml": "a PowerPoint presentation; save its text as .txt",
    "AndroidManifest.xml": "an Android application",
}
FAULT = "member of the zip archive cannot be read"


def is_zip(source: Source) -> bool:
    """Return True if the bytes begin like a zip archive."""
    return source.peek().startswith(MAGICS)


def read_zip(source: Source, read_inner: ReadSource) -> Iterator[Outcome]:
    """Yield the content of an archive's members, sorted by name; bytes decide on their format."""
    archive = Archive(source.seekable())
    names = set(archive.zip.namelist())
    if found := next((what for name, what in NOT_READ.items() if name in names), None):
        raise CannotRead("unsupported_type", f"it is {found}")
    if reader := next((reader for name, reader in DOCUMENTS.items() if name in names), None):
        yield from reader(source, archive.zip)
    else:
        yield from _read_members(source, archive, read_inner)


def _read_members(source: Source, archive: Archive, read_inner: ReadSource) -> Iterator[Outcome]:
    is_wacz = _is_wacz(archive.zip.namelist())
    times: Counter[str] = Counter()
    for member in sorted(archive.zip.infolist(), key=lambda member: member.filename):
        if member.is_dir():
            continue
        name = archive.name(member)
        times[name] += 1
        uri = f"{source.uri}#{name}" + (f"#copy={times[name]}" if times[name] > 1 else "")
        if is_wacz and not name.startswith("archive/"):
            yield Skipped(uri, "indexes and logs of archives")
        elif kind := skip_kind(member.filename):
            yield Skipped(uri, kind)
        else:
            yield from _read_member(source, archive.zip, member, uri, read_inner)


def _read_member(
    source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo, uri: str, read_inner: ReadSource
) -> Iterator[Outcome]:
    try:
        opened = archive.open(member)
    except Exception as error:  # damage, a password, a way of packing that is not known
        yield Unread(uri, "bad_member", f"{FAULT}: {describe_error(error)}")
        return
    with opened:
        stream = Metered(opened, source.allowance, is_expanded=True, reason="bad_member", fault=FAULT)
        yield from read_inner(source.inside(stream, uri))


def _is_wacz(names: list[str]) -> bool:
    """Return True for a web archive collection (WACZ), whose pages are in archive/."""
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)
