"""Judge a document of the raw store again, to explain its scores."""

from dataclasses import asdict, replace
from typing import Any

from flows.steps.decide import find_stored
from flows.steps.remember import page_lines
from transforms.article.assemble import tile_segments
from transforms.article.rows import Reading
from transforms.clean import read_capture
from transforms.corrections.correction import Corrections
from transforms.site_memory.evidence import weigh_pages
from warehouse.paths import Layout
from warehouse.site_memory import read_cohort
from warehouse.store import read_published

NO_CORRECTIONS = Corrections()


def explain_document(
    layout: Layout, document_id: str, corrections: Corrections = NO_CORRECTIONS
) -> list[dict[str, Any]]:
    """Return the segments of a document with their text and the reasons for their scores.

    They are computed by this version of the cleaner, also for a refused document; the list is empty if
    the document has no text. A reason is a feature in words, and whether it raised or lowered the score.
    """
    capture = find_stored(layout, document_id, corrections)
    scored = read_capture(capture)
    if not isinstance(scored, Reading):
        return []
    memory, by_site = _recall(layout, document_id, len(scored.blocks))
    judged = read_capture(replace(capture, memory=memory)) if memory else scored
    assert isinstance(judged, Reading)
    return [
        asdict(segment)
        | {
            "text": judged.text[segment.start_char : segment.end_char],
            "reasons": _reasons(scored, by_site, segment.start_char, segment.end_char),
        }
        for segment in tile_segments(document_id, judged.text, judged.judged)
    ]


def _recall(layout: Layout, document_id: str, blocks: int) -> tuple[tuple[int, ...], list[str]]:
    """Return the memory by which a document was cleaned, and for each block what its site says of it."""
    if not layout.database.exists():
        return (), []
    with read_published(layout) as db:
        cohort = read_cohort(db, document_id)
    place = next((n for n, page in enumerate(cohort) if page.document_id == document_id), None)
    if place is None or len(cohort[place].texts) != blocks:
        return (), []
    pages, addresses = [page_lines(page) for page in cohort], [page.address for page in cohort]
    evidence = weigh_pages(pages, addresses)[place]
    return tuple(cohort[place].memory), evidence.words()


def _reasons(reading: Reading, by_site: list[str], start: int, end: int) -> list[str]:
    """Return the reasons for the score of a segment's block; empty if the segment is blank."""
    for index, block in enumerate(reading.blocks):
        if block.start_char < end and start < block.end_char:
            model = [reason.words for reason in reading.scored.reasons(index)]
            return [*by_site[index : index + 1], *model]
    return []
