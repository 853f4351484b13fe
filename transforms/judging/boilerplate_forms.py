"""Recognise boilerplate by patterns, where a list of phrases cannot be complete."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick

from transforms.judging.rules import LINE_WITHOUT_WORDS, PATTERN_RULES, SegmentRule
from transforms.language.reference import read_reference
from warehouse.schema.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Form:
    """A form of boilerplate: its rule, the role of such a line, and its maximum length in words.

    Longer lines do not match, since an article can quote a notice. If `is_certain` is false, a high
    score overrides the form.
    """

    rule: SegmentRule
    role: Role
    most_words: int
    is_certain: bool
    pattern: re.Pattern[str]


WITHOUT_WORDS = Form(LINE_WITHOUT_WORDS, "other", 0, True, re.compile(""))


def find_form(text: str, words: int) -> Form | None:
    """Return the first form of boilerplate that matches a line with this number of words, or None.

    All but lines without words are listed in seeds/reference/forms.csv.
    """
    if words == 0:
        return WITHOUT_WORDS
    if not may_have_form(text, words):
        return None
    return next((f for f in _forms() if words <= f.most_words and f.pattern.search(text)), None)


def may_have_form(text: str, words: int) -> bool:
    """Return False if no form can match a line, after two searches instead of one for each form.

    A form either begins at the start of the line, or needs one of its words (column `needs`). A line of
    many words has only forms of the first kind.
    """
    low, is_plain = _lower(text), text.isascii()
    if _anchored(ignores_case=not is_plain).match(low if is_plain else text):
        return True
    return words <= _most_words() and bool(_needed().find_matches_as_indexes(low))


def _lower(text: str) -> str:
    """Return a text in lower case; letters that a pattern takes for the same become the same.

    >>> _lower("\u0130MAGE \u0131mage")
    'image image'
    """
    if text.isascii():
        return text.lower()
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


@cache
def _forms() -> tuple[Form, ...]:
    rules = {rule.name: rule for rule in PATTERN_RULES}
    return tuple(
        Form(
            rules[row["rule"]],
            cast(Role, row["role"]),
            int(row["most_words"]),
            row["is_certain"] == "yes",
            re.compile(row["pattern"], re.IGNORECASE),
        )
        for row in read_reference("forms")
    )


@cache
def _most_words() -> int:
    """Return the length in words of the longest line that can have a form which needs a word."""
    return max(int(row["most_words"]) for row in read_reference("forms") if row["needs"])


@cache
def _anchored(*, ignores_case: bool) -> re.Pattern[str]:
    """Return one pattern for all the forms that begin at the start of a line.

    It takes a third less time on text in lower case than one that ignores case.
    """
    patterns = [row["pattern"] for row in read_reference("forms") if not row["needs"]]
    flags = re.IGNORECASE if ignores_case else re.NOFLAG
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


@cache
def _needed() -> AhoCorasick:
    """Return an automaton that finds the words that the other forms need."""
    rows = (row["needs"] for row in read_reference("forms") if row["needs"])
    return AhoCorasick(sorted({word for needs in rows for word in needs.split("|")}))
