"""Split plain text into blocks, and blocks into what is fused in them; tile a text with blocks."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.block import Block
from transforms.dateline import find_dateline

# Typewriters, mail and plain-text archives wrap between 50 and 100 columns; a page flattened a
# paragraph a line has lines of several hundred characters.
NARROWEST, WIDEST = 50, 100
WRAPPED_SHARE = 0.8  # of neighbouring full lines, those where the next word would not have fitted
FULL_LINES = 4  # fewer prove nothing
LIST_MARK = re.compile(r"[-*•·‣◦–—>]\s|\(?[0-9]{1,3}[.)]\s|#{1,6}\s")


def split_text(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text: its lines, hard-wrapped ones joined to paragraphs.

    >>> [block.text for block in split_text("Menu\\n\\n Apps were closed on Monday.")]
    ['Menu', 'Apps were closed on Monday.']
    """
    return tuple(Block(start, end, text[start:end]) for start, end in _paragraphs(text))


def tile(text: str, blocks: Sequence[Block]) -> list[tuple[int, int, Block | None]]:
    """Return spans that cover a text: a block with the space around it in its lines, or blank.

    A block's span runs through the end of its line; what is left between lines is blank.

    >>> [span[:2] for span in tile("One\\n\\n\\nTwo ", split_text("One\\n\\n\\nTwo "))]
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


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: a line each, or several where a line was wrapped."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    start = None
    for number, (line_start, line_end) in enumerate(lines):
        start = line_start if start is None else start
        following = lines[number + 1] if number + 1 < len(lines) else None
        if width and following and _continues(text, (line_start, line_end), following, width):
            continue
        yield start, line_end
        start = None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines that are not blank, without outer space."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + line.index(stripped[0])
            yield start, start + len(stripped)


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the column at which a text was hard-wrapped, or 0 if it was not."""
    lengths = sorted(end - start for start, end in lines)
    if len(lengths) < FULL_LINES or not NARROWEST <= lengths[-1] <= WIDEST:
        return 0
    width = lengths[-1]
    neighbours = [pair for pair in pairwise(lines) if text.count("\n", pair[0][1], pair[1][0]) == 1]
    full = [pair for pair in neighbours if pair[0][1] - pair[0][0] > 0.7 * width]
    wrapped = [pair for pair in full if _continues(text, *pair, width)]
    return width if len(full) >= FULL_LINES and len(wrapped) >= WRAPPED_SHARE * len(full) else 0


def _continues(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Say whether the next line goes on with this one: its first word would not have fitted here."""
    if text.count("\n", line[1], following[0]) > 1 or LIST_MARK.match(text, following[0]):
        return False
    first_word = text[following[0] : following[1]].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def split_fused(block: Block) -> tuple[Block, ...]:
    """Return the pieces of a block: what is fused before a dateline, the dateline, the rest.

    >>> [b.text for b in split_fused(Block(0, 46, "logo_1.jpgBEIJING (AP) -- Apps closed on Monday."))]
    ['logo_1.jpg', 'BEIJING (AP) --', 'Apps closed on Monday.']
    """
    dateline = find_dateline(block.text)
    if dateline is None:
        return (block,)
    cuts = sorted({0, dateline.start, dateline.end, len(block.text)})
    return tuple(_piece(block, start, end) for start, end in pairwise(cuts))


def _piece(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end].strip()
    offset = block.start_char + block.text.index(text, start)
    return Block(offset, offset + len(text), text, block.markup)
