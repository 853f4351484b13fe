"""Make strings that cost a regular expression the most: what its repeated parts match, over and over.

The parts are those of Python's own parser of patterns.
"""

import re
from collections.abc import Iterator
from typing import Any

parser: Any = re._parser  # type: ignore[attr-defined]
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
OFTEN = 10  # a part that may come more often than this is worth an attack
CHARACTERS = {
    "CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a",
    "CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "|",
}  # fmt: skip


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Yield for each repeated part what stands before it, and what it repeats: a string of each.

    >>> list(attacks(re.compile("by (a|b+)* end")))
    [('by ', 'a'), ('by ', 'b')]
    """
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    parsed = parser.parse(text, pattern.flags & ~re.DEBUG)
    yield from dict.fromkeys(_attacks(parsed, ""))


def _attacks(parts: Any, before: str) -> Iterator[tuple[str, str]]:
    for kind, value in parts:
        if kind.name in REPEATS and value[1] > OFTEN:
            for unit in _ways(value[2]):
                if unit:
                    yield before, unit
        for inner in _inner(kind.name, value):
            yield from _attacks(inner, before)
        before += next(iter(_ways([(kind, value)])))


def _inner(kind: str, value: Any) -> list[Any]:
    if kind in REPEATS:
        return [value[2]]
    if kind == "BRANCH":
        return list(value[1])
    if kind == "SUBPATTERN":
        return [value[3]]
    if kind == "ATOMIC_GROUP":
        return [value]
    return [value[1]] if kind in ("ASSERT", "ASSERT_NOT") else []


def _ways(parts: Any) -> list[str]:
    """Return some strings that a sequence of parts matches: one for each branch of its last choice."""
    found = [""]
    for kind, value in parts:
        options = _options(kind.name, value)
        found = [one + option for one in found for option in options][:8]
    return found


def _options(kind: str, value: Any) -> list[str]:
    if kind == "LITERAL":
        return [chr(value)]
    if kind == "NOT_LITERAL":
        return ["a" if value != ord("a") else "b"]
    if kind == "ANY":
        return ["a"]
    if kind == "IN":
        return [_member(value)]
    if kind == "BRANCH":
        return [way for branch in value[1] for way in _ways(branch)[:1]]
    if kind in REPEATS:
        return [one * max(1, value[0]) for one in _ways(value[2])]
    if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _ways(value[3] if kind == "SUBPATTERN" else value)
    return [""]


def _member(items: Any) -> str:
    """Return a character of a class."""
    (first, value), *_ = items
    if first.name == "NEGATE":
        return next((c for c in "a A7|中" if not _is_listed(c, items[1:])), "é")
    if first.name == "RANGE":
        return chr(value[0])
    return CHARACTERS.get(value.name, "a") if first.name == "CATEGORY" else chr(value)


def _is_listed(character: str, items: Any) -> bool:
    code = ord(character)
    for kind, value in items:
        if kind.name == "LITERAL" and value == code:
            return True
        if kind.name == "RANGE" and value[0] <= code <= value[1]:
            return True
        if kind.name == "CATEGORY" and CHARACTERS.get(value.name) == character:
            return True
    return False
