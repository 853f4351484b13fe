"""Build the rows of a document and its article from a judged capture."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from transforms.article.assemble import Body
from transforms.article.dateline import Dateline
from transforms.blocks.block import Block
from transforms.blocks.decode import Decoded
from transforms.captures.capture import CaptureToClean
from transforms.corrections.correction import NOTHING, Concerning
from transforms.judging.decide import Decision
from transforms.judging.judged import Judged
from transforms.judging.line import strip_marks
from transforms.language.dates import (
    SLASHED,
    Published,
    find_date,
    month_comes_first,
    read_partial,
    read_stamp,
)
from transforms.language.detect import Language, detect_language
from transforms.language.names import has_given_name
from transforms.language.words import count_words
from transforms.metadata.author_lines import find_near_heading
from transforms.metadata.authors import clean_names
from transforms.metadata.byline import find_author_box, find_byline
from transforms.metadata.east_asian_byline import find_reporter
from transforms.metadata.head import Heading
from transforms.metadata.site import registrable_domain
from transforms.scoring.score import Scored
from transforms.site_memory.page_lines import keep_lines
from warehouse.schema.address import page_address
from warehouse.schema.rows.articles import Article
from warehouse.schema.rows.documents import Document, DocumentCorrection, Repair
from warehouse.schema.rows.sites import SitePage
from warehouse.schema.vocabulary import TitleSource

DATED = ("byline", "published")  # roles of lines that may have the date
NEAR_BODY = 8  # lines above the text, or below the headline, in which the author may stand


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture decoded to text, with its judged blocks and metadata, and what people decided."""

    decoded: Decoded
    text: str
    repairs: tuple[Repair, ...]
    blocks: tuple[Block, ...]
    words: tuple[int, ...]  # of each block
    scored: Scored
    judged: tuple[Judged, ...]
    dateline: Dateline | None
    decision: Decision
    author: str | None
    url: str | None
    published: Published | None
    site: str | None
    decided: Concerning = NOTHING
    corrections: tuple[DocumentCorrection, ...] = ()


def read_author(judged: tuple[Judged, ...]) -> str | None:
    """Return the author in a byline, in an author box, in an agency's dateline or below the headline."""
    title, body = _find_lead(judged)
    near = range(body - NEAR_BODY, body)
    named = (one for i, one in enumerate(judged) if one.role == "byline" or i in near)
    lines = [strip_marks(one.block.text) for one in named if one.role != "title"]
    bylines = (find_byline(line) for line in (*lines, *map(" ".join, pairwise(lines))))
    boxes = (find_author_box(strip_marks(one.block.text)) for one in judged if one.role == "author_bio")
    author = next(filter(None, bylines), None) or next(filter(None, boxes), None)
    ends = [one.block.text for one in judged if one.is_kept]
    author = author or next(filter(None, map(find_reporter, [*ends[:1], *ends[-1:]])), None)
    return author or (_below_title(judged[title:body]) if title < body else None)


def _find_lead(judged: tuple[Judged, ...]) -> tuple[int, int]:
    """Return the indices of the headline and of the first kept block; without a headline, that twice."""
    body = next((i for i, one in enumerate(judged) if one.is_kept), 0)
    return next((i for i, one in enumerate(judged[:body]) if one.role == "title"), body), body


def _below_title(judged: tuple[Judged, ...]) -> str | None:
    """Return the name behind "by" or beside the date, among the headline and the blocks below it."""
    title, *below = (strip_marks(one.block.text) for one in judged[: NEAR_BODY + 1])
    names = clean_names(find_near_heading(Heading(title, (), tuple(below))))
    return "; ".join(one for one in names if has_given_name(one.split())) or None


def read_published_date(judged: tuple[Judged, ...]) -> Published | None:
    """Return the date in the byline or the date line nearest to the headline, or None."""
    title, _ = _find_lead(judged)
    dated = [(abs(i - title), i < title, i) for i, one in enumerate(judged) if one.role in DATED]
    near = [judged[i].block.text for _, _, i in sorted(dated)]
    day = next(filter(None, map(find_date, near)), None) or _by_language(near, judged)
    if day:
        return Published(day, "day", "byline")
    partial = next(filter(None, map(read_partial, near)), None)
    return Published(partial.on, partial.precision, "byline") if partial else None


def _by_language(near: list[str], judged: tuple[Judged, ...]) -> date | None:
    """Return the date that "04/09/2024" is in the article's language; in English it may be two."""
    if not any(map(SLASHED.search, near)):
        return None
    language = detect_language("\n".join(one.block.text for one in judged if one.is_kept)).code
    month_first = None if language == "en" else month_comes_first(language)
    return next(filter(None, (find_date(line, month_first) for line in near)), None)


def read_recorded_date(capture: CaptureToClean, zone: ZoneInfo | None = None) -> Published | None:
    """Return the date of publication that the capture's container gives, or None."""
    found = read_stamp(capture.published, zone=zone)
    return Published(found.on, found.precision, "record") if found else None


def make_document(capture: CaptureToClean, reading: Reading) -> Document:
    """Return the row of the document."""
    return Document(
        document_id=capture.document_id,
        source_uri=capture.source_uri,
        site=registrable_domain(reading.url),
        url=capture.url,
        media_type=reading.decoded.media_type,
        encoding=reading.decoded.encoding,
        byte_length=len(capture.content),
        text=reading.text,
        captured_at=capture.captured_at,
        first_run_id=capture.first_run_id,
        cleaner_version=capture.cleaner_version + reading.decided.mark(),
    )


def make_article(
    capture: CaptureToClean, reading: Reading, body: Body, doubt: str | None = None
) -> Article:
    """Return the row of the article; `title_source` is `record` if the container gave the title."""
    decision, dateline = reading.decision, reading.dateline
    published = _possible(reading.published, capture.captured_at)
    language = _language(reading, body.text)
    return Article(
        article_id=capture.document_id,
        title=decision.title,
        title_source=_title_source(reading, capture),
        author=reading.author,
        site=registrable_domain(reading.url),
        url=reading.url,
        published_on=published.on if published else None,
        published_precision=published.precision if published else None,
        published_source=published.source if published else None,
        dateline_place=dateline.place if dateline else None,
        dateline_date=dateline.on if dateline else None,
        language=language.code,
        language_confidence=language.confidence,
        text=body.text,
        word_count=count_words(body.text),
        kept_share=round(len(body.text) / len(reading.text), 4),
        is_truncated=body.is_truncated,
        story_id=None,
        is_doubtful=doubt is not None,
        doubt=doubt,
    )


def make_site_page(capture: CaptureToClean, reading: Reading) -> SitePage | None:
    """Return what the memory of its site keeps of a document, or None if nothing tells its site."""
    if reading.site is None:
        return None
    lines = keep_lines(reading.blocks, reading.scored.log_odds, reading.words)
    if lines is None:
        return None
    return SitePage(
        document_id=capture.document_id,
        site=reading.site,
        address=page_address(reading.url or "") or capture.document_id,
        captured_at=capture.captured_at,
        texts=lines.texts.tolist(),
        places=lines.places.tolist(),
        log_odds=lines.log_odds.tolist(),
        words=lines.words.tolist(),
        cohort=None,
        memory=[],
    )


def _title_source(reading: Reading, capture: CaptureToClean) -> TitleSource | None:
    """Return where the title is from; a container may have given it."""
    decision = reading.decision
    is_recorded = decision.title is not None and decision.title == capture.title
    return "record" if is_recorded and decision.title_source != "correction" else decision.title_source


def _language(reading: Reading, text: str) -> Language:
    """Return the language that the site's settings give, or else the one that is detected."""
    settings = reading.decided.settings
    detected = detect_language(text)
    if settings is None or settings.language is None:
        return detected
    return Language(settings.language.split("-")[0], detected.confidence)


def _possible(published: Published | None, captured_at: datetime | None) -> Published | None:
    """Return a date of publication unless it is more than a day (time zones) after the capture."""
    is_late = published and captured_at and published.on > captured_at.date() + timedelta(days=1)
    return None if is_late else published
