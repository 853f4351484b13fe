"""Find the units of numbers: currencies, per cent and measures, from seeds/reference/units.csv."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.language.cues import one_of
from transforms.language.reference import read_reference
from transforms.language.scripts import HAN_OR_HIRAGANA


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit beside a number: its short name, its kind, and its outer end (a character offset)."""

    name: str
    kind: str
    at: int


def unit_before(text: str, number_start: int, floor: int) -> Unit | None:
    """Return the currency sign or code before a number.

    >>> unit_before("over US$5", 8, 0)
    Unit(name='USD', kind='money', at=5)
    """
    found = _before().search(text, max(floor, number_start - 6), number_start)
    return Unit(_names()["money_before", found["form"]], "money", found.start("form")) if found else None


def unit_after(text: str, number_end: int, ceiling: int) -> Unit | None:
    """Return the currency, per cent or measure after a number.

    >>> unit_after("12.5 per cent of", 4, 16)
    Unit(name='%', kind='percent', at=13)
    """
    found = _after().match(text, number_end, ceiling)
    if not found:
        return None
    kind = next(kind for kind in KINDS if found[kind])
    return Unit(_names()[kind, found[kind]], kind.removesuffix("_after"), found.end())


KINDS = ("money_after", "percent", "measure", "people", "counted")


@cache
def _names() -> dict[tuple[str, str], str]:
    return {(row["kind"], row["form"]): row["unit"] for row in read_reference("units")}


@cache
def _before() -> re.Pattern[str]:
    forms = one_of(form for kind, form in _names() if kind == "money_before")
    return re.compile(rf"(?<![A-Za-z])(?P<form>{forms})\s?$")


@cache
def _after() -> re.Pattern[str]:
    kinds = "|".join(rf"(?P<{kind}>{_forms(kind)})" for kind in KINDS)
    return re.compile(rf"[ -]?(?:{kinds})")


def _forms(kind: str) -> str:
    """Return a pattern of a kind's forms; forms of letters must end at a word's end, Han need not."""
    forms = [form for of_kind, form in _names() if of_kind == kind]
    letters = [form for form in forms if not HAN_OR_HIRAGANA.match(form) and form[-1].isalpha()]
    return rf"(?:{one_of(letters)}(?!\w|-(?:old|jährig))|{one_of(set(forms) - set(letters))})"
