"""Import Winnow's packages even if others on sys.path have the same names.

The current folder comes first on sys.path and can contain another flows/, as every project with Prefect
flows does. The name winnow is unique, so the other packages are found beside it.
"""

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def import_own(*names: str) -> None:
    """Import top-level packages from the folder of this package, without changing sys.path.

    After that, `import flows.ingest` means Winnow's package in this process. Raises ImportError if
    another package of that name was imported before.
    """
    for name in names:
        if name not in sys.modules:
            _import_own(name)
        elif not _is_own(name):
            raise ImportError(
                f"Winnow needs its package {name!r}, but {_place(name)} was imported under that name;"
                " import winnow in a process of its own, or rename the other package",
                name=name,
            )


def _import_own(name: str) -> None:
    spec = PathFinder.find_spec(name, [str(ROOT)])
    if spec is None or spec.loader is None:
        raise ImportError(f"{ROOT / name}: this part of Winnow is missing; install it again", name=name)
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)


def _is_own(name: str) -> bool:
    return Path(_place(name)).resolve().parent == ROOT / name


def _place(name: str) -> str:
    """Return the file or folder from which a module was imported."""
    module = sys.modules[name]
    return module.__file__ or str(next(iter(module.__path__), name))
