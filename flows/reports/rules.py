"""Rules in words, from the registry of the cleaner."""

from functools import cache


@cache
def say_rule(name: str) -> str:
    """Return the sentence of a rule, empty if this version has no such rule."""
    from transforms.rules import RULES  # imports the rooms that apply them

    return RULES[name].sentence if name in RULES else ""
