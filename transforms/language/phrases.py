"""Recognise boilerplate phrases: reply forms, menus, share bars, related stories."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
from ahocorasick_rs import AhoCorasick

from transforms.language.reference import read_reference
from transforms.language.words import DENSE
from warehouse.schema.vocabulary import Role

# A sentence can begin or end with the words of a phrase; a line of boilerplate is short.
LONGEST_WORDS = 12
LONGEST_CHARS = 90
DIGITS = dict.fromkeys(map(ord, "0123456789"), "#")
NUMBER = re.compile("[0-9]+")  # str.translate is slow beyond ASCII
OF_NUMBERS = ("##", "#.#", "#,#")  # one number each
ACCENT = re.compile("[\u0300-\u036f]")
ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")
COMMON_EDGES = " .,:;!?|-*>()[]\"'/"
BETWEEN_EDGES = re.compile(r"[\w#](?:.*[\w#])?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A boilerplate phrase: the role of a line with it, and whether boilerplate follows.

    A phrase that is the whole line is certain; one at the start or end of a line is less certain.
    """

    role: Role
    opens_rest: bool
    is_whole_line: bool
    text: str


def normalise(line: str) -> str:
    """Return a line in the form of the phrases: case folded, numbers as #, no punctuation at the ends.

    Latin letters lose their accents, which many sites leave out; other scripts keep their marks.

    >>> normalise("  12 Comments: »"), normalise("À lire aussi :")
    ('# comments', 'a lire aussi')
    """
    return _trim(_fold(" ".join(line.split())))


def normalise_lines(lines: Sequence[str]) -> list[str]:
    """Return lines as `normalise` does, faster than line by line."""
    return [_trim(folded) for folded in _fold_together([" ".join(line.split()) for line in lines])]


def find_phrase(line: str) -> Phrase | None:
    """Return the phrase that a line consists of, or that a short line begins or ends with, or None.

    >>> find_phrase("Leave a Reply").role, find_phrase("Rice is dear this year.")
    ('comment_prompt', None)
    """
    return _look_up(normalise(line), len(line) <= LONGEST_CHARS)


def find_phrases(lines: Sequence[str]) -> list[Phrase | None]:
    """Return the phrase of each line, faster than line by line.

    The lines are folded together, and only those that contain the words of a phrase are looked up.
    """
    short = [" ".join(line.split()) if len(line) <= 2 * LONGEST_CHARS else "" for line in lines]
    folded = _fold_together(short)
    joined = "\n".join(folded)
    ends = np.cumsum([len(line) + 1 for line in folded])
    places = [start for _, start, _ in _automaton().find_matches_as_indexes(joined)]
    found: list[Phrase | None] = [None] * len(lines)
    for i in np.unique(np.searchsorted(ends, places, side="right")).tolist():
        found[i] = _look_up(_trim(folded[i]), len(lines[i]) <= LONGEST_CHARS)
    return found


def _fold_together(lines: list[str]) -> list[str]:
    """Fold the plain lines together, and separately the others, which take longer."""
    folded = _fold("\n".join(line if line.isascii() else "" for line in lines)).split("\n")
    others = [i for i, line in enumerate(lines) if not line.isascii()]
    for i, line in zip(others, _fold("\n".join(lines[i] for i in others)).split("\n"), strict=False):
        folded[i] = line
    return folded


def _fold(text: str) -> str:
    if text.isascii():
        return _fold_numbers(text.casefold())
    folded = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", folded)
    if apart != folded or ACCENT.search(folded):
        folded = unicodedata.normalize("NFC", ACCENTED.sub(r"\1", apart))
    return _fold_numbers(folded.replace("’", "'"))


def _fold_numbers(text: str) -> str:
    """Write each number as "#", including points and commas; faster than a regular expression."""
    text = text.translate(DIGITS) if text.isascii() else NUMBER.sub("#", text)
    for digits in OF_NUMBERS:
        while digits in text:
            text = text.replace(digits, "#")
    return text


def _trim(folded: str) -> str:
    text = folded.strip(COMMON_EDGES)
    is_trimmed = text.isascii() and text[:1].isalnum() and text[-1:].isalnum()
    if is_trimmed:
        return text
    found = BETWEEN_EDGES.search(text)
    return found[0] if found else ""


def _look_up(text: str, is_short: bool) -> Phrase | None:
    """Return the phrase of a normalised line: the whole line, or the start or end of a short one."""
    if phrase := _phrases("line").get(text):
        return phrase
    if not text or not is_short:
        return None
    is_dense = not text.isascii() and DENSE.search(text) is not None
    first, last = (text[0], text[-1]) if is_dense else (text.partition(" ")[0], text.rpartition(" ")[2])
    starts, ends = _by_edge("start").get(first, ()), _by_edge("end").get(last, ())
    if not (starts or ends) or _is_long(text, is_dense):
        return None
    glue = "" if is_dense else " "
    begun = (phrase for phrase in starts if (text + glue).startswith(phrase.text + glue))
    ended = (phrase for phrase in ends if (glue + text).endswith(glue + phrase.text))
    return next(begun, None) or next(ended, None)


def _is_long(text: str, is_dense: bool) -> bool:
    """Return True if a line is too long for boilerplate that only begins or ends with a phrase."""
    return len(text) > 3 * LONGEST_WORDS if is_dense else text.count(" ") >= LONGEST_WORDS


@cache
def _by_edge(match: str) -> dict[str, tuple[Phrase, ...]]:
    """Return phrases by the word, and by the character, at their start or end; longest first."""
    edge = 0 if match == "start" else -1
    found: dict[str, list[Phrase]] = defaultdict(list)
    for text, phrase in sorted(_phrases(match).items(), key=lambda item: -len(item[0])):
        for key in {text[edge], text.split(" ")[edge]}:
            found[key].append(phrase)
    return {key: tuple(phrases) for key, phrases in found.items()}


@cache
def _automaton() -> AhoCorasick:
    """Return an automaton that finds the words of any phrase, also within other words."""
    return AhoCorasick(list({text for match in ("line", "start", "end") for text in _phrases(match)}))


@cache
def _phrases(match: str) -> dict[str, Phrase]:
    phrases = (
        Phrase(
            cast(Role, row["role"]), row["scope"] == "rest", match == "line", normalise(row["phrase"])
        )
        for row in read_reference("phrases")
        if row["match"] == match
    )
    return {phrase.text: phrase for phrase in phrases}
