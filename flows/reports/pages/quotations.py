"""Quotations that several articles of a story carry, compared word by word."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

FEWEST_WORDS = 4
SHARED = 0.7  # of the shorter one's words: as in the view same_quotation
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
PAIRS_SHOWN = 10
MOST_QUOTES = 400  # of a story that are compared: each with each


def compare_quotes(quotes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return pairs of quotations that share most words, those worded differently first."""
    said = [
        q | {"words": {w.lower() for w in WORD.findall(q["text"])}}
        for q in quotes
        if q["kind"] == "statement"
    ]
    said = [q for q in said if len(q["words"]) >= FEWEST_WORDS][:MOST_QUOTES]
    found = [
        _pair(one, other)
        for i, one in enumerate(said)
        for other in said[i + 1 :]
        if one["article_id"] != other["article_id"] and _shares(one["words"], other["words"])
    ]
    return sorted(_without_repeats(found), key=lambda pair: pair["is_same"])[:PAIRS_SHOWN]


def _without_repeats(pairs: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield pairs of wordings once; the others are of copies or versions of the same articles."""
    seen: set[frozenset[tuple[str, ...]]] = set()
    for pair in pairs:
        wordings = frozenset(_bare(pair[side]["text"]) for side in ("one", "other"))
        if wordings not in seen:
            seen.add(wordings)
            yield pair


def _bare(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in WORD.findall(text))


def _shares(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= SHARED * min(len(one), len(other))


def _pair(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    left, right = compare_words(one["text"], other["text"])
    is_same = not any(changed for _, changed in [*left, *right])
    return {"one": one, "other": other, "left": left, "right": right, "is_same": is_same}


def compare_words(one: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts in pieces, each with whether it differs; case and end punctuation do not count.

    >>> compare_words("Any editor", "Every editor.")
    ([('Any', True), ('editor', False)], [('Every', True), ('editor.', False)])
    """
    left, right = one.split(), other.split()
    keys = [[word.lower().strip(".,;:!?“”\"'’") for word in side] for side in (left, right)]
    marks = [[True] * len(left), [True] * len(right)]
    for block in difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_matching_blocks():
        for i in range(block.size):
            marks[0][block.a + i] = marks[1][block.b + i] = False
    return list(zip(left, marks[0], strict=True)), list(zip(right, marks[1], strict=True))
