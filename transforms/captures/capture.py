"""What reading an input yields: a capture, a refusal with its reason, or a record stepped over."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.schema.tables import Reason, Stage


@dataclass(frozen=True, slots=True)
class RawCapture:
    """One page's bytes and what its container knew of it.

    `content_type` is what the container said (an HTTP header, a column's name), never trusted
    before the bytes themselves.
    """

    source_uri: str
    content: bytes
    url: str | None = None
    title: str | None = None
    captured_at: datetime | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, member or record that could not be read as a capture."""

    source_uri: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that holds no page: a request, a redirect, an image."""

    source_uri: str


Outcome = RawCapture | Unread | Skipped


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a capture holds no article that could be loaded; `detail` is for people."""

    stage: Stage
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class CaptureToClean:
    """A capture's bytes and what is known of it before it is read."""

    document_id: str
    content: bytes
    source_uri: str
    url: str | None
    title: str | None
    captured_at: datetime | None
    content_type: str | None
    first_run_id: str
    cleaner_version: str
