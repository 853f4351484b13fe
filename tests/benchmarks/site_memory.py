"""Train the models of the memory of sites, and measure what they gain on sites that they never saw.

    python -m tests.benchmarks.site_memory BENCH --cache FOLDER [--out seeds/models]

BENCH is the folder of the benchmark, FOLDER one outside the repository. Only documents of sites with
several pages count. Each is scored by models that had not seen its site, or nothing of its collection;
the models of the memory are measured on whole sites that they had not seen. With --out, the model for
texts, fitted to all sites, is written too; that for pages with markup is only measured.
"""

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import lightgbm
import numpy as np
import numpy.typing as npt

from tests.benchmarks.card import read_card, write_card
from tests.benchmarks.export import export_forest, to_bytes
from tests.benchmarks.kept import keep
from tests.benchmarks.site_scores import FOLDS, ScoredExample, score_sites
from transforms.judging.line import read_lines
from transforms.scoring.features.tokens import Floats, as_floats
from transforms.scoring.score import ModelKind, score_log_odds
from transforms.site_memory.evidence import weigh_pages
from transforms.site_memory.features import memory_features
from transforms.site_memory.page_lines import LOG_ODDS_STEP, PageLines, keep_lines
from transforms.site_memory.remember import FEWEST_PAGES, in_steps

PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 12,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 30.0,
    "use_missing": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 7,
    "verbosity": -1,
}
TREES = 60
BALANCE = 0.4  # the weight of a site is this power of its documents less than theirs
PARTS = (3, 6)  # pages of the parts of larger sites that are looked at as sites of their own
SMALL, MEDIUM = 2, 5  # pages of a site, by which it is reported
Kind = Literal["flat", "page"]
KINDS: dict[Kind, tuple[ModelKind, ...]] = {"flat": ("flat",), "page": ("best",)}


@dataclass(frozen=True, slots=True)
class Case:
    """A document among some pages of its site: `pages` of them, all pages if `is_whole`."""

    document: ScoredExample
    lines: PageLines
    features: dict[str, Floats] | None  # None where the others say nothing
    pages: int
    is_whole: bool


def main() -> None:
    """Measure, and train if models are wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    for kind, models in KINDS.items():
        cases = {
            model: list(make_cases(score_sites(arguments.bench, arguments.cache, model)))
            for model in models
        }
        every = [case for found in cases.values() for case in found]
        boosters = [fit(case for case in every if case.document.fold != n) for n in range(FOLDS)]
        for model, found in cases.items():
            print_figures(model, found, boosters)
        if arguments.out and kind == "flat":
            write_model(arguments.out, kind, fit(every))


def make_cases(documents: Iterable[ScoredExample]) -> Iterator[Case]:
    """Yield each document among all pages of its site, and among a few of them."""
    by_site = defaultdict(list)
    for document in documents:
        by_site[document.site, document.example.source, document.unseen].append(document)
    for site in by_site.values():
        yield from _compare(site, is_whole=True)
        for size in PARTS:
            if len(site) > size:
                for part in _parts(site, size):
                    yield from _compare(part, is_whole=False)


def _parts(site: Sequence[ScoredExample], size: int) -> Iterator[list[ScoredExample]]:
    order = sorted(
        site, key=lambda one: hashlib.sha256(f"{size}{one.example.page_id}".encode()).digest()
    )
    parts = (order[start : start + size] for start in range(0, len(order), size))
    return (part for part in parts if len(part) > 1)


def _compare(site: Sequence[ScoredExample], is_whole: bool) -> Iterator[Case]:
    kept = [(one, keep_lines(one.example.blocks, one.log_odds)) for one in site]
    pages = [(one, lines) for one, lines in kept if lines is not None]
    found = weigh_pages([lines for _, lines in pages], [one.address for one, _ in pages])
    for (one, lines), evidence in zip(pages, found, strict=True):
        features = memory_features(lines, evidence) if evidence.pages >= FEWEST_PAGES else None
        yield Case(one, lines, features, len(site), is_whole)


def fit(cases: Iterable[Case]) -> lightgbm.Booster:
    """Return trees that correct the log odds of lines; sites count more alike than documents."""
    told = [case for case in cases if case.features is not None]
    names = _names(told)
    times = Counter(_document(case) for case in told)
    sites = Counter(site for site, *_ in times)
    weights = np.concatenate(
        [
            case.document.example.weights()
            / times[_document(case)]
            * sites[case.document.site] ** -BALANCE
            for case in told
        ]
    )
    rows = np.concatenate([_matrix(case, names) for case in told])
    labels = np.concatenate([case.document.example.labels for case in told])
    start = np.concatenate([case.lines.log_odds * LOG_ODDS_STEP for case in told])
    is_used = weights > 0
    data = lightgbm.Dataset(
        rows[is_used],
        labels[is_used],
        weight=weights[is_used] / weights.mean(),
        init_score=start[is_used],
        feature_name=names,
    )
    return lightgbm.train(PARAMETERS, data, TREES)


def _document(case: Case) -> tuple[tuple[str, str], str, str, str, tuple[str, ...]]:
    """Return what tells a document and its scores from others."""
    one = case.document
    return one.site, one.example.page_id, one.example.source, one.unseen, one.example.names


def _names(cases: Sequence[Case]) -> list[str]:
    """Return the features of some cases; texts without markup have no places."""
    features = next(case.features for case in cases if case.features)
    has_places = any(case.lines.has_places for case in cases)
    return [name for name in features if has_places or not name.startswith("place")]


def _matrix(case: Case, names: Sequence[str]) -> npt.NDArray[np.float32]:
    assert case.features is not None
    return np.column_stack([case.features[name] for name in names]).astype(np.float32)


def with_memory(case: Case, booster: lightgbm.Booster) -> Floats:
    """Return the scores of a document's lines with the memory of its site, as the cleaner has them."""
    if case.features is None:
        return score(case, case.document.log_odds)
    rows = _matrix(case, booster.feature_name())
    log_odds = case.lines.log_odds * LOG_ODDS_STEP + np.asarray(booster.predict(rows, raw_score=True))
    return score(case, in_steps(as_floats(log_odds)) * LOG_ODDS_STEP)


def score(case: Case, log_odds: Floats) -> Floats:
    """Return the scores of a document's lines, given their log odds."""
    words = np.array([line.words for line in read_lines(case.document.example.blocks)], np.float64)
    return np.array(score_log_odds(log_odds, words))


def print_figures(model: str, cases: Sequence[Case], boosters: Sequence[lightgbm.Booster]) -> None:
    """Print the F1 of the house without and with the memory, on sites that the memory had not seen."""
    rows = defaultdict(list)
    for case in cases:
        if case.is_whole:
            example = case.document.example
            without = keep(example, score(case, case.document.log_odds)).f1[0]
            scores = with_memory(case, boosters[case.document.fold])
            # A document of which the memory leaves no article is cleaned without it.
            kept = keep(example, scores, case.features is not None)
            found = (without, without if kept.is_refused else kept.f1[0])
            for group in _groups(case):
                rows[case.document.unseen, *group].append(found)
    for group, found in sorted(rows.items()):
        before, after = np.mean(found, axis=0)
        print(
            f"| {model} | {' | '.join(group)} | {len(found)} | {before:.3f} | {after:.3f} |"
            f" {after - before:+.3f} |",
            flush=True,
        )


def _groups(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the collections and sizes of sites that a case counts for."""
    sets = [case.document.example.set_name]
    if sets != ["wcxb"]:
        sets.append("more")
    size = "2" if case.pages == SMALL else "3 to 5" if case.pages <= MEDIUM else "6 or more"
    for name in sets:
        yield name, size
        yield name, "all"
        if case.pages > SMALL:
            yield name, "3 or more"


def write_model(out: Path, kind: Kind, booster: lightgbm.Booster) -> None:
    """Write a model of the memory, and its digest to the card."""
    content = to_bytes(export_forest(booster, booster.feature_name()))
    (out / f"site_{kind}.npz").write_bytes(content)
    card = read_card(out)
    card["models"][f"site_{kind}"] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "features": len(booster.feature_name()),
        "trees": TREES,
    }
    write_card(out, card)


if __name__ == "__main__":
    main()
