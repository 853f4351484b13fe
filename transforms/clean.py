"""The whole cleaning of one capture: from its bytes to the rows of its tables."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from tld import get_fld

from transforms.assemble import Body, assemble_body, split_judged, tile_segments
from transforms.block import Block
from transforms.byline import find_author_box, find_byline
from transforms.dates import Published, find_date, read_partial
from transforms.decide import Decision, decide
from transforms.decode import Decoded, decode
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import OwnList, open_own_list, read_entities
from transforms.judged import Judged
from transforms.labeller import Scored, score_blocks
from transforms.language import detect_language
from transforms.line import read_lines, strip_marks
from transforms.rejected import Rejected
from transforms.repair import repair_text
from transforms.segment import split_text
from transforms.stories.sketch import make_sketch
from transforms.words import count_words
from warehouse.schema import (
    Article,
    Candidate,
    Document,
    Mention,
    Paragraph,
    Quantity,
    Quote,
    Repair,
    Segment,
    StoryKey,
)

FEWEST_WORDS = 5  # a page of which less remains holds no article
# Of the training pages' main texts, all but one in a hundred have a line that the model is so sure of;
# empty shells and error pages have none.
SUREST = 0.7
Mode = Literal["best", "fast"]
Comments = Literal["drop", "keep"]


@dataclass(frozen=True, slots=True)
class CleaningOptions:
    """How to clean: with trafilatura's vote on pages or without, what to do with comments, and a list
    of entities that are to be known besides the reference's."""

    mode: Mode = "best"
    comments: Comments = "drop"
    entities: OwnList | None = None


def renew(options: CleaningOptions) -> CleaningOptions:
    """Return options with their list of entities as it is now: a schedule was given it long ago.

    Raises ValueError or OSError where it is none any more.
    """
    if options.entities is None:
        return options
    return replace(options, entities=open_own_list(options.entities.path))


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
    options: CleaningOptions = CleaningOptions()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The rows that one capture gives."""

    documents: tuple[Document, ...]
    repairs: tuple[Repair, ...]
    segments: tuple[Segment, ...]
    articles: tuple[Article, ...]
    paragraphs: tuple[Paragraph, ...]
    quotes: tuple[Quote, ...]
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]
    story_keys: tuple[StoryKey, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture read to text and judged, whichever way it came."""

    decoded: Decoded
    text: str
    repairs: tuple[Repair, ...]
    blocks: tuple[Block, ...]
    scored: Scored
    judged: tuple[Judged, ...]
    decision: Decision
    author: str | None
    url: str | None
    published: Published | None


def _why_no_article(pieces: int) -> str:
    """Say of how many pieces of text none is an article.

    >>> _why_no_article(1)
    'its one piece of text looks like boilerplate'
    """
    if pieces == 1:
        return "its one piece of text looks like boilerplate"
    return f"its {pieces} pieces of text look like boilerplate"


def clean(capture: CaptureToClean) -> Cleaned | Rejected:
    """Return the rows of a capture, or the reason why it holds no article."""
    reading = read_capture(capture)
    if isinstance(reading, Rejected):
        return reading
    judged = reading.judged
    body = assemble_body(capture.document_id, reading.text, judged)
    surest = max((one.score for one in judged if one.is_kept), default=0.0)
    if body is None or count_words(body.text) < FEWEST_WORDS or surest < SUREST:
        return Rejected("clean", "no_article", _why_no_article(len(judged)))
    article, known = _article(capture, reading, body), read_entities(capture.options.entities)
    facts = extract_facts(article.article_id, article.text, known, article.language)
    sketch = make_sketch(article, facts, known.kinds)
    return Cleaned(
        documents=(_document(capture, reading),),
        repairs=reading.repairs,
        segments=tuple(tile_segments(capture.document_id, reading.text, judged)),
        articles=(article,),
        paragraphs=body.paragraphs,
        quotes=facts.quotes,
        quantities=facts.quantities,
        mentions=facts.mentions,
        candidates=facts.candidates,
        story_keys=tuple(StoryKey(article.article_id, key) for key in sketch.lookup_keys()),
    )


def read_capture(capture: CaptureToClean) -> Reading | Rejected:
    """Decode a capture, split it into blocks and judge them."""
    decoded = decode(capture.content, capture.content_type)
    if isinstance(decoded, Rejected):
        return decoded
    return (
        _read_html(capture, decoded)
        if decoded.media_type == "text/html"
        else _read_text(capture, decoded)
    )


def _read_text(capture: CaptureToClean, decoded: Decoded) -> Reading:
    text, changes = repair_text(decoded.text)
    blocks = split_text(text)
    scored = score_blocks(blocks)
    decision = _decide(capture, blocks, scored, capture.title)
    repairs = (
        Repair(
            capture.document_id, i, change.start_char, change.end_char, change.original, change.reason
        )
        for i, change in enumerate(changes)
    )
    return Reading(
        decoded=decoded,
        text=text,
        repairs=tuple(repairs),
        blocks=blocks,
        scored=scored,
        judged=split_judged(decision.judged),
        decision=decision,
        author=_author(decision.judged),
        url=capture.url,
        published=_published(decision.judged),
    )


def _read_html(capture: CaptureToClean, decoded: Decoded) -> Reading | Rejected:
    from transforms.metadata.read import read_metadata
    from transforms.page import read_page
    from transforms.vote import vote_by_trafilatura  # takes 0.5 s to import

    html = decoded.text
    rendering = read_page(html)
    if isinstance(rendering, Rejected):
        return rendering
    facts = read_metadata(html, capture.url)
    vote = vote_by_trafilatura(html) if capture.options.mode == "best" else None
    scored = score_blocks(rendering.blocks, vote)
    decision = _decide(capture, rendering.blocks, scored, facts.title or capture.title)
    return Reading(
        decoded=decoded,
        text=rendering.text,
        repairs=(),
        blocks=rendering.blocks,
        scored=scored,
        judged=split_judged(decision.judged),
        decision=decision,
        author=facts.author or _author(decision.judged),
        url=facts.url,
        published=facts.published or _published(decision.judged),
    )


def _decide(
    capture: CaptureToClean, blocks: tuple[Block, ...], scored: Scored, title: str | None
) -> Decision:
    keeps_comments = capture.options.comments == "keep"
    return decide(read_lines(blocks), scored.scores, "model", title, keeps_comments)


def _author(judged: tuple[Judged, ...]) -> str | None:
    """Return the author that a byline names, or else an author box."""
    bylines = (find_byline(strip_marks(one.block.text)) for one in judged if one.role == "byline")
    boxes = (find_author_box(strip_marks(one.block.text)) for one in judged if one.role == "author_bio")
    return next(filter(None, bylines), None) or next(filter(None, boxes), None)


def _published(judged: tuple[Judged, ...]) -> Published | None:
    """Return the date in the byline or the date line, one that stands by the headline."""
    near = [one.block.text for one in judged if one.role in ("byline", "published")]
    day = next(filter(None, map(find_date, near)), None)
    if day:
        return Published(day, "day", "byline")
    partial = next(filter(None, map(read_partial, near)), None)
    return Published(partial.on, partial.precision, "byline") if partial else None


def _document(capture: CaptureToClean, reading: Reading) -> Document:
    return Document(
        document_id=capture.document_id,
        source_uri=capture.source_uri,
        site=_site(reading.url),
        url=capture.url,
        media_type=reading.decoded.media_type,
        encoding=reading.decoded.encoding,
        byte_length=len(capture.content),
        text=reading.text,
        captured_at=capture.captured_at,
        first_run_id=capture.first_run_id,
        cleaner_version=capture.cleaner_version,
    )


def _article(capture: CaptureToClean, reading: Reading, body: Body) -> Article:
    decision, published = reading.decision, _possible(reading.published, capture.captured_at)
    language = detect_language(body.text)
    is_recorded = decision.title is not None and decision.title == capture.title
    return Article(
        article_id=capture.document_id,
        title=decision.title,
        title_source="record" if is_recorded else decision.title_source,
        author=reading.author,
        site=_site(reading.url),
        url=reading.url,
        published_on=published.on if published else None,
        published_precision=published.precision if published else None,
        published_source=published.source if published else None,
        dateline_place=body.dateline.place if body.dateline else None,
        dateline_date=body.dateline.on if body.dateline else None,
        language=language.code,
        language_confidence=language.confidence,
        text=body.text,
        word_count=count_words(body.text),
        kept_share=round(len(body.text) / len(reading.text), 4),
        is_truncated=body.is_truncated,
        story_id=None,
    )


def _possible(published: Published | None, captured_at: datetime | None) -> Published | None:
    """Return a date of publication unless it is after the capture; a day is for time zones."""
    is_late = published and captured_at and published.on > captured_at.date() + timedelta(days=1)
    return None if is_late else published


def _site(url: str | None) -> str | None:
    """Return the registrable domain of an address, or its host where the suffix is not public."""
    if not url:
        return None
    return get_fld(url, fail_silently=True) or urlsplit(url).hostname
