"""All rules whose names are stored in columns `rule`, by the folder that applies them."""

from dataclasses import dataclass

from transforms.article.rules import ASSEMBLY_RULES
from transforms.facts.quantities.rules import QUANTITY_RULES
from transforms.facts.quotes.rules import QUOTE_RULES
from transforms.judging.rules import JUDGING_RULES
from transforms.rule import Rule


@dataclass(frozen=True, slots=True)
class Room:
    """A folder, the table that stores its rules, and its rules in the order of the documentation."""

    folder: str
    table: str
    rules: tuple[Rule, ...]


ROOMS = (
    Room("transforms/judging", "segments", JUDGING_RULES),
    Room("transforms/article", "segments", ASSEMBLY_RULES),
    Room("transforms/facts/quotes", "quotes", QUOTE_RULES),
    Room("transforms/facts/quantities", "quantities", QUANTITY_RULES),
)
RULES = {rule.name: rule for room in ROOMS for rule in room.rules}
