"""A set of allowed words is declared once; whatever else needs it derives it from there."""

import ast
from collections import Counter

from tests.loading import ROOT

HOUSE = ("expectations", "flows", "transforms", "warehouse")


def choices(source):
    """Yield each set of words that a Literal or click.Choice spells out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
            listed = node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Choice"):
            listed = node.args[0]
        else:
            continue
        if isinstance(listed, ast.Tuple | ast.List):
            yield frozenset(map(ast.unparse, listed.elts))


def test_a_set_of_words_is_declared_once():
    sources = [
        path.read_text(encoding="utf-8") for home in HOUSE for path in (ROOT / home).rglob("*.py")
    ]
    found = Counter(choice for source in sources for choice in choices(source))
    assert len(found) > 10
    assert [sorted(choice) for choice, times in found.items() if times > 1] == []


def test_this_test_can_fail():
    source = 'Mode = Literal["best", "fast"]\nclick.Choice(["fast", "best"])'
    assert len(set(choices(source))) == 1
    assert len(list(choices(source))) == 2
