"""Find tags of HTML that a text shows to its readers: "the <b>harbour</b> office"."""

import re

from transforms.blocks.markdown_spans import Bounds

TAG = re.compile(r"<(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?:\s[^<>\n]{0,500})?\s?/?>")
IN_A_LINE = frozenset("a b big em font i mark p q small span strike strong sub sup u".split())
AT_THE_END = frozenset(("br", "hr"))  # of a line; between words they part two lines


def find_inline_tags(text: str) -> list[Bounds]:
    """Return the spans of the tags in a text, in order.

    None if the tags are not all of a kind that stands in a line of prose, or none is closed: such a text
    shows code.

    >>> find_inline_tags("The <b>harbour</b> office")
    [(4, 7), (14, 18)]
    >>> [find_inline_tags(text) for text in ("<div><b>harbour</b></div>", "a <b c", "<p>")]
    [[], [], []]
    """
    if "</" not in text:
        return []
    tags = list(TAG.finditer(text))
    is_prose = any(tag["closes"] for tag in tags) and all(_is_of_prose(text, tag) for tag in tags)
    return [tag.span() for tag in tags] if is_prose else []


def _is_of_prose(text: str, tag: re.Match[str]) -> bool:
    name = tag["name"].lower()
    return name in IN_A_LINE or (name in AT_THE_END and text[tag.end() : tag.end() + 1] in ("", "\n"))
