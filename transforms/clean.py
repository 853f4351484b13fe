"""Clean one capture: from its bytes to the rows of its tables."""

from dataclasses import dataclass, replace
from functools import partial

from transforms.article.assemble import assemble_body, split_judged, tile_segments
from transforms.article.correct import correct, settings_of, zone_of
from transforms.article.doubt import find_doubt, find_surest, is_refused
from transforms.article.no_page import why_no_page
from transforms.article.rows import (
    Reading,
    make_article,
    make_document,
    make_site_page,
    read_author,
    read_published_date,
    read_recorded_date,
)
from transforms.article.rules import CORRECTION
from transforms.blocks.block import Block
from transforms.blocks.decode import Decoded, decode
from transforms.blocks.repair import find_headings, find_joins, repair_text
from transforms.blocks.split import split_text
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.facts.extract import Facts, extract_facts
from transforms.facts.names.entities import read_entities
from transforms.judging.decide import Decision, decide
from transforms.judging.line import read_lines
from transforms.language.phrases import find_phrases
from transforms.language.words import count_words
from transforms.metadata.site import find_site
from transforms.options import DEFAULTS, CleaningOptions
from transforms.scoring.score import Scored, score_blocks
from transforms.site_memory.remember import recall_scores
from transforms.stories.kept_sketch import keep_sketch
from transforms.stories.sketch import make_sketch
from warehouse.schema.rows.articles import Article, Paragraph
from warehouse.schema.rows.documents import Document, DocumentCorrection, Repair, Segment
from warehouse.schema.rows.facts import Candidate, Mention, Quantity, Quote
from warehouse.schema.rows.sites import SitePage
from warehouse.schema.rows.stories import StoryKey
from warehouse.schema.staged_sketch import StagedSketch

# trafilatura takes more than in proportion to a page's tags; the benchmark's pages have up to 14,000.
MOST_TAGS_FOR_VOTE = 40_000
NO_FACTS = Facts((), (), (), ())


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The rows of one capture."""

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
    site_pages: tuple[SitePage, ...]
    sketches: tuple[StagedSketch, ...]
    document_corrections: tuple[DocumentCorrection, ...] = ()


def _why_no_article(blocks: int) -> str:
    """Describe a document that contains no article.

    >>> _why_no_article(2)
    'all 2 blocks of text look like boilerplate'
    """
    if blocks == 1:
        return "its only block of text looks like boilerplate"
    return f"all {blocks} blocks of text look like boilerplate"


def clean(capture: CaptureToClean, options: CleaningOptions = DEFAULTS) -> Cleaned | Rejected:
    """Return the rows of a capture, or the reason why it contains no article.

    A document in which the memory of its site leaves no article is cleaned without it.
    """
    reading = read_capture(capture, options)
    cleaned = reading if isinstance(reading, Rejected) else make_rows(capture, reading, options)
    if capture.memory and isinstance(cleaned, Rejected):
        return clean(replace(capture, memory=()), options)
    return cleaned


def make_rows(
    capture: CaptureToClean, reading: Reading, options: CleaningOptions = DEFAULTS
) -> Cleaned | Rejected:
    """Return the rows of a capture whose blocks are judged, or why it contains no article."""
    judged = reading.judged
    body = assemble_body(capture.document_id, reading.text, judged)
    surest = find_surest(judged)
    if body is None or is_refused(body.text, surest):
        return Rejected("clean", "no_article", _why_no_article(len(judged)))
    is_kept_by_hand = any(one.is_kept and one.rule == CORRECTION for one in judged)
    why = why_no_page(reading.decision.title, body.text)
    if why and not is_kept_by_hand:
        return Rejected("clean", "no_article", why)
    article = make_article(capture, reading, body, find_doubt(surest))
    known = read_entities(options.entities)
    facts = NO_FACTS
    if options.finds_facts:
        facts = extract_facts(article.article_id, article.text, known, article.language)
    sketch = make_sketch(article, facts, known.kinds)
    site_page = make_site_page(capture, reading)
    return Cleaned(
        documents=(make_document(capture, reading),),
        repairs=reading.repairs,
        segments=tuple(tile_segments(capture.document_id, reading.text, judged)),
        articles=(article,),
        paragraphs=body.paragraphs,
        quotes=facts.quotes,
        quantities=facts.quantities,
        mentions=facts.mentions,
        candidates=facts.candidates,
        story_keys=tuple(StoryKey(article.article_id, key) for key in sketch.lookup_keys()),
        document_corrections=reading.corrections,
        site_pages=(site_page,) if site_page else (),
        sketches=(keep_sketch(sketch),),
    )


def read_capture(capture: CaptureToClean, options: CleaningOptions = DEFAULTS) -> Reading | Rejected:
    """Decode a capture, split it into blocks and judge them; what people decided goes before that."""
    decoded = decode(capture.content, capture.content_type)
    if isinstance(decoded, Rejected):
        return decoded
    is_page = decoded.media_type == "text/html"
    reading = (_read_html if is_page else _read_text)(capture, decoded, options)
    if isinstance(reading, Rejected):
        return reading
    return correct(reading, capture, options.comments == "keep")


def _read_text(capture: CaptureToClean, decoded: Decoded, options: CleaningOptions) -> Reading:
    text, changes = repair_text(decoded.text)
    blocks = split_text(text, find_joins(changes), find_headings(changes))
    words, scored, decision = _score_and_judge(blocks, capture, options, capture.title, capture.author)
    judged, dateline = split_judged(decision.judged)
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
        words=words,
        scored=scored,
        judged=judged,
        dateline=dateline,
        decision=decision,
        author=capture.author or read_author(decision.judged),
        url=capture.url,
        published=read_recorded_date(capture, zone_of(capture, capture.url))
        or read_published_date(decision.judged),
        site=find_site(capture.url, None, capture.source_uri),
    )


def _read_html(
    capture: CaptureToClean, decoded: Decoded, options: CleaningOptions
) -> Reading | Rejected:
    from transforms.blocks.page import Page
    from transforms.blocks.render import read_page, render_page
    from transforms.metadata.read import read_metadata
    from transforms.metadata.told_body import find_told_page
    from transforms.scoring.trafilatura_vote import vote_by_trafilatura  # takes 0.5 s to import

    page = Page(decoded.text)
    rendering = read_page(page)
    if isinstance(rendering, Rejected):
        return rendering
    told = find_told_page(page, rendering.text)
    rendering = render_page(told) if told else rendering
    facts = read_metadata(page, capture.url, partial(settings_of, capture))
    has_vote = options.mode == "best" and page.html.count("<") <= MOST_TAGS_FOR_VOTE
    vote = vote_by_trafilatura(told or page) if has_vote else None
    title, author = facts.title or capture.title, facts.author or capture.author
    words, scored, decision = _score_and_judge(rendering.blocks, capture, options, title, author, vote)
    judged, dateline = split_judged(decision.judged)
    return Reading(
        decoded=decoded,
        text=rendering.text,
        repairs=(),
        blocks=rendering.blocks,
        words=words,
        scored=scored,
        judged=judged,
        dateline=dateline,
        decision=decision,
        author=author or read_author(decision.judged),
        url=facts.url,
        published=facts.published
        or read_recorded_date(capture, zone_of(capture, facts.url))
        or read_published_date(decision.judged),
        site=find_site(facts.url, facts.site_name, capture.source_uri),
    )


def _score_and_judge(
    blocks: tuple[Block, ...],
    capture: CaptureToClean,
    options: CleaningOptions,
    title: str | None,
    author: str | None,
    vote: str | None = None,
) -> tuple[tuple[int, ...], Scored, Decision]:
    """Return the numbers of words of the blocks, their scores, and what is decided of them."""
    phrases, memory = find_phrases([block.text for block in blocks]), capture.memory
    lines = read_lines(blocks, phrases)
    if len(memory) == len(blocks) > 0:
        scored = recall_scores(memory, [line.words for line in lines])
    else:
        scored = score_blocks(blocks, vote, phrases)
    keeps = options.comments == "keep"
    decision = decide(lines, scored.scores, title, keeps, scored.is_remembered, author)
    words = (count_words(line.text) if line.text != line.plain else line.words for line in lines)
    return tuple(words), scored, decision
