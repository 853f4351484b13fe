"""Put the judged blocks of a document together: segments that tile its text, and the article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from transforms.dateline import Dateline, find_dateline
from transforms.judged import Judged
from transforms.line import read_lines
from transforms.segment import split_fused, tile
from warehouse.schema import Paragraph, Role, Segment

# Spaces of all widths become one plain space, so that a search for "300 million" finds it; the
# ideographic space is punctuation and stays. The document's text has them all.
SPACES = re.compile(r"[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
PARAGRAPH_KINDS: dict[Role, Role] = {
    "dateline": "paragraph",
    "other": "paragraph",
    "comment": "paragraph",
}
BREAKS_OFF_WORDS = 12  # a shorter last line without a full stop may be a list item or a signature


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, its paragraphs, and its first dateline."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    dateline: Dateline | None
    is_truncated: bool


def split_judged(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Split kept blocks where a caption or a dateline is fused to them.

    The dateline stays in the text, the caption in front of it goes.
    """
    return tuple(piece for one in judged for piece in _split_one(one))


def _split_one(judged: Judged) -> list[Judged]:
    dateline = (
        find_dateline(judged.block.text) if judged.is_kept and judged.role == "paragraph" else None
    )
    if dateline is None:
        return [judged]
    pieces = [replace(judged, block=block) for block in split_fused(judged.block)]
    at = 1 if dateline.start else 0
    pieces[at] = replace(pieces[at], role="dateline", rule="dateline")
    if at:
        pieces[0] = replace(
            pieces[0], role="caption", is_kept=False, rule="caption_fused_to_dateline", score=0.05
        )
    return pieces


def tile_segments(document_id: str, text: str, judged: Sequence[Judged]) -> list[Segment]:
    """Return the segments of a document: the judged blocks, and blank ones between them."""
    verdicts = iter(judged)
    segments = []
    for position, (start, end, block) in enumerate(tile(text, [one.block for one in judged])):
        if block is None:
            segments.append(Segment(document_id, position, start, end, "blank", False, "blank", 0.0))
        else:
            one = next(verdicts)
            score = round(one.score, 4)
            segments.append(
                Segment(document_id, position, start, end, one.role, one.is_kept, one.rule, score)
            )
    return segments


def assemble_body(article_id: str, text: str, judged: Sequence[Judged]) -> Body | None:
    """Join what is kept to an article, a paragraph a line; None if nothing is kept.

    Blocks with a line end between them become paragraphs of their own; those on one line stay
    together, with a space if there was any between them.
    """
    kept = [one for one in judged if one.is_kept]
    paragraphs: list[Paragraph] = []
    previous_end = None
    for one in kept:
        gap = None if previous_end is None else text[previous_end : one.block.start_char]
        if gap is None or "\n" in gap:
            paragraphs.append(_paragraph(article_id, paragraphs, one))
        else:
            paragraphs[-1] = _extend(paragraphs[-1], (" " if gap else "") + _squeeze(one.block.text))
        previous_end = one.block.end_char
    if not paragraphs:
        return None
    joined = "\n".join(paragraph.text for paragraph in paragraphs)
    datelines = (
        find_dateline(paragraph.text) for paragraph in paragraphs if paragraph.kind == "paragraph"
    )
    return Body(joined, tuple(paragraphs), next(filter(None, datelines), None), _breaks_off(kept[-1]))


def _paragraph(article_id: str, before: Sequence[Paragraph], one: Judged) -> Paragraph:
    start = before[-1].end_char + 1 if before else 0
    text = _squeeze(one.block.text)
    kind = PARAGRAPH_KINDS.get(one.role, one.role)
    return Paragraph(article_id, len(before), kind, text, start, start + len(text))  # type: ignore[arg-type]


def _extend(paragraph: Paragraph, more: str) -> Paragraph:
    return replace(paragraph, text=paragraph.text + more, end_char=paragraph.end_char + len(more))


def _squeeze(text: str) -> str:
    return SPACES.sub(" ", text)


def _breaks_off(last: Judged) -> bool:
    """Say whether the last kept block ends in dots or in the middle of a sentence."""
    line = read_lines([last.block])[0]
    is_cut = last.role == "paragraph" and line.words >= BREAKS_OFF_WORDS and not line.ends_sentence
    return line.is_teaser or is_cut
