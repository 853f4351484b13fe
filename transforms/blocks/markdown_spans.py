"""Find the marks of Markdown inside lines: links, pictures, emphasis and code."""

import re
from collections.abc import Iterator

Bounds = tuple[int, int]

# Bounds keep a text of nothing but brackets or stars from being read again from each of them. A line
# end in an address is what a converter that wraps leaves; a link goes on over one, and not over two.
TARGET_START = r"(?:[a-z]{2,12}:|www\.|[/#?.]|[\w-]{1,80}+(?:/|\.(?:html?|php|aspx?)\b))"
REST = r"(?:[^\s()<>]|\([^\s()]{0,200}+\)|\n(?=[^\s()<>])){0,2000}+"
TARGET = rf"\((?:<?{TARGET_START}{REST}>?)?(?:\s\"[^\"\n]{{0,500}}+\")?\s?\)"
BRACKET = re.compile(rf"\n[ \t]*+\n|(?<!\\)!?\[|(?<!\\)\](?P<target>{TARGET})?")
REFERENCE = re.compile(
    rf"\n[ \t]*+\n|(?<!\\)!?\[|(?<!\\)\](?P<target>{TARGET}|\[[^\[\]\n]{{0,80}}+\])?(?!:)"
)
EMPHASIS = re.compile(r"\n[ \t]*+\n|(?<![*\\])\*{1,3}+(?!\*)|(?<![_\\])_(?!_)|(?<![`\\])`{1,2}+(?!`)")


def find_links(text: str, has_definitions: bool = False) -> Iterator[Bounds]:
    """Yield the spans around the words of links, and those of pictures, in no order.

    >>> text = "By [Jane ![](/j.png)Doe](https://a.example/jane), not a[1](x)"
    >>> hidden = sorted(find_links(text))
    >>> [text[start:end] for start, end in hidden]
    ['[', '![](/j.png)', '](https://a.example/jane)']
    """
    found: list[Bounds] = []
    opened: list[tuple[Bounds, int]] = []
    for match in (REFERENCE if has_definitions else BRACKET).finditer(text):
        if match[0][0] == "\n":
            opened.clear()
        elif match[0][0] in "![":
            opened.append((match.span(), len(found)))
        elif opened:
            (start, end), inside = opened.pop()
            if match["target"] is None:
                continue
            is_picture = text[start] == "!"
            found[inside if is_picture else len(found) :] = (
                [(start, match.end())] if is_picture else [(start, end), match.span()]
            )
    yield from found


def find_emphasis(text: str) -> Iterator[Bounds]:
    """Yield the spans of paired stars, low lines and backquotes, in order of their ends.

    Stars inside a word of letters with cases are no emphasis ("f**k"); a script without cases writes
    no spaces around it.

    >>> text = "It is **very** dear, _they_ say: 2 * 3 * 4, a_b_c, 这是**重点**内容"
    >>> "".join(text[start:end] for start, end in find_emphasis(text))
    '****__****'
    """
    opened: dict[str, Bounds] = {}
    for match in EMPHASIS.finditer(text):
        mark, (start, end) = match[0], match.span()
        if mark[0] == "\n":
            opened.clear()
        elif mark in opened and _closes(text, start, end):
            yield opened.pop(mark)
            yield start, end
        elif _opens(text, start, end):
            opened[mark] = (start, end)


def _opens(text: str, start: int, end: int) -> bool:
    return (
        not text[end : end + 1].isspace()
        and end < len(text)
        and not _has_case(text[max(start - 1, 0) : start])
    )


def _closes(text: str, start: int, end: int) -> bool:
    return not text[start - 1].isspace() and not _has_case(text[end : end + 1])


def _has_case(char: str) -> bool:
    """Return True for digits, and for letters of a script with capitals."""
    return char.isdigit() or char.lower() != char.upper()
