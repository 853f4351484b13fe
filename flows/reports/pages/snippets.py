"""Where the words of a search stand in a text: a passage for a list, and lines in context."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.search.words import compose, fold

SNIPPET, CONTEXT = 320, 70  # characters: of a passage, and on either side of a word
LEAD = 80  # characters of a passage before its first word of the search
LINES_OF_ARTICLE = 5


@dataclass(frozen=True, slots=True)
class InContext:
    """A word with what stands before and after it."""

    before: str
    word: str
    after: str


def make_snippet(text: str, pattern: re.Pattern[str] | None) -> list[tuple[str, bool]]:
    """Return the passage with most of the words, in pieces: each with whether it is such a word.

    >>> make_snippet("Editors said no.", re.compile("editors"))
    [('Editors', True), (' said no.', False)]
    """
    text = compose(text)
    spans = list(_find(text, pattern, 200))
    if not spans:
        end = _end_after(text, SNIPPET)
        return [(text[:end].replace("\n", " ") + (" …" if end < len(text) else ""), False)]
    start = 0 if len(text) <= SNIPPET else _begin_before(text, _best_start(spans))
    end = _end_after(text, start + SNIPPET)
    pieces = [("… ", False)] if start else []
    at = start
    for left, right in spans:
        if left < at or right > end:
            continue
        pieces += [(text[at:left], False), (text[left:right], True)]
        at = right
    pieces.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return [(piece.replace("\n", " "), is_word) for piece, is_word in pieces if piece]


def find_in_context(text: str, pattern: re.Pattern[str] | None) -> list[InContext]:
    """Return the first lines of a text in which a word of the search stands, with what is around it."""
    text = compose(text).replace("\n", " ")
    return [
        InContext(text[max(0, left - CONTEXT) : left], text[left:right], text[right : right + CONTEXT])
        for left, right in _find(text, pattern, LINES_OF_ARTICLE)
    ]


def _find(text: str, pattern: re.Pattern[str] | None, most: int) -> Iterator[tuple[int, int]]:
    for found, _ in zip(pattern.finditer(fold(text)) if pattern else (), range(most), strict=False):
        yield found.span()


def _begin_before(text: str, at: int) -> int:
    """Return where a word begins, some words before a place.

    >>> _begin_before("one two", 4)
    0
    """
    early = at - LEAD
    return text.find(" ", early, at) + 1 or at if early > 0 else 0


def _end_after(text: str, at: int) -> int:
    """Return where the last word ends before a place; a text without spaces is cut there.

    >>> _end_after("one two", 5), _end_after("one", 5)
    (3, 3)
    """
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - LEAD), at + 1)
    return space if space > 0 else at


def _best_start(spans: list[tuple[int, int]]) -> int:
    """Return where a passage begins that holds most of the spans, the first such."""

    def held(start: int) -> int:
        return sum(start <= left < start + SNIPPET - LEAD for left, _ in spans)

    return max((left for left, _ in spans), key=held)
