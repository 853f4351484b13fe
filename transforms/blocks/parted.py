"""Find words that a hyphen parts at a line's end: "govern-" and "ment" for "government"."""

import re
from collections.abc import Iterator

PARTED = re.compile(r"(?<!\w)(?P<head>[^\W\d_]{2,40})-\r?\n(?P<tail>[^\W\d_]{2,40})(?![\w-])")
WORD = re.compile(r"(?<!\w)[^\W\d_]{2,80}+(?:-[^\W\d_]{1,80}+)*+")


def find_parted(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the spans of hyphen and line end between the parts of a word.

    The word must be elsewhere in the text, with no hyphen, and its parts must not both be words of the
    text: anything else may be a compound.

    >>> text = "The govern-\nment is well-\nknown. No government is well, or known."
    >>> [text[start - 6 : end + 4] for start, end in find_parted(text)]
    ['govern-\nment']
    """
    if "-\n" not in text and "-\r\n" not in text:
        return
    parted = [one for one in PARTED.finditer(text) if one["tail"].islower()]
    words = _words(text) if parted else set()
    for one in parted:
        head, tail = one["head"].casefold(), one["tail"].casefold()
        is_compound = f"{head}-{tail}" in words or {head, tail} <= words
        if head + tail in words and not is_compound:
            yield one.end("head"), one.start("tail")


def _words(text: str) -> set[str]:
    """Return the words of a text and its compounds with a hyphen, without those at a line's end."""
    return {word.casefold() for word in WORD.findall(PARTED.sub(" ", text))}
