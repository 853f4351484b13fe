"""Winnow's own packages, whatever else has their names.

The folder that Python starts in comes first on sys.path, and it may have a flows/ of its own: every
project with Prefect flows does. Nobody else has a package named winnow, so the rest is found beside it.
"""

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def import_own(*names: str) -> None:
    """Import top-level packages from the folder of this one, and leave sys.path as it is.

    From then on `import flows.ingest` means Winnow's, in this process. Raises ImportError if another
    package of that name was imported before.
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
    """Return the file or the folder that a module came from."""
    module = sys.modules[name]
    return module.__file__ or str(next(iter(module.__path__), name))
