"""Spans of a text, and folding of case and signs that keeps all character offsets."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import NamedTuple

# Signs that are treated as equal; each is one character, so that offsets do not change.
SAME_SIGNS = {"'": "’‘ʼ＇", "-": "‐‑", " ": "\u00a0\u202f"}


class Span(NamedTuple):
    """A span of a text, from `start` (inclusive) to `end` (exclusive), in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the text of the span."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Return True if the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return True if the two spans share a character."""
        return self.start < other.end and other.start < self.end


class TakenSpans:
    """Spans of a text that do not overlap, to which others are compared and added."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)

    def overlap(self, span: Span) -> bool:
        """Return True if one of the spans shares a character with this one."""
        at = bisect_left(self._spans, Span(span.end, span.end))
        return at > 0 and self._spans[at - 1].overlaps(span)

    def add(self, span: Span) -> None:
        """Add a span that does not overlap the others."""
        insort(self._spans, span)


def fold_signs(text: str) -> str:
    """Return the text with one kind of apostrophe, hyphen and space; offsets do not change.

    >>> fold_signs("China’s non‑profit")
    "China's non-profit"
    """
    for plain, signs in SAME_SIGNS.items():
        for sign in signs:  # takes a tenth of the time of str.translate
            text = text.replace(sign, plain)
    return text


def match_key(text: str) -> str:
    """Return what a pattern without regard to case takes for the same: it takes İ and ı for i.

    >>> match_key("MİLYON"), match_key("Kasım")
    ('milyon', 'kasim')
    """
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def fold_case(text: str) -> str:
    """Return the text in lower case; offsets do not change.

    A letter whose lower case is longer, such as İ, is not changed.
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
