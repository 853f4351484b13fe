"""Render an HTML page as text, one block a line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from transforms.blocks.block import Block, Element, Markup
from transforms.blocks.drop_cap import find_letter_apart, is_drop_cap, space_behind
from transforms.blocks.page import Page
from transforms.blocks.raised import read_raised
from transforms.captures.capture import Rejected

DEEPEST = 256  # deeper levels count as this one; pages of the benchmark have up to 80
# Behind so many, short blocks become lines of longer ones: no article has as many, and each costs 60 µs.
MOST_BLOCKS, LONG_BLOCK = 50_000, 1_000  # blocks, characters
# A cell belongs to a layout, and not to a table of values, if it is longer or has one of these in it.
LONG_CELL, LAID_OUT = 80, "p + p, br + br, table, h1, h2, h3"

UNRENDERED = frozenset({
    "script", "style", "template", "head", "svg", "math", "iframe", "object", "embed", "audio",
    "video", "canvas", "map", "select", "datalist", "textarea", "input", "noframes", "noembed",
    "rt", "rp", "rtc",  # ruby: readings above characters, and the brackets around them
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture",
    "progress", "q", "rb", "ruby", "s", "samp", "small", "source", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "link", "meta",
})  # fmt: skip
CELLS = frozenset(("td", "th"))
BOLD = frozenset(("b", "strong"))
NAMING = ("class", "id", "role", "itemprop")
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# The classes of frameworks for text that is only for screen readers.
FOR_SCREEN_READERS = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only",
    "a11y-hidden", "assistive-text", "show-for-sr", "element-invisible", "offscreen",
})  # fmt: skip
TO_NOTE = re.compile(r"\b(?:footnote|endnote|noteref|fn|note-link)", re.IGNORECASE)
UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# Above 10 MB trafilatura returns nothing or takes over 12 s; the benchmark's largest page has 4 MB.
MAX_PAGE_CHARS = 10_000_000


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as text, and the blocks of that text in order, separated by "\\n"."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Writer:
    """The blocks written so far, and the one being written."""

    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    element: Element | None = None
    link_chars: int = 0
    bold_chars: int = 0
    depth_in: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("a", "bold", "pre", "q"), 0))
    breaks: int = 0
    blocks_before: list[int] = field(default_factory=list)  # each open cell
    is_after_link: bool = False

    def write(self, text: str, element: Element) -> None:
        """Add a text node; the block belongs to the element of its first visible one."""
        self.pieces.append(text)
        if text.isspace():
            return
        self.breaks = 0
        self.is_after_link = False
        if self.element is None:
            self.element = element
        if self.depth_in["a"]:
            self.link_chars += len(text.strip())
        if self.depth_in["bold"]:
            self.bold_chars += len(text.strip())

    def open_text(self) -> str:
        """Return the end of the open block's text."""
        return "".join(self.pieces[-8:])

    def turn_inline(self, tag: str, is_start: bool) -> None:
        """Count where links and bold begin and end; put a space between two adjacent links."""
        if tag == "br":
            self._break_line(is_start)
        elif tag == "a":
            self.depth_in["a"] += 1 if is_start else -1
            if is_start and self.is_after_link:
                self.pieces.append(" ")
            self.is_after_link = not is_start
        elif tag in BOLD:
            self.depth_in["bold"] += 1 if is_start else -1
        elif tag == "q":
            self.pieces.append(self._quotation_mark(is_start))

    def _quotation_mark(self, is_start: bool) -> str:
        """Return the quotation mark that browsers show for <q>."""
        self.depth_in["q"] += 1 if is_start else 0
        marks = "“”" if self.depth_in["q"] % 2 else "‘’"
        self.depth_in["q"] -= 0 if is_start else 1
        return marks[0] if is_start else marks[1]

    def open_element(self, tag: str, node: LexborNode) -> None:
        """Begin a block, or the next cell of the open row unless that is part of a layout."""
        is_next = tag in CELLS and self.element and sum(map(len, self.pieces)) <= LONG_CELL
        if is_next and node.css_first(LAID_OUT) is None:
            self.pieces.append(" | ")
        else:
            self.close_block()
        if tag in CELLS:
            self.blocks_before.append(len(self.blocks))
        if tag == "pre":
            self.depth_in["pre"] += 1

    def close_element(self, tag: str) -> None:
        """End a block; a cell of one block stays open for the next cell of its row."""
        if tag not in CELLS or self.blocks_before.pop() < len(self.blocks):
            self.close_block()
        if tag == "pre":
            self.depth_in["pre"] -= 1

    def close_block(self) -> None:
        """Write the open block, unless it has no visible characters."""
        if not self.pieces:
            return
        if self.element is not None:
            text = _collapse("".join(self.pieces), keep_lines=bool(self.depth_in["pre"]))
            if text:
                self._append(text, self.element)
            self.element = None
        self.pieces.clear()
        self.link_chars = self.bold_chars = 0
        self.is_after_link = False

    def _break_line(self, is_start: bool) -> None:
        self.breaks += is_start
        if self.depth_in["pre"]:
            self.pieces.append("\n" if is_start else "")
        elif self.breaks > 1:
            self.close_block()
        else:
            self.pieces.append(" ")

    def _append(self, text: str, element: Element) -> None:
        if self.blocks and is_drop_cap(self.blocks[-1].text, text):
            letter = self.blocks.pop().text
            self.length = self.blocks[-1].end_char if self.blocks else 0
            text = f"{letter}{space_behind(letter, text)}{text}"
        elif (apart := find_letter_apart(text)) is not None:
            text = text[:apart] + text[apart + 1 :]
        start = self.length + 1 if self.blocks else 0
        self.length = start + len(text)
        link_chars, bold_chars = min(self.link_chars, len(text)), min(self.bold_chars, len(text))
        block = Block(start, self.length, text, Markup(element, link_chars, bold_chars))
        is_joined = len(self.blocks) >= MOST_BLOCKS and len(self.blocks[-1].text) < LONG_BLOCK
        self.blocks.append(_join(self.blocks.pop(), block) if is_joined else block)


def read_page(page: Page) -> Rendering | Rejected:
    """Render a page, or return the reason for rejection if it is too large or too deep."""
    if (size := len(page.html)) > MAX_PAGE_CHARS:
        return Rejected(
            "clean", "too_large", f"{size:,} characters of HTML; the limit is {MAX_PAGE_CHARS:,}"
        )
    rendering = render_page(page)
    if any(block.markup and block.markup.element.depth >= DEEPEST for block in rendering.blocks):
        return Rejected("clean", "too_deep", f"elements nested {DEEPEST} deep or more")
    return rendering


def render_page(page: Page) -> Rendering:
    """Render a page as text, each block (paragraph, heading, item, table row, menu entry) on one line.

    Elements that are hidden until a click (folded answers, tabs) and <noscript> are rendered and marked
    as hidden; later rules decide whether they belong to the article. Scripts, styles, frames and form
    fields are left out. The lines of a <pre> stay lines within one block. A single <br> is a space,
    two end the block.

    >>> page = Page("<ul><li>Home<li><a href=/>News</a></ul><p>First <b>night</b>.<br><br>Then")
    >>> rendering = render_page(page)
    >>> rendering.text.split("\\n")
    ['Home', 'News', 'First night.', 'Then']
    >>> [rendering.text[b.start_char : b.end_char] == b.text for b in rendering.blocks]
    [True, True, True, True]
    >>> render_page(Page("<table><tr><td>Rice<td>2 kg</table><pre>a\\n  b</pre>")).text
    'Rice | 2 kg\\na\\n  b'
    >>> render_page(Page("<table><tr><td>Menu<td>Rice.<p>Tea.<p>Salt.<td>Ads</table>")).text.split("\\n")
    ['Menu', 'Rice.', 'Tea.', 'Salt.', 'Ads']
    """
    root = page.lexbor.body or page.lexbor.root
    writer = _Writer()
    if root is not None:
        _walk(root, writer)
    return Rendering("\n".join(block.text for block in writer.blocks), tuple(writer.blocks))


def _walk(root: LexborNode, writer: _Writer) -> None:
    """Write the tree below `root` in document order, without recursion."""
    element = Element("body", _names(root), 1, None)
    open_nodes: list[tuple[LexborNode, str, Element]] = []
    node = root.child
    while node is not None or open_nodes:
        if node is None:
            node, tag, element = open_nodes.pop()
            if tag in INLINE:
                writer.turn_inline(tag, is_start=False)
            else:
                writer.close_element(tag)
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            writer.write(node.text_content or "", element)
            node = node.next
        elif (
            tag in UNRENDERED
            or tag.startswith("-")
            or (tag in INLINE and _is_done(node, tag, element, writer))
        ):
            node = node.next
        else:
            open_nodes.append((node, tag, element))
            if tag in INLINE:
                writer.turn_inline(tag, is_start=True)
            else:
                writer.open_element(tag, node)
                element = _below(element, node, tag)
            node = node.child
    writer.close_block()


def _is_done(node: LexborNode, tag: str, element: Element, writer: _Writer) -> bool:
    """Return True for inline elements that are not shown, and for raised words, which are written.

    Classes can hide an element from all but screen readers.
    """
    given = node.attributes
    if tag != "sup" and not (tag == "a" and _leads_to_note(given)):
        return not FOR_SCREEN_READERS.isdisjoint((given.get("class") or "").split())
    raised = read_raised(node.text(), writer.open_text())
    if raised:
        writer.write(raised, element)
    return raised is not None


def _leads_to_note(given: Mapping[str, str | None]) -> bool:
    """Return True if the attributes of a link call it the mark of a note."""
    names = (given.get(name) for name in ("class", "role", "epub:type"))
    return any(TO_NOTE.search(name) for name in names if name)


def _below(above: Element, node: LexborNode, tag: str) -> Element:
    """Return the child element for a node; below the deepest level, return the parent itself."""
    return above if above.depth >= DEEPEST else Element(tag, _names(node), above.depth + 1, above)


def _names(node: LexborNode) -> str:
    """Return the class and id words of an element in lower case, and `hidden` if it is not shown."""
    attributes = node.attributes
    if not attributes:
        return ""
    names = [value for key in NAMING if (value := attributes.get(key))]
    if "hidden" in attributes or UNSHOWN.search(attributes.get("style") or ""):
        names.append("hidden")
    return " ".join(" ".join(names).lower().split())


def _join(before: Block, block: Block) -> Block:
    """Return two neighbours as one block of several lines, in the element of the first."""
    first, second = before.markup, block.markup
    markup = (
        first
        and second
        and Markup(
            first.element, first.link_chars + second.link_chars, first.bold_chars + second.bold_chars
        )
    )
    return Block(before.start_char, block.end_char, f"{before.text}\n{block.text}", markup)


def _collapse(text: str, *, keep_lines: bool) -> str:
    """Remove invisible characters: zero-width characters, repeated spaces, outer blank lines."""
    if not text.isascii():
        for sign in INVISIBLE:  # faster than str.translate
            text = text.replace(sign, "")
    if not keep_lines:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
