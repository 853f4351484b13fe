"""Train the three models of the labeller, and write them with their card.

    python -m tests.benchmarks.train BENCH [--out seeds/models] [--quick]

BENCH is the folder of the benchmark. The same data and versions give the same bytes. The pages of
snippets.dev, of which only a few phrases are labelled, are added with labels that a model made
from the training pages alone gives them, mended by their phrases; dev pages are never read.
"""

import argparse
import hashlib
import io
import json
import platform
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from tests.benchmarks.examples import (
    Example,
    collect_votes,
    flat_examples,
    page_examples,
    read_pages,
    reflowed_examples,
)
from tests.benchmarks.export import export_forest
from tests.benchmarks.gold import words
from tests.benchmarks.measure import measure
from tests.benchmarks.snippets import mend_labels, pseudo_gold, score_snippets
from transforms.scoring.score import centre_on_cut

FOLDS = 3
SNIPPETS = "snippets"
REFLOWED = ("inscriptis", "wrapped")
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.15,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "use_missing": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "seed": 7,
    "verbosity": -1,
}
TREES = 80


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path, default=Path("seeds/models"))
    parser.add_argument("--quick", action="store_true", help="write the models without cross-validation")
    arguments = parser.parse_args()
    snippets = read_pages(arguments.bench / "snippets.dev.html.jsonl.gz")
    examples = gather(arguments.bench, snippets)
    card = {"data": describe_data(arguments.bench), "versions": describe_versions(), "models": {}}
    arguments.out.mkdir(parents=True, exist_ok=True)
    for kind, (found, names) in examples.items():
        booster = fit(found, names)
        content = to_bytes(export_forest(booster, names))
        (arguments.out / f"{kind}.npz").write_bytes(content)
        card["models"][kind] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "documents": len(found),
            "lines": int(sum(len(example.lines) for example in found)),
            "features": len(names),
            "trees": TREES,
            "figures": {} if arguments.quick else validate(found, names, snippets),
        }
        print(kind, json.dumps(card["models"][kind]), file=sys.stderr)
    text = json.dumps(card, indent=2, sort_keys=True) + "\n"
    (arguments.out / "card.json").write_text(text, encoding="utf-8")


def gather(
    bench: Path, all_snippets: Sequence[dict[str, Any]]
) -> dict[str, tuple[list[Example], tuple[str, ...]]]:
    """Return the examples and the features of each model."""
    pages = read_pages(bench / "train.html.jsonl.gz")
    flats = read_pages(bench / "train.flat.jsonl.gz")
    rendered = page_examples(pages, collect_votes(pages))
    best_names = rendered[0].names
    fast_names = tuple(name for name in best_names if not name.startswith("vote"))
    snippets, snippet_pages = gather_snippets(all_snippets, rendered, best_names)
    flat = flat_examples(pages, flats)
    for source in REFLOWED:
        flat += reflowed_examples(pages, source)
    flat += reflowed_examples(snippet_pages, "inscriptis")
    flat += reflowed_examples(snippet_pages, "rendered")
    return {
        "flat": (flat, flat[0].names),
        "fast": (rendered + snippets, fast_names),
        "best": (rendered + snippets, best_names),
    }


def gather_snippets(
    snippets: Sequence[dict[str, Any]], rendered: Sequence[Example], names: tuple[str, ...]
) -> tuple[list[Example], list[dict[str, Any]]]:
    """Return the pages with labelled phrases as examples, and with the gold that the labels make."""
    pages = [page | {"set": SNIPPETS, "gold_text": ""} for page in snippets]
    booster = fit(rendered, names)
    by_id = {page["id"]: page for page in pages}
    found = []
    for example in page_examples(pages, collect_votes(pages)):
        labels, trust = mend_labels(
            predict(booster, example, names), example.lines, by_id[example.page_id]
        )
        if labels.any():
            by_id[example.page_id]["gold_text"] = pseudo_gold(example.lines, labels)
            found.append(with_labels(example, labels, trust))
    return found, [page for page in pages if page["gold_text"]]


def with_labels(
    example: Example, labels: npt.NDArray[np.bool_], trust: npt.NDArray[np.float64]
) -> Example:
    """Return an example with labels that were not read off a gold text."""
    gold = Counter(words(pseudo_gold(example.lines, labels)))
    return replace(example, labels=labels, trust=trust, gold=gold)


def fit(examples: Sequence[Example], names: Sequence[str], trees: int = TREES) -> lightgbm.Booster:
    """Train a model on the named features."""
    columns = [examples[0].names.index(name) for name in names]
    rows = np.concatenate([example.rows[:, columns] for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    weights = np.concatenate([example.weights() for example in examples])
    data = lightgbm.Dataset(rows, labels, weight=weights / weights.mean(), feature_name=list(names))
    return lightgbm.train(PARAMETERS, data, trees)


def predict(
    booster: lightgbm.Booster, example: Example, names: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Return the score of each line, as the labeller would give it."""
    columns = [example.names.index(name) for name in names]
    return centre_on_cut(np.asarray(booster.predict(example.rows[:, columns]), np.float64))


def validate(
    examples: Sequence[Example], names: Sequence[str], snippet_pages: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return the figures by sites that were left out, and by whole sets that were left out."""
    gold_sets = sorted({example.set_name for example in examples} - {SNIPPETS})
    by_fold = [(example, fold_of(example.site)) for example in examples]
    scored = []
    for fold in range(FOLDS):
        booster = fit([example for example, place in by_fold if place != fold], names)
        scored += [
            (example, predict(booster, example, names)) for example, place in by_fold if place == fold
        ]
    figures = {"sites_left_out": measure([pair for pair in scored if pair[0].set_name != SNIPPETS])}
    if examples[0].source == "page":
        pages = {page["id"]: page for page in snippet_pages}
        figures["snippets_sites_left_out"] = score_snippets(
            [pair for pair in scored if pair[0].set_name == SNIPPETS], pages
        )
    for left_out in gold_sets:
        booster = fit([example for example in examples if example.set_name != left_out], names)
        held = [example for example in examples if example.set_name == left_out]
        figures[f"{left_out}_left_out"] = measure(
            [(example, predict(booster, example, names)) for example in held]
        )["ALL"]
    return figures


def fold_of(site: str) -> int:
    """Return the fold of a site, which depends on its name alone."""
    return hashlib.sha256(site.encode()).digest()[0] % FOLDS


def to_bytes(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """Return arrays as a compressed file that numpy reads, without the time of writing in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, member.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def describe_data(bench: Path) -> dict[str, str]:
    """Return the digests of the files that were read."""
    names = ("train.html.jsonl.gz", "train.flat.jsonl.gz", "snippets.dev.html.jsonl.gz")
    return {name: hashlib.sha256((bench / name).read_bytes()).hexdigest() for name in names}


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
