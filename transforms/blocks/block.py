"""A block: a piece of a document before anyone has judged it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page: its tag, its class and id words in lower case, and what it stands in.

    `depth` counts the elements from the body, which has 1, down to this one.
    """

    tag: str
    names: str
    depth: int
    above: "Element | None"

    def line(self) -> "Iterator[Element]":
        """Yield this element and those it stands in, up to the body."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.above


@dataclass(frozen=True, slots=True)
class Markup:
    """What the page's tree said of a block; flattened text has none.

    `link_chars` counts the characters that sit in links, `bold_chars` those in bold.
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
        """Return the names of the block's element and of those it stands in, one element a line."""
        return "\n".join(element.names for element in self.element.line())


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document's text: its span and the characters there, without outer space."""

    start_char: int
    end_char: int
    text: str
    markup: Markup | None = None
