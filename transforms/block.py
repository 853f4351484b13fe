"""A block: a piece of a document before anyone has judged it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Markup:
    """What the page's tree said of a block; flattened text has none.

    `path` is the tag names from the body down to the block's element, `lineage` the numbers of the
    same elements in the page, so that blocks under one element can be found; `hints` are the class
    and id words of the element and its ancestors, nearest first, one element a line, in lower
    case; `link_chars` counts the characters that sit in links, `bold_chars` those in bold.
    """

    tag: str
    path: tuple[str, ...]
    hints: str
    link_chars: int
    bold_chars: int = 0
    lineage: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document's text: its span and the characters there, without outer space."""

    start_char: int
    end_char: int
    text: str
    markup: Markup | None = None
