"""What was found, and how each piece of it was judged."""

from datetime import date
from typing import Annotated, ClassVar

from warehouse.schema.column import Check, Column
from warehouse.schema.row import row
from warehouse.schema.shared_columns import (
    EXAMPLE_ID,
    EXAMPLE_URI,
    HASH,
    SPAN,
    CapturedAt,
    DocumentId,
    EndChar,
    Position,
    RunId,
    Site,
    SourceUri,
    StartChar,
    Url,
    Version,
)
from warehouse.schema.vocabulary import CorrectionKind, MediaType, RepairReason, Role


@row
class Capture:
    """A place where a document was found; copies of one page share a document."""

    source_uri: Annotated[
        str,
        Column(
            "file, member or record it was read from, as given to the run",
            key=True,
            min_length=1,
            example=EXAMPLE_URI,
        ),
    ]
    document_id: Annotated[
        str, Column("sha256 of the capture's bytes, in hex", pattern=HASH, example=EXAMPLE_ID)
    ]
    url: Url
    captured_at: CapturedAt


@row
class Document:
    """A capture, decoded or rendered to the text that its segments tile."""

    document_id: DocumentId
    source_uri: SourceUri
    site: Site
    url: Url
    media_type: Annotated[MediaType, Column("kind of content, sniffed", example="text/plain")]
    encoding: Annotated[
        str, Column("codec that decoded the bytes, Python's name", min_length=1, example="utf-8")
    ]
    byte_length: Annotated[int, Column("length of the capture in bytes", at_least=1, example=78)]
    text: Annotated[
        str,
        Column(
            "the decoded or rendered text",
            min_length=1,
            example="Show More\nBEIJING, Sept 8 - Qiao said groups of 500 people worry the party.\n",
        ),
    ]
    captured_at: CapturedAt
    first_run_id: RunId
    cleaner_version: Version


@row
class Repair:
    """A piece of a document's text that differs from what the bytes said, and what they said.

    Putting every `original` back at its span gives the decoded bytes again.
    """

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check(
            "span_is_ordered",
            "end_char >= start_char",
            "a repair may remove characters, so its span may be empty, but not reversed",
        ),
    )

    document_id: DocumentId
    position: Position
    start_char: StartChar
    end_char: EndChar
    original: Annotated[str, Column("the characters before the repair", example="\r\n")]
    reason: Annotated[
        RepairReason,
        Column("what was wrong", example="line_end"),
    ]


@row
class Segment:
    """A piece of a document's text; the segments of a document tile its text."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        SPAN,
        Check(
            "kept_role_is_content",
            "NOT is_kept OR role IN "
            "('dateline', 'heading', 'paragraph', 'list_item', 'block_quote', 'comment', 'other')",
            "boilerplate and what has a column of its own are not in the article's text",
        ),
    )

    document_id: DocumentId
    position: Position
    start_char: StartChar
    end_char: EndChar
    role: Annotated[Role, Column("what the piece is on its page", example="paragraph")]
    is_kept: Annotated[bool, Column("whether it is in the article's text", example=True)]
    rule: Annotated[str, Column("the rule that decided: docs/rules.md", min_length=1, example="model")]
    score: Annotated[
        float, Column("how sure: 0 surely removed, 1 surely kept", at_least=0, at_most=1, example=0.9)
    ]


@row
class DocumentCorrection:
    """What a person decided about a document, from the file of corrections."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check("fault_is_told", "is_applied = (detail IS NULL)", "what does not apply says why"),
    )

    document_id: DocumentId
    position: Position
    kind: Annotated[CorrectionKind, Column("what was decided", example="remove")]
    value: Annotated[
        str,
        Column(
            "the line, which may be cut with an ellipsis, or the title, authors or date",
            min_length=1,
            example="Also in this issue: who owns the river",
        ),
    ]
    made_by: Annotated[str, Column("who decided", min_length=1, example="Ines Calloway")]
    made_on: Annotated[date | None, Column("when, null if not noted", example=date(2017, 9, 9))]
    reason: Annotated[str, Column("why", min_length=1, example="a teaser in the middle of the text")]
    is_applied: Annotated[bool, Column("whether it still applies", example=False)]
    detail: Annotated[
        str | None,
        Column("why it does not apply, null if it does", min_length=1, example="the line is not there"),
    ]
