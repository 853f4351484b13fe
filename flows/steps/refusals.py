"""Build quarantine rows for captures that could not be read or cleaned, or that fail validation."""

from datetime import UTC, datetime

from transforms.captures.capture import Rejected, Unread
from warehouse.load import RunStart
from warehouse.schema.rows.runs import Refusal


def refuse_unread(unread: Unread, start: RunStart) -> Refusal:
    """Return the quarantine row of an input that could not be read."""
    rejected = Rejected("read", unread.reason, unread.detail)
    return refuse_rejected(unread.source_uri, "", rejected, start)


def refuse_rejected(
    source_uri: str, document_id: str, rejected: Rejected, start: RunStart, mark: str = ""
) -> Refusal:
    """Return the quarantine row of a capture that was read and rejected.

    `mark` is that of the corrections that concern it.
    """
    return Refusal(
        source_uri=source_uri,
        document_id=document_id,
        run_id=start.run_id,
        stage=rejected.stage,
        reason=rejected.reason,
        detail=rejected.detail,
        first_seen_at=datetime.now(UTC),
        resolved_at=None,
        cleaner_version=start.cleaner_version + mark,
        forgiven_at=None,
    )
