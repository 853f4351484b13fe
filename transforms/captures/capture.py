"""The outcomes of reading an input: a capture, a refusal with its reason, or a skipped record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from transforms.corrections.correction import NOTHING, Concerning
from warehouse.schema.vocabulary import Reason, Stage

# Why something was skipped that holds no capture; README and `winnow run` name the kinds.
SkipKind = Literal[
    "records without a page", "parts of saved pages", "hidden files", "indexes and logs of archives",
    "links that are not followed", "pipes, sockets and devices", "files of the warehouse",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFacts:
    """What the container says about a capture; None where it says nothing.

    A field added here reaches the raw store, the plan and the cleaner by its name. `published` is the
    date of publication as the container writes it. `content_type` is what the container said (an HTTP
    header, a column's name), never trusted before the bytes themselves.
    """

    url: str | None = None
    title: str | None = None
    captured_at: datetime | None = None
    content_type: str | None = None
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class RawCapture(CaptureFacts):
    """The bytes of one page and what its container says about it."""

    source_uri: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, member or record that could not be read as a capture."""

    source_uri: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that contains no page: a request, a redirect, an image, a hidden file."""

    source_uri: str
    kind: SkipKind = "records without a page"


Outcome = RawCapture | Unread | Skipped


class CannotRead(Exception):
    """Raised for a file, member or record that cannot be read as a capture; has the reason in a word."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why no article can be loaded from a capture; `detail` is for people."""

    stage: Stage
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class CaptureToClean(CaptureFacts):
    """The bytes of a capture, what is known about it before cleaning, and what people decided.

    `memory` has the log odds of its blocks by the memory of its site, if that says anything of them.
    """

    document_id: str
    content: bytes
    source_uri: str
    first_run_id: str
    cleaner_version: str
    corrections: Concerning = NOTHING
    memory: tuple[int, ...] = ()
