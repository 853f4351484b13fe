"""Read mails, mailboxes, and pages that a browser has saved as one file (MHTML)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from transforms.captures.capture import CannotRead, Outcome, RawCapture, Skipped
from transforms.captures.limits import MAX_DOCUMENT_BYTES
from transforms.captures.source import Source, guarded
from transforms.captures.values import as_text, read_moment

HEADER = rb"[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:"
HEADER_LINES = re.compile(rb"(?:" + HEADER + rb"[^\n]*\n(?:[ \t]+[^\n]*\n)*)+", re.IGNORECASE)
# Headers that mails have and the head of a flattened article has not.
OF_A_MAIL = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Delivered-To|Content-Type|X-Mailer|"
    rb"Content-Transfer-Encoding|Snapshot-Content-Location|DKIM-Signature)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
MBOX_START = re.compile(rb"From [^\n]*[0-9]{4}[^\n]*\n" + HEADER)
MAIL_ENDINGS = ("eml", "mht", "mhtml")
# What mail programs write before the subject of a mail that they pass on, by language.
PASSED_ON = re.compile(
    r"(?:(?:fwd?|wg|tr|rv|enc|doorst|pd|转发|轉寄|転送)\s*[:\uff1a]\s*)+", re.IGNORECASE
)
SENDER = re.compile(rb"^(?:From|Subject|Date)[ \t]*:", re.IGNORECASE | re.MULTILINE)


def is_mail(source: Source) -> bool:
    """Return True if the bytes begin with the headers of a mail or of a saved page."""
    head = source.peek().lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    headers = HEADER_LINES.match(head)
    if headers is None:
        return False
    found = headers[0]
    of_a_mail = len(OF_A_MAIL.findall(found))
    return of_a_mail > 1 or (
        bool(SENDER.search(found)) and (of_a_mail > 0 or source.ending in MAIL_ENDINGS)
    )


def is_mailbox(source: Source) -> bool:
    """Return True if the bytes begin like an mbox mailbox."""
    return MBOX_START.match(source.peek().replace(b"\r\n", b"\n")) is not None


def read_mail(source: Source) -> Iterator[Outcome]:
    """Yield the page in a mail or a saved page as one capture; its other parts are skipped."""
    content = source.read(MAX_DOCUMENT_BYTES).lstrip(b"\xef\xbb\xbf\r\n")
    yield from _read_message(source.uri, message_from_bytes(content))


def read_mailbox(source: Source) -> Iterator[Outcome]:
    """Yield the page in each mail of a mailbox; mails are numbered from 1."""
    for number, content in enumerate(_messages(source), start=1):
        uri = f"{source.uri}#message={number}"
        yield from guarded(uri, lambda c=content, uri=uri: _read_message(uri, message_from_bytes(c)))  # type: ignore[misc]


def _messages(source: Source) -> Iterator[bytes]:
    """Yield the mails of a mailbox: each begins with "From " behind a blank line."""
    lines: list[bytes] = []
    size, was_blank = 0, True
    while line := source.stream.readline(1 << 20):
        if was_blank and line.startswith(b"From ") and lines:
            yield b"".join(lines)
            lines, size = [], 0
        elif not (line.startswith(b"From ") and not lines) and size <= MAX_DOCUMENT_BYTES:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        was_blank = not line.strip()
    if lines:
        yield b"".join(lines)


def _read_message(uri: str, message: Message) -> Iterator[Outcome]:
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = _choose_page(parts)
    if page is None:
        raise CannotRead("empty", "a mail or saved page without a part of text or HTML")
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        raise CannotRead("empty", "its text is empty")
    yield RawCapture(
        uri,
        content,
        url=_address(message, page),
        title=_title(message),
        captured_at=read_moment(_header(message, "Date")),
        content_type=_content_type(page),
    )
    for number, part in enumerate(parts, start=1):
        if part is not page:
            yield Skipped(f"{uri}#part={number}", "parts of saved pages")


def _choose_page(parts: list[Message]) -> Message | None:
    """Return the first part of HTML that is no attachment, or else of plain text."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/html", "application/xhtml+xml", "text/plain"):
        if found := next((part for part in shown if part.get_content_type() == kind), None):
            return found
    return None


def _address(message: Message, page: Message) -> str | None:
    names = ("Snapshot-Content-Location", "Content-Location", "Archived-At", "List-Archive-URL")
    found = (_header(one, name) for one in (message, page) for name in names)
    addresses = (value.strip("<>") for value in found if value)
    return next((address for address in addresses if address.startswith(("http://", "https://"))), None)


def _content_type(page: Message) -> str:
    charset = page.get_param("charset")
    return page.get_content_type() + (f"; charset={charset}" if isinstance(charset, str) else "")


def _title(message: Message) -> str | None:
    """Return the subject of a mail, without the marks of one that was passed on."""
    subject = _header(message, "Subject") or ""
    marks = PASSED_ON.match(subject)
    return subject[marks.end() if marks else 0 :] or None


def _header(message: Message, name: str) -> str | None:
    """Return a header as plain text, even if its encoding is broken."""
    value = message.get(name)
    if value is None:
        return None
    try:
        return as_text(" ".join(str(make_header(decode_header(value))).split()))
    except Exception:  # headers of spam are coded in every wrong way
        return as_text(" ".join(str(value).split()))
