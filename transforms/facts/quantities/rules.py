"""The rules that find reported figures."""

from dataclasses import dataclass

from transforms.rule import Rule


@dataclass(frozen=True, slots=True)
class QuantityRule(Rule):
    """A rule that finds a figure.

    With `counts_things` its unit may be a noun that a number without one goes on with; without
    `is_exact` its value is an order of magnitude.
    """

    counts_things: bool = False
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class UnitRules:
    """The rules for one kind of unit, by how the number is written."""

    digits: QuantityRule
    words: QuantityRule
    range: QuantityRule


MONEY = UnitRules(
    QuantityRule("money", "An amount of money.", "The firm paid US$5.5 million."),
    QuantityRule("money_in_words", "An amount of money in words.", "The firm paid five million euros."),
    QuantityRule(
        "money_range", "A range of amounts of money.", "The firm paid between $20 and $30 million."
    ),
)
PERCENT = UnitRules(
    QuantityRule("percent", "A percentage.", "Profits fell by 12.5 per cent."),
    QuantityRule("percent_in_words", "A percentage in words.", "Profits fell by five per cent."),
    QuantityRule("percent_range", "A range of percentages.", "Profits fell by 10 to 12 per cent."),
)
MEASURE = UnitRules(
    QuantityRule("measure", "A number with a unit of measure.", "The bridge weighs 300 tonnes."),
    QuantityRule(
        "measure_in_words", "A number in words with a unit of measure.", "The bridge weighs five tonnes."
    ),
    QuantityRule(
        "measure_range", "A range with a unit of measure.", "The bridge weighs 300 to 400 tonnes."
    ),
)
COUNTED_NOUN = UnitRules(
    QuantityRule(
        "counted_noun",
        "A number with the noun that it counts.",
        "The app has 355 million users.",
        counts_things=True,
    ),
    QuantityRule(
        "counted_noun_in_words",
        "A number in words with the noun that it counts.",
        "Five fishermen were rescued.",
        counts_things=True,
    ),
    QuantityRule(
        "counted_noun_range",
        "A range with the noun that it counts.",
        "Between 20 and 30 shops closed.",
        counts_things=True,
    ),
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
    "A share of a whole, as a part of one.",
    "One in five households has no car.",
)

QUANTITY_RULES = (
    *(
        rule
        for unit in (MONEY, PERCENT, MEASURE, COUNTED_NOUN)
        for rule in (unit.digits, unit.words, unit.range)
    ),
    ORDER_OF_MAGNITUDE,
    SHARED_NOUN,
    NUMBER_WITHOUT_NOUN,
    SHARE,
)
BY_UNIT_KIND = {"money": MONEY, "percent": PERCENT, "measure": MEASURE}
QUANTITY_RULE_OF = {rule.name: rule for rule in QUANTITY_RULES}
