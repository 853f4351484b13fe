"""Split plain text into blocks: paragraphs, with hard-wrapped lines joined."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType

from transforms.blocks.block import Block
from transforms.blocks.run_on import split_run_on
from transforms.language.span import Span

# Mail and plain-text archives wrap lines at 50 to 100 columns; the text of a page with one paragraph
# a line has lines of several hundred characters.
NARROWEST, WIDEST = 50, 100
WRAPPED_SHARE = 0.75  # of the long lines, those after which the next word would not have fitted
LONG_LINES = 4  # fewer lines are not evidence enough
LONG_LINES_IN_SENTENCES = 2  # nor are fewer if all the lines below them go on in small letters
LONGEST_WORD = 25  # characters; in scripts without spaces a line is one word, which is no evidence
# In a text without line ends most of the text is in lines longer than the paragraphs of the
# benchmark's training articles (one in a thousand has 3,000 characters).
RUN_ON_CHARS, RUN_ON_SHARE = 3000, 0.7
# So few lines, blank ones counted, may be all that is left of a page; few paragraphs are so long.
FEW_LINES, RUN_ON_CHARS_OF_FEW = 5, 1000
NO_HEADINGS: Mapping[int, int] = MappingProxyType({})
LINE = re.compile(r"\S(?:[^\n]*\S)?")
FIRST_WORD = re.compile(rf"\S{{1,{LONGEST_WORD}}}")
LIST_MARK = re.compile(r"[-+*•·‣◦–—>]\s|\(?[0-9]{1,3}[.)]\s|#{1,6}\s")


def split_text(
    text: str, joins: Sequence[int] = (), headings: Mapping[int, int] = NO_HEADINGS
) -> tuple[Block, ...]:
    """Return the blocks of a plain text: its lines, hard-wrapped ones joined to paragraphs.

    If most of a text is in lines too long for paragraphs, their sentences and menus become the blocks.
    `joins` are the places, in order, where a word was joined that a line's end had parted; `headings`
    are those where a heading begins, with its level.

    >>> [block.text for block in split_text("Menu\\n\\n Apps were closed on Monday.")]
    ['Menu', 'Apps were closed on Monday.']
    """
    spans = list(_paragraphs(text, joins, headings))
    lines = text.strip().count("\n") + 1
    longest = RUN_ON_CHARS if lines > FEW_LINES else RUN_ON_CHARS_OF_FEW
    run_on = sum(end - start for start, end in spans if end - start >= longest)
    if run_on and run_on >= RUN_ON_SHARE * len(text):
        spans = [part for span in spans for part in _parts(text, *span, longest)]
    return tuple(
        Block(start, end, text[start:end], None, headings.get(start, 0)) for start, end in spans
    )


def _parts(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    spans = split_run_on(text[start:end]) if end - start >= longest else [Span(0, end - start)]
    return [(start + span.start, start + span.end) for span in spans]


def _paragraphs(
    text: str, joins: Sequence[int], headings: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: one line each, or several if the text was hard-wrapped."""
    lines = list(_lines(text))
    rows = [(_row_start(text, start, end, joins), end) for start, end in lines]
    width = _wrap_width(text, zip(rows, lines[1:], strict=False))
    start = None
    for number, (line_start, line_end) in enumerate(lines):
        start = line_start if start is None else start
        is_open = number + 1 < len(lines) and lines[number + 1][0] not in headings
        if line_end - rows[number][0] <= width and is_open and line_start not in headings:
            shortest, longest = _widths(text, rows[number], lines[number + 1])
            if shortest <= width <= longest:
                continue
        yield start, line_end
        start = None


def _row_start(text: str, start: int, end: int, joins: Sequence[int]) -> int:
    """Return where the last row of a line begins: behind its last join, or with its indentation."""
    at = bisect_left(joins, end)
    return max(text.rfind("\n", 0, start) + 1, joins[at - 1] if at else 0)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines that are not blank, without surrounding space."""
    return (match.span() for match in LINE.finditer(text))


def _wrap_width(text: str, pairs: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Return the column at which a text was hard-wrapped, or 0 if it was not.

    A pair is a row with its indentation, and the line after it. For each there is a range of widths at
    which a wrapper would break there. If one width is in the ranges of nearly all long lines, it is the
    column.
    """
    wide = (pair for pair in pairs if pair[0][1] - pair[0][0] >= NARROWEST * 0.7)
    found = [(widths, pair[1][0]) for pair in wide if (widths := _widths(text, *pair))[1] >= widths[0]]
    long = [widths for widths, _ in found]
    goes_on = all(text[start].islower() for _, start in found)
    fewest = LONG_LINES_IN_SENTENCES if goes_on else LONG_LINES
    if len(long) < fewest:
        return 0
    changes = [0] * (WIDEST + 2)  # in the number of ranges, from one width to the next
    for shortest, longest in long:
        if shortest <= WIDEST and longest >= NARROWEST:
            changes[max(shortest, NARROWEST)] += 1
            changes[min(longest, WIDEST) + 1] -= 1
    explained = list(accumulate(changes))
    best = max(range(NARROWEST, WIDEST + 1), key=lambda width: (explained[width], -width))
    enough = explained[best] >= max(fewest, WRAPPED_SHARE * len(long))
    return best if enough else 0


def _widths(text: str, line: tuple[int, int], following: tuple[int, int]) -> tuple[int, int]:
    """Return the smallest and the largest width at which a wrapper breaks between two lines.

    The largest is below the smallest where no wrapper breaks: at a blank line or before a list item.
    """
    length = line[1] - line[0]
    if text.count("\n", line[1], following[0]) > 1 or LIST_MARK.match(text, following[0]):
        return length, 0
    first_word = FIRST_WORD.match(text, *following)
    return length, length + (len(first_word[0]) if first_word else 0)
