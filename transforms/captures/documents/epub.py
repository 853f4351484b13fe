"""Read the pages of an electronic book (EPUB) in reading order."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from transforms.captures.capture import CannotRead, Outcome, RawCapture, Skipped, Unread
from transforms.captures.documents.xml_parts import local_name, parse_part
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.names import escape_name
from transforms.captures.source import Source, describe_error

CONTAINER = "META-INF/container.xml"


def read_epub(source: Source, archive: zipfile.ZipFile) -> Iterator[Outcome]:
    """Yield each page of the book's spine; skip everything else (styles, pictures, contents)."""
    pages = list(dict.fromkeys(_spine(archive)))
    for name in pages:
        uri = f"{source.uri}#{escape_name(name)}"
        try:
            with archive.open(name) as member:
                content = member.read(MAX_CAPTURE_BYTES + 1)
        except Exception as error:
            yield Unread(uri, "bad_member", f"page of the book cannot be read: {describe_error(error)}")
            continue
        source.allowance.spend(len(content))
        if len(content) > MAX_CAPTURE_BYTES:
            yield Unread(uri, "too_large", f"larger than the limit of {MAX_CAPTURE_BYTES:,} bytes")
        elif content:
            yield RawCapture(uri, content, content_type="application/xhtml+xml")
    for name in sorted(set(archive.namelist()) - set(pages)):
        if not name.endswith("/"):
            yield Skipped(f"{source.uri}#{escape_name(name)}", "parts of saved pages")


def _spine(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of the pages in reading order."""
    roots = [
        str(element.get("full-path"))
        for element in parse_part(archive, CONTAINER).iter()
        if local_name(element) == "rootfile" and element.get("full-path")
    ]
    if not roots:
        raise CannotRead("bad_record", "a book without a reference to its contents")
    package = parse_part(archive, roots[0])
    items = {element.get("id"): element for element in package.iter() if local_name(element) == "item"}
    for element in package.iter():
        if local_name(element) == "itemref" and element.get("linear") != "no":
            item = items.get(element.get("idref"))
            if item is not None and _is_page(item):
                yield posixpath.normpath(
                    posixpath.join(posixpath.dirname(roots[0]), unquote(item.get("href") or ""))
                )


def _is_page(item: Any) -> bool:
    return (
        "html" in (item.get("media-type") or "") and "nav" not in (item.get("properties") or "").split()
    )
