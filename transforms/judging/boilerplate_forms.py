"""Recognise boilerplate by patterns, where a list of phrases cannot be complete."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from transforms.judging.rules import LINE_WITHOUT_WORDS, PATTERN_RULES, SegmentRule
from transforms.language.reference import read_reference
from warehouse.schema.tables import Role


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
