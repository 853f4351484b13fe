"""Recognise the set phrases of page furniture: reply forms, menus, share bars, related stories."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from transforms.reference import read_reference
from transforms.words import DENSE
from warehouse.schema import Role

# A sentence may well begin or end with the words of a phrase; a line of furniture is short.
LONGEST_WORDS = 12
LONGEST_CHARS = 90
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
EDGES = re.compile(r"^[^\w#]+|[^\w#]+$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set phrase: what a line with it is, and whether furniture runs on after it."""

    role: Role
    opens_rest: bool
    text: str


def normalise(line: str) -> str:
    """Return a line as phrases are written: folded, numbers as #, no punctuation at the edges.

    >>> normalise("  12 Comments: »")
    '# comments'
    """
    folded = " ".join(unicodedata.normalize("NFKC", line).casefold().split())
    return EDGES.sub("", NUMBER.sub("#", folded))


def find_phrase(line: str) -> Phrase | None:
    """Return the phrase that a line is, or that a short line begins or ends with."""
    if len(line) > LONGEST_CHARS and not _phrases("line").get(normalise(line)):
        return None
    text = normalise(line)
    if phrase := _phrases("line").get(text):
        return phrase
    for starts, ends in _cuts(text):
        if phrase := _phrases("start").get(starts) or _phrases("end").get(ends):
            return phrase
    return None


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the beginnings and ends of a short line, the longest first."""
    parts, glue = (list(text), "") if DENSE.search(text) else (text.split(), " ")
    if len(parts) <= (LONGEST_WORDS if glue else 3 * LONGEST_WORDS):
        for length in range(len(parts), 0, -1):
            yield glue.join(parts[:length]), glue.join(parts[-length:])


@cache
def _phrases(match: str) -> dict[str, Phrase]:
    return {
        row["phrase"]: Phrase(cast(Role, row["role"]), row["scope"] == "rest", row["phrase"])
        for row in read_reference("phrases")
        if row["match"] == match
    }
