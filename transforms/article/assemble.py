"""Assemble judged blocks into segments that tile the document's text, and into the article's text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from transforms.article.dateline import Dateline, find_dateline
from transforms.article.rules import BLANK, CAPTION_FUSED_TO_DATELINE, DATELINE
from transforms.blocks.block import Block
from transforms.judging.judged import Judged
from transforms.judging.line import read_line, strip_marks
from warehouse.schema.rows.articles import Paragraph
from warehouse.schema.rows.documents import Segment
from warehouse.schema.vocabulary import ParagraphKind, Role

# Spaces of all widths become one plain space, so that a search for "300 million" finds it. The
# ideographic space is kept as punctuation. The document's text keeps all spaces.
SPACE_CHARS = r" \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f"
SPACES = re.compile(f"[{SPACE_CHARS}]+")
OTHER_SPACE = re.compile(f"[{SPACE_CHARS[1:]}]")
PARAGRAPH_KINDS: dict[Role, ParagraphKind] = {
    "dateline": "paragraph",
    "other": "paragraph",
    "comment": "paragraph",
}
BREAKS_OFF_WORDS = 12  # a shorter last line without a full stop can be a list item or a signature


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, its paragraphs, and whether the text is cut off."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    is_truncated: bool


def split_judged(judged: Iterable[Judged]) -> tuple[tuple[Judged, ...], Dateline | None]:
    """Split kept blocks with a fused caption or dateline; return them and the first dateline.

    The dateline stays in the article's text; the caption before it is removed.
    """
    pieces: list[Judged] = []
    first = None
    for one in judged:
        is_paragraph = one.is_kept and one.role == "paragraph"
        dateline = find_dateline(OTHER_SPACE.sub(" ", one.block.text)) if is_paragraph else None
        pieces += _split_at(one, dateline) if dateline else [one]
        first = first or dateline
    return tuple(pieces), first


def _split_at(judged: Judged, dateline: Dateline) -> list[Judged]:
    pieces = [judged._replace(block=block) for block in split_block(judged.block, dateline)]
    at = 1 if dateline.start else 0
    pieces[at] = pieces[at]._replace(role="dateline", rule=DATELINE)
    if at:
        pieces[0] = pieces[0]._replace(
            role="caption", is_kept=False, rule=CAPTION_FUSED_TO_DATELINE, score=0.05
        )
    return pieces


def split_block(block: Block, dateline: Dateline) -> tuple[Block, ...]:
    """Return the pieces of a block: the text before the dateline, the dateline, and the rest.

    >>> block = Block(0, 46, "logo_1.jpgBEIJING (AP) -- Apps closed on Monday.")
    >>> [piece.text for piece in split_block(block, find_dateline(block.text))]
    ['logo_1.jpg', 'BEIJING (AP) --', 'Apps closed on Monday.']
    """
    cuts = sorted({0, dateline.start, dateline.end, len(block.text)})
    return tuple(_piece(block, start, end) for start, end in pairwise(cuts))


def _piece(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end].strip()
    offset = block.start_char + block.text.index(text, start)
    return Block(offset, offset + len(text), text, block.markup)


def tile_segments(document_id: str, text: str, judged: Sequence[Judged]) -> list[Segment]:
    """Return the segments of a document: the judged blocks, and blank ones between them."""
    verdicts = iter(judged)
    segments = []
    for position, (start, end, block) in enumerate(tile(text, [one.block for one in judged])):
        if block is None:
            segments.append(Segment(document_id, position, start, end, "blank", False, BLANK.name, 0.0))
        else:
            one = next(verdicts)
            score = round(one.score, 4)
            segments.append(
                Segment(document_id, position, start, end, one.role, one.is_kept, one.rule.name, score)
            )
    return segments


def tile(text: str, blocks: Sequence[Block]) -> list[tuple[int, int, Block | None]]:
    """Return spans that cover a text without gaps: blocks with the space around them, and blank spans.

    A block's span includes the end of its line; blank lines between blocks are separate spans.

    >>> [span[:2] for span in tile("One\\n\\n\\nTwo ", [Block(0, 3, "One"), Block(6, 9, "Two")])]
    [(0, 4), (4, 6), (6, 10)]
    """
    spans: list[tuple[int, int, Block | None]] = []
    position = 0
    for number, block in enumerate(blocks):
        line_start = text.rfind("\n", position, block.start_char) + 1 or position
        if line_start > position:
            spans.append((position, line_start, None))
        limit = blocks[number + 1].start_char if number + 1 < len(blocks) else len(text)
        line_end = text.find("\n", block.end_char, limit)
        end = limit if line_end < 0 else line_end + 1
        spans.append((max(line_start, position), end, block))
        position = end
    if position < len(text):
        spans.append((position, len(text), None))
    return spans


def assemble_body(article_id: str, text: str, judged: Sequence[Judged]) -> Body | None:
    """Join the kept blocks to an article, one paragraph a line; return None if nothing is kept.

    Blocks with a line end between them become separate paragraphs. Blocks in the same line stay in
    one paragraph, with a space if there was one between them.
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
    return Body(joined, tuple(paragraphs), _breaks_off(kept[-1]))


def _paragraph(article_id: str, before: Sequence[Paragraph], one: Judged) -> Paragraph:
    start = before[-1].end_char + 1 if before else 0
    text = _squeeze(one.block.text)
    kind = PARAGRAPH_KINDS.get(one.role) or cast(ParagraphKind, one.role)
    return Paragraph(article_id, len(before), kind, text, start, start + len(text))


def _extend(paragraph: Paragraph, more: str) -> Paragraph:
    return replace(paragraph, text=paragraph.text + more, end_char=paragraph.end_char + len(more))


def _squeeze(text: str) -> str:
    return SPACES.sub(" ", text) if "  " in text or OTHER_SPACE.search(text) else text


def _breaks_off(last: Judged) -> bool:
    """Return True if the last kept block ends in dots or in the middle of a sentence."""
    line = read_line(last.block, strip_marks(last.block.text))
    is_cut = last.role == "paragraph" and line.words >= BREAKS_OFF_WORDS and not line.ends_sentence
    return line.is_teaser or is_cut
