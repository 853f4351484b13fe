"""Compute a digest of code that moves, comments and docstrings do not change."""

import ast
from collections.abc import Iterable
from hashlib import sha256

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
        for statement in _Stripped(package).visit(ast.parse(source)).body:
            is_import = isinstance(statement, ast.Import | ast.ImportFrom)
            dump = ast.dump(statement, annotate_fields=False)
            imports.add(dump) if is_import else statements.append(dump)
    return sha256("\0".join([*sorted(imports), *sorted(statements)]).encode()).hexdigest()


class _Stripped(ast.NodeTransformer):
    """Removes docstrings, and imports from the package itself."""

    def __init__(self, package: str) -> None:
        self.package = package

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Remove the docstring of a definition, and visit its children."""
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        return super().generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        """Remove an import from the package itself."""
        return None if (node.module or "").split(".")[0] == self.package else node
