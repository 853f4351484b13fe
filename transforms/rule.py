"""The data type for a rule: its name, description and example."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, which is stored in columns `rule`, a sentence that describes it, and an example.

    The example of a segment's rule is a line; that of a fact's rule is a text in which it finds
    something. tests/transforms/test_rules.py runs every example.
    """

    name: str
    sentence: str
    example: str
