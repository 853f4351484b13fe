"""What is known about a rule that decides or finds something."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name as stored in a column `rule`, what it does in a sentence, and an example of it.

    The example of a segment's rule is a line; that of a fact's rule is a text in which it finds
    something. tests/transforms/test_rules.py runs every example.
    """

    name: str
    sentence: str
    example: str
