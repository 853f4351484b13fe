"""Keep what takes long to compute in a folder outside the repository: it holds page text."""

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")
ROOT = Path(__file__).parent.parent.parent
# What the features and the labels of a page are made by.
MAKERS = (
    "transforms/blocks", "transforms/language", "transforms/scoring/features", "transforms/metadata",
    "seeds/reference", "seeds/languages", "tests/benchmarks/examples.py", "tests/benchmarks/gold.py",
)  # fmt: skip
DEEPEST = 20_000  # a block's element is pickled with all those around it


def cached(folder: Path, name: str, data: Iterable[Path], make: Callable[[], Made]) -> Made:
    """Return what `make` makes, from the folder if neither the data nor the code changed since."""
    sys.setrecursionlimit(DEEPEST)
    path = folder / f"{name} {_digest([*_makers(), *data])}.pickle"
    if path.exists():
        found: Made = pickle.loads(path.read_bytes())  # written by this very function
        return found
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _makers() -> list[Path]:
    """Return the files that decide what is made."""
    folders = [ROOT / maker for maker in MAKERS]
    inside = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".csv")]
    return sorted(inside) + [path for path in folders if path.is_file()]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
