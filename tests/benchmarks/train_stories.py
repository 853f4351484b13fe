"""Train the weights by which two articles are linked, and write seeds/reference/story_weights.csv.

    python -m tests.benchmarks.train_stories BENCH [--pages 700]

Pairs are those of tests/cases/stories and, as examples of what is not one event, the pairs of benchmark
texts that share a key, but for the few that do report one event. Each pair of the cases is also given
without its dates, without figures or with fewer names: captures often lack them. Before the weights are
written, each set of cases is scored by weights that were trained without it.
"""

import argparse
import csv
from collections.abc import Mapping, Sequence
from itertools import combinations, islice
from pathlib import Path

import numpy as np

from tests.benchmarks.gold import read_jsonl
from tests.benchmarks.story_cases import (
    SETS,
    Case,
    Scores,
    describe,
    read_cases,
    score,
    sketch_text,
)
from tests.linking import candidate_pairs
from transforms.language.reference import REFERENCE
from transforms.stories.compare import compare, contained
from transforms.stories.link import is_copy, link
from transforms.stories.sketch import Sketch

# Pairs of benchmark pages that report one event, by the ids that the benchmark gives them.
SAME_EVENT = frozenset(
    frozenset(pair.split())
    for pair in (
        "sh-ac1bfdd4c510f679 sh-9cb8224b660f36c9",
        "sh-1ace8c85aaee21b9 sh-06e5123e4ef7cfb4",
        "sh-c7e39ac49fa1235f sh-dc7ccccc1f34eb29",
        "sh-51374560f40088e2 sh-f8ff621a0b9b7646",
        "sh-686bb170effe273e sh-f344ca5fb36e130f",
        "fu-jp-AsahiShimbun-V1 fu-jp-ChunichiShimbun-V1",
    )
)
UNDATED: Mapping[str, float] = {"close": 0, "near": 0, "far": 0}
# What captures lack: factors on the features of each pair. The list of concepts lacks most of the news.
LACKING: tuple[Mapping[str, float], ...] = (
    {},
    UNDATED,
    {"names": 0.5, "share_of_names": 0.5, "main_names": 0.5},
    {"figures": 0.4, "share_of_figures": 0.4},
    {**UNDATED, "days_named": 0, "days_differ": 0, "figures": 0.6, "share_of_figures": 0.6},
    {"names": 0.7, "share_of_names": 0.6, "main_names": 0.7, "figures": 0, "share_of_figures": 0},
    {"concepts": 0.3},
    {"concepts": 0},
)
PENALTY = 1.0  # on the squares of the weights
NEGATIVE = frozenset(["far", "days_differ"])  # no other feature may speak against a link
FREE = frozenset(["bias", "other_language"])
ROUNDS, STEPS = 6, 60

Pair = tuple[Mapping[str, float], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=700, help="of each file of the benchmark")
    options = parser.parse_args()
    cases = {name: read_cases(name) for name in SETS}
    pairs = {name: case_pairs(found) for name, found in cases.items()}
    others = benchmark_pairs(options.bench, options.pages)
    for name in SETS:
        kept = [pair for each in SETS if each != name for pair in pairs[each]]
        print("\n".join(describe(name, score_left_out(cases[name], train([*kept, *others])))))
    weights = train([*(pair for found in pairs.values() for pair in found), *others])
    with (REFERENCE / "story_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((name, f"{weight:.3f}") for name, weight in weights.items())


def case_pairs(cases: Sequence[Case]) -> list[Pair]:
    """Return the pairs of labelled articles with whether they report one event, whole and lacking."""
    pairs = [
        (compare(one.sketch, other.sketch).features, one.event == other.event)
        for one, other in combinations(cases, 2)
        if not is_copy(one.sketch, other.sketch, contained(one.sketch, other.sketch))
    ]
    return [pair for lacking in LACKING for pair in _lack(lacking, pairs)]


def score_left_out(cases: Sequence[Case], weights: Mapping[str, float]) -> Scores:
    """Return how well weights link articles that they were not trained on."""
    pairs = candidate_pairs([case.sketch for case in cases])
    return score(cases, [one for one in (link(*pair, weights) for pair in pairs) if one])


def benchmark_pairs(bench: Path, most: int) -> list[Pair]:
    """Return the pairs of benchmark texts that share a key and are no copies."""
    pages = [
        page
        for name in ("dev", "train")
        for page in islice(read_jsonl(bench / f"{name}.html.jsonl.gz"), most)
        if page["gold_text"].strip()
    ]
    sketches = [
        sketch_text(f"{number:064x}", page["gold_text"], page.get("date"))
        for number, page in enumerate(pages)
    ]
    names = {sketch.article_id: page["id"] for sketch, page in zip(sketches, pages, strict=True)}
    return label_pairs(candidate_pairs(sketches), names)


def label_pairs(pairs: Sequence[tuple[Sketch, Sketch]], names: Mapping[str, str]) -> list[Pair]:
    """Return pairs of benchmark texts with whether they report one event."""
    return [
        (
            compare(one, other).features,
            frozenset([names[one.article_id], names[other.article_id]]) in SAME_EVENT,
        )
        for one, other in pairs
        if not is_copy(one, other, contained(one, other))
    ]


def _lack(factors: Mapping[str, float], pairs: Sequence[Pair]) -> list[Pair]:
    return [
        ({name: value * factors.get(name, 1) for name, value in features.items()}, label)
        for features, label in pairs
    ]


def train(pairs: Sequence[Pair]) -> Mapping[str, float]:
    """Return the weights of a logistic regression; one whose sign makes no sense is 0."""
    names = ["bias", *pairs[0][0]]
    matrix = np.array([[1.0, *features.values()] for features, _ in pairs])
    labels = np.array([float(label) for _, label in pairs])
    kept = list(range(len(names)))
    for _ in range(ROUNDS):
        weights = _fit(matrix[:, kept], labels)
        wrong = [at for at, weight in zip(kept, weights, strict=True) if _is_wrong(names[at], weight)]
        if not wrong:
            break
        kept = [at for at in kept if at not in wrong]
    return {name: float(weights[kept.index(at)]) if at in kept else 0.0 for at, name in enumerate(names)}


def _is_wrong(name: str, weight: float) -> bool:
    return name not in FREE and (weight > 0) == (name in NEGATIVE)


def _fit(matrix: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the weights that Newton's method finds; the bias is hardly penalised."""
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[0] = 1e-3
    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (labels - likely) - penalty * weights
        curvature = (matrix.T * (likely * (1 - likely))) @ matrix + np.diag(penalty)
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


if __name__ == "__main__":
    main()
