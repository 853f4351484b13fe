"""One meaning a name: what modules import from each other is defined in one place."""

import ast
from collections import defaultdict

from tests.loading import ROOT


def _defined(tree):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_what_transforms_import_from_each_other_is_defined_once():
    """The digest of the cleaner leaves these imports out; two definitions could be swapped unseen."""
    homes, imported = defaultdict(set), set()
    for path in (ROOT / "transforms").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in _defined(tree):
            homes[name].add(path.relative_to(ROOT).as_posix())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("transforms."):
                imported.update(alias.name for alias in node.names)
    twice = {name: sorted(homes[name]) for name in imported if len(homes[name]) > 1}
    assert len(imported) > 100
    assert twice == {}
