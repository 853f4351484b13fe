"""Lines that are furniture by their form, where no list of phrases could name them all."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from transforms.judging.line import Line
from transforms.language.reference import read_reference
from warehouse.schema.tables import Role


@dataclass(frozen=True, slots=True)
class Form:
    """A form of furniture: the rule's name, what a line of it is, and how many words it may have.

    A pattern speaks for a line only up to a length: an article may well quote a notice. One that is
    not certain gives way to a score that is sure.
    """

    rule: str
    role: Role
    most_words: int
    is_certain: bool
    pattern: re.Pattern[str]


ORNAMENT = Form("ornament", "other", 0, True, re.compile(""))


def find_form(line: Line) -> Form | None:
    """Return the form of furniture that a line has, the surest first, or None.

    What no word is in (rules, asterisks) is an ornament; the others stand in seeds/reference/forms.csv.
    """
    if line.words == 0:
        return ORNAMENT
    return next(
        (f for f in _forms() if line.words <= f.most_words and f.pattern.search(line.text)), None
    )


@cache
def _forms() -> tuple[Form, ...]:
    return tuple(
        Form(
            row["rule"],
            cast(Role, row["role"]),
            int(row["most_words"]),
            row["is_certain"] == "yes",
            re.compile(row["pattern"], re.IGNORECASE),
        )
        for row in read_reference("forms")
    )
