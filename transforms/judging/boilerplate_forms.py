"""Boilerplate recognised by pattern, where no list of phrases could name it all."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from transforms.judging.rules import LINE_WITHOUT_WORDS, PATTERN_RULES, SegmentRule
from transforms.language.reference import read_reference
from warehouse.schema.tables import Role


@dataclass(frozen=True, slots=True)
class Form:
    """A form of boilerplate: its rule, the role of such a line, and how many words it may have.

    A pattern applies to a line only up to a length: an article may well quote a notice. One that is
    not certain gives way to a score that is sure.
    """

    rule: SegmentRule
    role: Role
    most_words: int
    is_certain: bool
    pattern: re.Pattern[str]


WITHOUT_WORDS = Form(LINE_WITHOUT_WORDS, "other", 0, True, re.compile(""))


def find_form(text: str, words: int) -> Form | None:
    """Return the form of boilerplate that a line of so many words has, the surest first, or None.

    All but lines without words are listed in seeds/reference/forms.csv.
    """
    if words == 0:
        return WITHOUT_WORDS
    return next((f for f in _forms() if words <= f.most_words and f.pattern.search(text)), None)


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
