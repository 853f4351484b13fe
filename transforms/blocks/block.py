"""Data types for a block of a document's text and its place in the page's markup."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page: its tag, its class and id words in lower case, and its parent.

    `depth` is the number of elements from the body (1) down to this one.
    """

    tag: str
    names: str
    depth: int
    above: "Element | None"

    def line(self) -> "Iterator[Element]":
        """Yield this element and its ancestors, up to the body."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.above


class Markup(NamedTuple):
    """A block's place in the page's tree; text without markup has none.

    `link_chars` is the number of characters in links, `bold_chars` of those in bold.
    """

    element: Element
    link_chars: int
    bold_chars: int

    @property
    def tag(self) -> str:
        """Return the tag of the block's element."""
        return self.element.tag

    @property
    def names(self) -> str:
        """Return the class and id words of the block's element and its ancestors, one element a line."""
        return "\n".join(element.names for element in self.element.line())


class Block(NamedTuple):
    """A block of a document's text: its span and its text, without surrounding space.

    `level` is the level of a heading that a mark of Markdown has made one, 0 of any other block.
    """

    start_char: int
    end_char: int
    text: str
    markup: Markup | None = None
    level: int = 0
