"""Find the marks of Markdown in a text: what a reader of the rendered text does not see."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain

from transforms.blocks.inline_tags import find_inline_tags
from transforms.blocks.markdown_spans import TARGET_START, Bounds, find_emphasis, find_links

# No text without one of these has a mark that is looked for, unless it begins with one.
MAY_HAVE_MARKS = ("](", "]:", "**", "\n#", "\n #", "-|")
HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})[ \t]++", re.MULTILINE)
# A comment in code is no heading: a heading stands between blank lines.
LONE_HEADING = re.compile(r"(?:\A|\n[ \t]*+\n) {0,3}#{1,6}[ \t]++[^\s#][^\n]*+(?:\n[ \t]*+(?:\n|\Z)|\Z)")
DEFINITION = re.compile(
    rf"^[ \t]{{0,3}}\[[^\[\]\n]{{1,80}}+\]:[ \t]+<?{TARGET_START}[^\n]{{0,2000}}+$", re.MULTILINE
)
# The line below the names of a table's columns.
COLUMNS = re.compile(
    r"^[ \t]{0,3}(?:\|[ \t]*+)?:?-{1,200}+:?[ \t]*+\|(?:[ \t]*+:?-{1,200}+:?[ \t]*+\|?){0,60}+$",
    re.MULTILINE,
)
FENCE = re.compile(r"^[ \t]{0,8}(?:```|~~~)[^`\n]{0,100}+$", re.MULTILINE)
BARE_ADDRESS = re.compile(r"<(https?://[^\s<>]{1,2000}+)>")
OTHERS = (
    re.compile(r"(?<=\S)[ \t]++#{1,6}[ \t]*+$", re.MULTILINE),
    re.compile(
        r"^[ \t]{0,3}(?:(?:-[ \t]?){3,200}+|(?:[*][ \t]?){3,200}+|(?:_[ \t]?){3,200}+|={3,200}+)$",
        re.MULTILINE,
    ),
    re.compile(r"^[ \t]{0,3}(?:>[ \t]{0,3}){1,9}+", re.MULTILINE),
    re.compile(r"^[ \t]{0,8}\|[| \t]{0,200}+", re.MULTILINE),
    re.compile(r"(?<=[^| \t\n])[ \t]{0,80}+\|[| \t]{0,200}+$", re.MULTILINE),
    re.compile(r"\\(?=[!-/:-@\[-`{-~])"),
)


def find_marks(text: str) -> list[Bounds]:
    r"""Return the spans of a text's marks of Markdown, in order; none if nothing shows that it is one.

    The marks of headings, quotations, tables, links, pictures, emphasis, code and escapes are found, and
    tags of HTML in prose. Those of lists are left, since a reader sees them. In code between fences
    nothing is a mark.

    >>> text = "# It is **dear**\n\n> [Why](https://a.example/b)?\n\n| kg | price |\n|---|---|\n| 2 |"
    >>> remove(text, find_marks(text)).split("\n")
    ['It is dear', '', 'Why?', '', 'kg | price', '', '2']
    """
    marks = [*find_inline_tags(text), *_find_markdown(text)]
    return _outside_code(text, marks) if marks else []


def _find_markdown(text: str) -> list[Bounds]:
    """Return the spans of the marks of Markdown itself, in no order."""
    if not text.startswith("#") and not any(mark in text for mark in MAY_HAVE_MARKS):
        return []
    definitions = _spans(DEFINITION, text)
    columns = _spans(COLUMNS, text)
    links = list(find_links(text, bool(definitions)))
    emphasis = list(find_emphasis(text))
    is_bold = any(end - start == 2 and text[start] == "*" for start, end in emphasis)
    if not (links or is_bold or definitions or columns or LONE_HEADING.search(text)):
        return []
    lines = chain(_spans(HEADING, text), *(_spans(pattern, text) for pattern in OTHERS))
    return [*definitions, *columns, *links, *emphasis, *lines, *_brackets(text)]


def remove(text: str, spans: Iterable[Bounds]) -> str:
    """Return a text without some spans."""
    bounds = [0, *chain.from_iterable(spans), len(text)]
    return "".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def _spans(pattern: re.Pattern[str], text: str) -> list[Bounds]:
    return [match.span() for match in pattern.finditer(text)]


def _brackets(text: str) -> Iterator[Bounds]:
    """Yield the brackets around bare addresses."""
    for match in BARE_ADDRESS.finditer(text):
        yield match.start(), match.start() + 1
        yield match.end() - 1, match.end()


def _outside_code(text: str, spans: Iterable[Bounds]) -> list[Bounds]:
    """Return spans in order, merged where they overlap, with the fences and without what is in them."""
    fences = _spans(FENCE, text)
    starts = [start for start, _ in fences]
    found: list[Bounds] = []
    for start, end in sorted([*fences, *spans]):
        number = bisect_right(starts, start)
        if number % 2 and start >= fences[number - 1][1]:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
