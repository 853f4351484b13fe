"""Find words that a hyphen parts at a line's end: "govern-" and "ment" for "government"."""

import re
from collections.abc import Iterator

from transforms.language.detect import UNSURE, detect_language
from transforms.language.frequencies import word_frequencies

PARTED = re.compile(r"(?<!\w)(?P<head>[^\W\d_]{2,40})-\r?\n(?P<tail>[^\W\d_]{2,40})(?![\w-])")
WORD = re.compile(r"(?<!\w)[^\W\d_]{2,80}+(?:-[^\W\d_]{1,80}+)*+")


def find_parted(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the spans of hyphen and line end between the parts of a word.

    The word must be elsewhere in the text, with no hyphen, and its parts must not both be words of the
    text; or it is a word of the language, in English one less rare than one of its parts, as it has more
    compounds with a hyphen. Anything else may be a compound.

    >>> text = "The govern-\nment is well-\nknown for health-\ncare. No government is well, or known."
    >>> [text[start - 6 : end + 4] for start, end in find_parted(text)]
    ['govern-\nment']
    >>> list(find_parted("Der Rat schließt am Mitt-\nwoch das Hallenbad von Harrow, und niemand klagt."))
    [(24, 26)]
    """
    if "-\n" not in text and "-\r\n" not in text:
        return
    parted = [one for one in PARTED.finditer(text) if one["tail"].islower()]
    if not parted:
        return
    words, language = _words(text), detect_language(text).code
    listed, may_compound = word_frequencies(language), language in ("en", UNSURE)
    for one in parted:
        head, tail = one["head"].casefold(), one["tail"].casefold()
        if f"{head}-{tail}" in words or {head, tail} <= words:
            continue
        rarer_part = min(listed.get(part, 0.0) for part in (head, tail)) if may_compound else 0.0
        if head + tail in words or listed.get(head + tail, 0.0) > rarer_part:
            yield one.end("head"), one.start("tail")


def _words(text: str) -> set[str]:
    """Return the words of a text and its compounds with a hyphen, without those at a line's end."""
    return {word.casefold() for word in WORD.findall(PARTED.sub(" ", text))}
