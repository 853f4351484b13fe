"""Split plain text into blocks, and blocks into what is fused in them; tile a text with blocks."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.blocks.block import Block
from transforms.language.sentences import split_sentences
from transforms.language.span import Span

# Typewriters, mail and plain-text archives wrap between 50 and 100 columns; a page flattened a
# paragraph a line has lines of several hundred characters.
NARROWEST, WIDEST = 50, 100
WRAPPED_SHARE = 0.75  # of the neighbouring long lines, those where the next word would not have fitted
LONG_LINES = 4  # fewer prove nothing
LONGEST_WORD = 25  # characters; in scripts without spaces a line is one word and proves nothing
# A text that has lost its line ends: most of it is one line, longer than the paragraphs of the
# benchmark's training articles (one in a thousand has 3,000 characters).
RUN_ON_CHARS, RUN_ON_SHARE = 3000, 0.7
LIST_MARK = re.compile(r"[-*•·‣◦–—>]\s|\(?[0-9]{1,3}[.)]\s|#{1,6}\s")


def split_text(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text: its lines, hard-wrapped ones joined to paragraphs.

    Where most of a text is one long line, its blocks are that line's sentences.

    >>> [block.text for block in split_text("Menu\\n\\n Apps were closed on Monday.")]
    ['Menu', 'Apps were closed on Monday.']
    """
    spans = list(_paragraphs(text))
    longest = max((end - start for start, end in spans), default=0)
    if longest >= max(RUN_ON_CHARS, RUN_ON_SHARE * len(text)):
        spans = [sentence for span in spans for sentence in _sentences(text, *span)]
    return tuple(Block(start, end, text[start:end]) for start, end in spans)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = split_sentences(text[start:end]) if end - start >= RUN_ON_CHARS else [Span(0, end - start)]
    return [(start + span.start, start + span.end) for span in spans]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: a line each, or several where a line was wrapped."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    start = None
    for number, (line_start, line_end) in enumerate(lines):
        start = line_start if start is None else start
        if width and number + 1 < len(lines):
            shortest, longest = _widths(text, lines[number], lines[number + 1])
            if shortest <= width <= longest:
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


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Return the column at which a text was hard-wrapped, or 0 if it was not.

    Each line that is followed by another says at which widths a wrapper would have broken it where
    it breaks. If one width explains nearly all of the long ones, that was the wrapper's.
    """
    widths = [_widths(text, *pair) for pair in pairwise(lines)]
    long = [pair for pair in widths if pair[0] >= NARROWEST * 0.7 and pair[1] >= pair[0]]
    if len(long) < LONG_LINES:
        return 0
    explained = {
        width: sum(shortest <= width <= longest for shortest, longest in long)
        for width in range(NARROWEST, WIDEST + 1)
    }
    best = max(explained, key=lambda width: (explained[width], -width))
    enough = explained[best] >= max(LONG_LINES, WRAPPED_SHARE * len(long))
    return best if enough else 0


def _widths(text: str, line: tuple[int, int], following: tuple[int, int]) -> tuple[int, int]:
    """Return the least and the greatest width at which a wrapper breaks between two lines.

    The greatest is below the least where no wrapper would: at a blank line or before a list item.
    """
    length = line[1] - line[0]
    if text.count("\n", line[1], following[0]) > 1 or LIST_MARK.match(text, following[0]):
        return length, 0
    first_word = text[following[0] : following[1]].split(None, 1)[0]
    return length, length + min(len(first_word), LONGEST_WORD)
