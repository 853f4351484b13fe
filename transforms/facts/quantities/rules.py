"""The rules that find reported figures."""

from dataclasses import dataclass
from typing import NamedTuple

from transforms.rule import Rule


@dataclass(frozen=True, slots=True)
class QuantityRule(Rule):
    """A rule that finds a figure.

    With `counts_things` its unit may be a noun that a number without one goes on with; without
    `is_exact` its value is an order of magnitude.
    """

    counts_things: bool = False
    is_exact: bool = True


class UnitRules(NamedTuple):
    """The rules for one kind of unit, by how the number is written."""

    digits: QuantityRule
    words: QuantityRule
    range: QuantityRule


def _of_unit(name: str, *told: tuple[str, str], counts_things: bool = False) -> UnitRules:
    """Return the rules of a kind of unit from the sentence and the example of each way to write it."""
    ways = zip(("", "_in_words", "_range"), told, strict=True)
    return UnitRules(*(QuantityRule(name + way, *one, counts_things) for way, one in ways))


MONEY = _of_unit(
    "money",
    ("An amount of money.", "The firm paid US$5.5 million."),
    ("An amount of money in words.", "The firm paid five million euros."),
    ("A range of amounts of money.", "The firm paid between $20 and $30 million."),
)
PERCENT = _of_unit(
    "percent",
    ("A percentage.", "Profits fell by 12.5 per cent."),
    ("A percentage in words.", "Profits fell by five per cent."),
    ("A range of percentages.", "Profits fell by 10 to 12 per cent."),
)
MEASURE = _of_unit(
    "measure",
    ("A number with a unit of measure.", "The bridge weighs 300 tonnes."),
    ("A number in words with a unit of measure.", "The bridge weighs five tonnes."),
    ("A range with a unit of measure.", "The bridge weighs 300 to 400 tonnes."),
)
COUNTED_NOUN = _of_unit(
    "counted_noun",
    ("A number with the noun that it counts.", "The app has 355 million users."),
    ("A number in words with the noun that it counts.", "Five fishermen were rescued."),
    ("A range with the noun that it counts.", "Between 20 and 30 shops closed."),
    counts_things=True,
)
ORDER_OF_MAGNITUDE = QuantityRule(
    "order_of_magnitude",
    "An order of magnitude; the value is the least that it can mean.",
    "Some accounts attract hundreds of thousands of followers.",
    counts_things=True,
    is_exact=False,
)
SHARED_NOUN = QuantityRule(
    "shared_noun",
    "A number that shares the noun of the next one.",
    "The teachers saw 147 of 519 pupils.",
    counts_things=True,
)
NUMBER_WITHOUT_NOUN = QuantityRule(
    "number_without_noun",
    "A number without a noun that counts what the figure before it counts, or something not named.",
    "The police arrested 40 people in Paris and another five in London.",
    counts_things=True,
)
SHARE = QuantityRule(
    "share",
    "A share of a whole, as a part of one; in tenths (三成, 2割), as per cent.",
    "One in five households has no car.",
)

OTHERS = (ORDER_OF_MAGNITUDE, SHARED_NOUN, NUMBER_WITHOUT_NOUN, SHARE)
QUANTITY_RULES = (*MONEY, *PERCENT, *MEASURE, *COUNTED_NOUN, *OTHERS)
BY_UNIT_KIND = {"money": MONEY, "percent": PERCENT, "measure": MEASURE}
QUANTITY_RULE_OF = {rule.name: rule for rule in QUANTITY_RULES}
