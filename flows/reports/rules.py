"""Rules in words, from the registry of the cleaner where it has one."""

from functools import cache


@cache
def say_rule(name: str) -> str:
    """Return the sentence of a rule, empty if none is declared."""
    return _sentences().get(name, "")


@cache
def _sentences() -> dict[str, str]:
    try:
        from transforms.rules import RULES
    except ImportError:
        return {}
    return {name: rule.sentence for name, rule in RULES.items()}
