"""Read PDF and RTF with the libraries of the extra `documents`, where they are installed."""

import io
import logging
from collections.abc import Iterator

from transforms.captures.capture import CannotRead, Outcome, RawCapture
from transforms.captures.limits import MAX_DOCUMENT_BYTES
from transforms.captures.source import INSTALL_DOCUMENTS, PLAIN_TEXT, Source, describe_error
from transforms.language.encoding import decode_text
from transforms.language.well_formed import replace_surrogates


def is_pdf(source: Source) -> bool:
    """Return True if the bytes begin like a PDF file."""
    return source.peek()[:1024].lstrip().startswith(b"%PDF-")


def is_rtf(source: Source) -> bool:
    """Return True if the bytes begin like an RTF document."""
    return source.peek().startswith(b"{\\rtf")


def read_pdf(source: Source) -> Iterator[Outcome]:
    """Yield the text of a PDF file as one capture."""
    try:
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is the file's row
    except ImportError as error:
        raise CannotRead(
            "unsupported_type", f"it is a PDF file; {INSTALL_DOCUMENTS} to read it"
        ) from error
    content = source.read(MAX_DOCUMENT_BYTES)
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    except Exception as error:
        raise CannotRead(
            "bad_record", f"a PDF file that cannot be read: {describe_error(error)}"
        ) from error
    yield _capture(source, "\n".join(pages), "a PDF file without text: its pages are pictures")


def read_rtf(source: Source) -> Iterator[Outcome]:
    """Yield the text of an RTF document as one capture."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise CannotRead(
            "unsupported_type", f"it is an RTF document; {INSTALL_DOCUMENTS} to read it"
        ) from error
    text = decode_text(source.read(MAX_DOCUMENT_BYTES))[0]
    try:
        yield _capture(source, rtf_to_text(text, errors="replace"), "a document without text")
    except CannotRead:
        raise
    except Exception as error:
        raise CannotRead(
            "bad_record", f"an RTF document that cannot be read: {describe_error(error)}"
        ) from error


def _capture(source: Source, text: str, if_empty: str) -> RawCapture:
    if not text.strip():
        raise CannotRead("empty", if_empty)
    return RawCapture(source.uri, replace_surrogates(text).encode(), content_type=PLAIN_TEXT)
