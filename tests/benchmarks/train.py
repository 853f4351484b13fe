"""Train the three models of the labeller, and write them with their card.

    python -m tests.benchmarks.train BENCH --cache FOLDER [--out seeds/models]
        [--corrections FILE] [--quick]

BENCH is the folder of the benchmark, FOLDER one outside the repository for features of pages. The
same data and versions give the same bytes. Each collection is left out by turns: what models of the
others keep of it, beside other tools, goes to the card and to docs/cleaning.md. The pages of dev are
never read.
"""

import argparse
import hashlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from tests.benchmarks.card import Card, read_card, write_card
from tests.benchmarks.collections import (
    DATA_FILES,
    PAGE_FILES,
    SOURCES,
    read_collected,
    read_snippets,
)
from tests.benchmarks.export import export_forest, to_bytes
from tests.benchmarks.fit import TREES, Model
from tests.benchmarks.left_out import measure_left_out
from tests.benchmarks.left_out_tables import write_tables
from tests.benchmarks.material import Material, gather, train_models

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "cleaning.md"


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("seeds/models"))
    parser.add_argument("--quick", action="store_true", help="write the models without measuring")
    parser.add_argument("--corrections", type=Path, help="what `winnow corrections export` wrote")
    arguments = parser.parse_args()
    material = gather(arguments.bench, arguments.cache, arguments.corrections)
    snippets = {page["id"]: page for page in read_snippets(arguments.bench, arguments.corrections)}
    card: Card = {
        "data": describe_data(arguments.bench, arguments.corrections),
        "sources": SOURCES,
        "versions": describe_versions(),
    }
    found = write_models(train_models(material, snippets), material, arguments.out)
    card["models"] = read_card(arguments.out)["models"] | found  # the memory of sites is trained apart
    if not arguments.quick:
        pages = {page["id"]: page for page in read_collected(arguments.bench, PAGE_FILES)}
        card["left_out"] = measure_left_out(material, pages, snippets, arguments.cache)
        write_tables(DOCUMENT, card["left_out"])
    write_card(arguments.out, card)


def write_models(models: dict[Any, Model], material: Material, out: Path) -> dict[str, Any]:
    """Write the models, and return what the card says of each."""
    out.mkdir(parents=True, exist_ok=True)
    found = {}
    for kind, model in models.items():
        content = to_bytes(export_forest(model.booster, model.names))
        (out / f"{kind}.npz").write_bytes(content)
        documents = material.flats if kind == "flat" else material.pages
        weak = material.snippet_flats if kind == "flat" else material.snippet_pages
        found[kind] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "documents": len(documents),
            "weakly_labelled_documents": len(weak),
            "features": len(model.names),
            "trees": TREES,
        }
        print(kind, json.dumps(found[kind]), file=sys.stderr)
    return found


def describe_data(bench: Path, corrections: Path | None = None) -> dict[str, str]:
    """Return the digests of the files that were read."""
    files = {name: bench / name for name in DATA_FILES}
    files |= {"corrections": corrections} if corrections else {}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def describe_versions() -> dict[str, str]:
    """Return the versions on which the bytes of the models depend."""
    import selectolax
    import trafilatura

    return {
        "python": platform.python_version(),
        "lightgbm": lightgbm.__version__,
        "numpy": np.__version__,
        "selectolax": selectolax.__version__,
        "trafilatura": trafilatura.__version__,
    }


if __name__ == "__main__":
    main()
