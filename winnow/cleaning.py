"""Clean one capture and return the rows that the warehouse would store."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from transforms.captures.archived_page import with_own_address
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.options import DEFAULTS, CleaningOptions
from warehouse.schema.row import row
from warehouse.schema.rows import documents
from warehouse.schema.rows.articles import Article, Paragraph
from warehouse.schema.rows.documents import Document, DocumentCorrection, Repair
from warehouse.schema.rows.facts import Mention, Quantity, Quote

if TYPE_CHECKING:
    from transforms.article.rows import Reading
    from transforms.clean import Cleaned


@row
class Segment(documents.Segment):
    """A row of the table segments, with the piece of the document's text that it marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of one capture: those that a run loads, named after their tables.

    A rejected capture has no article. Its segments show how each line was judged; there are none, and
    no document, if the bytes are no text. `first_run_id` and `cleaner_version` of the document are
    empty, since no run has seen it.
    """

    article: Article | None = None
    rejected: Rejected | None = None
    document: Document | None = None
    repairs: tuple[Repair, ...] = ()
    segments: tuple[Segment, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    quotes: tuple[Quote, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    document_corrections: tuple[DocumentCorrection, ...] = ()

    @property
    def removed(self) -> tuple[Segment, ...]:
        """The segments that are not in the article's text, without the blank ones."""
        return tuple(one for one in self.segments if not one.is_kept and one.role != "blank")


def clean(
    content: bytes,
    url: str | None = None,
    content_type: str | None = None,
    options: CleaningOptions = DEFAULTS,
    *,
    title: str | None = None,
    captured_at: datetime | None = None,
    source_uri: str = "",
) -> Result:
    """Clean a page or a text, as a run does.

    There are no network requests, and nothing is stored. A capture without an article gives a result
    with `rejected`; an exception is a bug. The first call takes half a second to load the libraries and
    models. A malicious page can take half a minute: a run stops such captures, this function does not.

    Args:
        content: The bytes of the page or text; their type and encoding are detected.
        url: URL of the page, which gives its site and sometimes its date.
        content_type: The HTTP header; used only if the bytes do not contradict it.
        options: Mode, comments, a list of entities, and a file of corrections.
        title: Title from an archive or a feed; used for texts, and for pages without one.
        captured_at: Time when the page was fetched; later dates of publication are rejected.
        source_uri: A name for the source, passed on to `document`.

    >>> clean(b"Home\\nNews\\nLog in\\n").rejected.reason
    'no_article'
    """
    from transforms.clean import make_rows, read_capture  # takes 0.5 s to import
    from transforms.corrections.read_file import read_corrections

    if not isinstance(content, bytes):
        raise TypeError(f"content is {type(content).__name__}; give the bytes, or text.encode()")
    capture = CaptureToClean(
        document_id=sha256(content).hexdigest(),
        content=content,
        source_uri=source_uri,
        url=url,
        title=title,
        captured_at=captured_at,
        content_type=content_type,
        first_run_id="",
        cleaner_version="",
    )
    capture = with_own_address(capture)
    if options.corrections is not None:
        decided = read_corrections(options.corrections)
        capture = replace(capture, corrections=decided.concerning(capture.document_id, capture.url))
    reading = read_capture(capture, options)
    if isinstance(reading, Rejected):
        return Result(rejected=reading)
    return _add_rows(_describe(capture, reading), make_rows(capture, reading, options))


def _describe(capture: CaptureToClean, reading: "Reading") -> Result:
    """Return the result of a capture without the rows of its article."""
    from transforms.article.assemble import tile_segments
    from transforms.article.rows import make_document

    rows = tile_segments(capture.document_id, reading.text, reading.judged)
    segments = (Segment(**asdict(row), text=reading.text[row.start_char : row.end_char]) for row in rows)
    return Result(
        document=make_document(capture, reading), repairs=reading.repairs, segments=tuple(segments)
    )


def _add_rows(described: Result, rows: "Cleaned | Rejected") -> Result:
    """Return a result with the rows of its article, or the reason why it has none."""
    if isinstance(rows, Rejected):
        return replace(described, rejected=rows)
    return replace(
        described,
        article=rows.articles[0],
        paragraphs=rows.paragraphs,
        quotes=rows.quotes,
        quantities=rows.quantities,
        mentions=rows.mentions,
        document_corrections=rows.document_corrections,
    )
