"""Rules in words, from the registry of the cleaner where it has one."""

from functools import cache
from importlib import import_module


@cache
def say_rule(name: str) -> str:
    """Return the sentence of a rule, empty if none is declared."""
    return _sentences().get(name, "")


@cache
def _sentences() -> dict[str, str]:
    try:
        rules = import_module("transforms.rules").RULES
    except ModuleNotFoundError:
        return {}
    return {name: rule.sentence for name, rule in rules.items()}
