"""Parse the XML parts of documents safely: nothing is expanded, nothing is fetched."""

import zipfile
from typing import Any

from lxml import etree

from transforms.captures.capture import CannotRead
from transforms.captures.limits import MAX_DOCUMENT_BYTES


def parse_part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root element of a member; raise CannotRead if it is missing, damaged or too large."""
    try:
        with archive.open(name) as member:
            content = member.read(MAX_DOCUMENT_BYTES + 1)
    except Exception as error:
        raise CannotRead("bad_member", f"its part {name} cannot be read: {error}") from error
    if len(content) > MAX_DOCUMENT_BYTES:
        raise CannotRead("too_large", f"its part {name} has over {MAX_DOCUMENT_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(content, parser)
    if root is None:
        raise CannotRead("bad_member", f"its part {name} is no XML")
    return root


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; "" of a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
