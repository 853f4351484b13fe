"""Compute a digest of code that moves, comments and docstrings do not change."""

import ast
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def digest_code(sources: Iterable[str], package: str) -> str:
    """Return a digest of the statements in the Python sources of a package, in hex.

    Moving a definition to another file, or a file to another folder, does not change the digest. Imports
    within the package are ignored: tests/house/test_names.py ensures that each name that modules
    import from each other is defined only once.

    >>> one = digest_code(["from a.b import f\\nX = f(1)  # why", "def f(n): return n"], "a")
    >>> one == digest_code(["def f(n):\\n    'Return n.'\\n    return n\\nX = f(1)"], "a")
    True
    >>> one == digest_code(["def f(n): return n + 1\\nX = f(1)"], "a")
    False
    """
    statements: list[str] = []
    imports: set[str] = set()
    for source in sources:
        for statement in _body_of(ast.parse(source)):
            told: list[str] = []
            _tell(statement, package, told)
            is_import = isinstance(statement, ast.Import | ast.ImportFrom)
            imports.add("".join(told)) if is_import else statements.append("".join(told))
    imports.discard("")  # of those from the package
    return sha256("\0".join([*sorted(imports), *sorted(statements)]).encode()).hexdigest()


def _tell(node: Any, package: str, told: list[str]) -> None:
    """Add a part of a syntax tree in words, without docstrings and imports from the package.

    It takes less time than `ast.dump` on a tree that a NodeTransformer has changed.
    """
    if isinstance(node, list):
        told.append("[")
        for one in node:
            _tell(one, package, told)
        told.append("]")
    elif not isinstance(node, ast.AST):
        told.append(repr(node))
    elif not (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package):
        told.append(f"{type(node).__name__}(")
        for name in node._fields:
            value = getattr(node, name, None)
            _tell(_body_of(node) if name == "body" else value, package, told)
            told.append(",")
        told.append(")")


def _body_of(node: Any) -> Any:
    """Return the body of a node without its docstring."""
    if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
        return node.body[1:]
    return node.body
