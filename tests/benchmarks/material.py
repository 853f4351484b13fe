"""What the models are trained on: labelled pages and texts, and pages of which phrases are labelled."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tests.benchmarks.augment import augment_flats, augment_pages, run_on
from tests.benchmarks.cache import cached
from tests.benchmarks.collections import (
    DATA_FILES,
    FLAT_FILES,
    PAGE_FILES,
    SNIPPETS,
    Record,
    read_collected,
    read_snippets,
)
from tests.benchmarks.examples import (
    Example,
    collect_votes,
    flat_examples,
    page_examples,
    reflowed_examples,
)
from tests.benchmarks.fit import Model, fit
from tests.benchmarks.gold import words
from tests.benchmarks.snippets import mend_labels, pseudo_gold
from transforms.scoring.score import ModelKind

FLATTENED_BY_BENCH = ("wet", "resiliparse")
REFLOWED = ("inscriptis", "wrapped")  # each page in one of these ways
SNIPPETS_REFLOWED = ("inscriptis", "rendered")
RUN = 4  # words in a row that a line and the gold text share


@dataclass(frozen=True, slots=True)
class Material:
    """Examples with their votes; those of the snippets have no labels yet."""

    votes: dict[str, str]
    pages: list[Example]
    flats: list[Example]
    snippet_pages: list[Example]
    snippet_flats: list[Example]
    made_pages: list[Example] = field(default_factory=list)
    made_flats: list[Example] = field(default_factory=list)


def gather(bench: Path, folder: Path, corrections: Path | None = None) -> Material:
    """Return all examples, from the folder if they were made before, and those made out of them."""
    data = [*(bench / name for name in DATA_FILES), *([corrections] if corrections else [])]
    material = cached(folder, "material", data, lambda: _gather(bench, corrections))
    measured = [example for example in material.flats if example.source in FLATTENED_BY_BENCH]
    return replace(
        material,
        made_pages=augment_pages(material.pages, material.votes),
        made_flats=augment_flats(measured) + run_on(material.pages),
    )


def _gather(bench: Path, corrections: Path | None) -> Material:
    pages, snippets = read_collected(bench, PAGE_FILES), read_snippets(bench, corrections)
    votes = collect_votes([*pages, *snippets])
    flats = flat_examples(pages, read_collected(bench, FLAT_FILES))
    for number, source in enumerate(REFLOWED):
        flats += reflowed_examples([page for page in pages if _turn(page["id"]) == number], source)
    return Material(
        votes,
        page_examples(pages, votes),
        sorted(flats, key=lambda one: (one.source, one.set_name, one.page_id)),
        page_examples(snippets, votes),
        [one for source in SNIPPETS_REFLOWED for one in reflowed_examples(snippets, source)],
    )


def _turn(page_id: str) -> int:
    """Return in which of the ways a page is reflowed."""
    return hashlib.sha256(page_id.encode()).digest()[0] % len(REFLOWED)


def train_models(
    material: Material, snippets: dict[str, Record], left_out: Sequence[str] = ()
) -> dict[ModelKind, Model]:
    """Return the three models, trained on all collections but those left out.

    The snippets get the labels of a model that saw the labelled pages alone, mended by their phrases.
    """
    best = material.pages[0].names
    fast = tuple(name for name in best if not name.startswith("vote"))
    real = _without(left_out, material.pages)
    pages = real + _without(left_out, material.made_pages)
    flats = _without(left_out, [*material.flats, *material.made_flats])
    if SNIPPETS not in left_out:
        labelled, golds = label_snippets(fit(real, best), material.snippet_pages, snippets)
        pages += labelled
        flats += [
            _relabel(one, golds[one.page_id]) for one in material.snippet_flats if one.page_id in golds
        ]
    return {"best": fit(pages, best), "fast": fit(pages, fast), "flat": fit(flats, flats[0].names)}


def _without(left_out: Sequence[str], examples: Sequence[Example]) -> list[Example]:
    return [example for example in examples if example.set_name not in left_out]


def label_snippets(
    model: Model, examples: Sequence[Example], snippets: dict[str, Record]
) -> tuple[list[Example], dict[str, str]]:
    """Return the pages with labelled phrases as examples, and the gold text that the labels make."""
    found, golds = [], {}
    for example in examples:
        labels, trust = mend_labels(model.score(example), example.lines, snippets[example.page_id])
        if labels.any():
            gold = golds[example.page_id] = pseudo_gold(example.lines, labels)
            found.append(replace(example, labels=labels, trust=trust, gold=Counter(words(gold))))
    return found, golds


def _relabel(example: Example, gold: str) -> Example:
    """Return a flattened text with labels from a gold text made of lines of the same page."""
    lines = [words(line) for line in gold.split("\n")]
    runs = {run for line in lines for run in _runs(line)}
    labels = [_share_of_runs(words(line), runs) >= 0.5 for line in example.lines]
    return replace(example, labels=np.array(labels), gold=Counter(words(gold)))


def _runs(line: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the runs of words in a line; a short line is one run."""
    return [tuple(line[n : n + RUN]) for n in range(max(len(line) - RUN, 0) + 1)]


def _share_of_runs(line: Sequence[str], runs: set[tuple[str, ...]]) -> float:
    found = _runs(line)
    return sum(run in runs for run in found) / len(found) if line else 0.0
