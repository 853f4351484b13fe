"""Judge a document of the raw store again, to explain its scores."""

from dataclasses import asdict
from typing import Any

from flows.steps.decide import find_stored
from transforms.article.assemble import tile_segments
from transforms.article.rows import Reading
from transforms.clean import read_capture
from transforms.corrections.correction import Corrections
from warehouse.paths import Layout

NO_CORRECTIONS = Corrections()


def explain_document(
    layout: Layout, document_id: str, corrections: Corrections = NO_CORRECTIONS
) -> list[dict[str, Any]]:
    """Return the segments of a document with their text and the reasons for their scores.

    They are computed by this version of the cleaner, also for a refused document; the list is empty if
    the document has no text. A reason is a feature in words, and whether it raised or lowered the score.
    """
    reading = read_capture(find_stored(layout, document_id, corrections))
    if not isinstance(reading, Reading):
        return []
    return [
        asdict(segment)
        | {
            "text": reading.text[segment.start_char : segment.end_char],
            "reasons": _reasons(reading, segment.start_char, segment.end_char),
        }
        for segment in tile_segments(document_id, reading.text, reading.judged)
    ]


def _reasons(reading: Reading, start: int, end: int) -> list[str]:
    """Return the reasons for the score of a segment's block; empty if the segment is blank."""
    for index, block in enumerate(reading.blocks):
        if block.start_char < end and start < block.end_char:
            return [reason.words for reason in reading.scored.reasons(index)]
    return []
