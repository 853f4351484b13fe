"""Pieces of a text, and texts folded so that their offsets stay."""

from dataclasses import dataclass

# Signs that stand for one another, each of one character, so that no offset moves.
SAME_SIGNS = {"'": "’‘ʼ＇", "-": "‐‑", " ": "\u00a0\u202f"}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text, from `start` to before `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at the span."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Return True if the other lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return True if the two share a character."""
        return self.start < other.end and other.start < self.end


def fold_signs(text: str) -> str:
    """Return the text with one kind of apostrophe, hyphen and space, every character at its place.

    >>> fold_signs("China’s non‑profit")
    "China's non-profit"
    """
    for plain, signs in SAME_SIGNS.items():
        for sign in signs:  # a tenth of the time of str.translate
            text = text.replace(sign, plain)
    return text


def fold_case(text: str) -> str:
    """Return the text in lower case, every character at its place.

    A letter whose lower case is longer, as İ, is left alone.
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
