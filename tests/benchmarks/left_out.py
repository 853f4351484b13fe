"""What models keep of the collections that they never saw, beside other tools on the same pages."""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.benchmarks.augment import pages_without_article
from tests.benchmarks.collections import SNIPPETS, Record, put_title_in_front
from tests.benchmarks.examples import Example
from tests.benchmarks.fit import Model, score_by
from tests.benchmarks.gold import overlap, words
from tests.benchmarks.kept import Figures, Kept, errors_on_empty, figures_of, keep, refuse
from tests.benchmarks.material import Material, train_models
from tests.benchmarks.peers import PAGE_PEERS
from tests.benchmarks.quality import run_cached
from tests.benchmarks.snippets import score_phrases
from transforms.language.scripts import is_mostly_latin
from transforms.scoring.score import ModelKind

# Collections that are left out together: the small ones cost a training each otherwise.
GROUPS = (
    ("wcxb",),
    ("daniel",),
    ("l3s", "fundus", "scrapinghub"),
    ("cleaneval", "mozilla", "portal"),
    (SNIPPETS,),
)
PROCESSES = 2
# The benchmark's own flatteners; the texts of others are for training alone. Of snippets there are
# only those.
MEASURED = frozenset(("page", "wet", "resiliparse", "rendered"))
PEERS = ("trafilatura, no comments", "readability-lxml", "resiliparse")


@dataclass(frozen=True, slots=True)
class Task:
    """All that is needed to leave out a group of collections."""

    material: Material
    pages: dict[str, Record]
    snippets: dict[str, Record]


def measure_left_out(
    material: Material, pages: dict[str, Record], snippets: dict[str, Record], folder: Path
) -> Figures:
    """Return the figures of each collection by models of the others, and of other tools."""
    task = Task(material, pages | snippets, snippets)
    with get_context("fork").Pool(PROCESSES, _share, (task,)) as pool:
        done = pool.map(_leave_out, GROUPS, chunksize=1)
    collections = {name: figures for found, _ in done for name, figures in found.items()}
    titles = {one.page_id: one.title for one in [*material.pages, *material.snippet_pages]}
    for name, figures in collections.items():
        held = [page for page in task.pages.values() if page["set"] == name]
        figures["others"] = measure_peers(held, titles, folder)
    return {
        "collections": collections,
        "languages": _by_group([row for _, rows in done for row in rows["languages"]]),
        "kinds": _by_group([row for _, rows in done for row in rows["kinds"]]),
    }


_shared: list[Task] = []  # of a worker; a task is too large to be sent to it


def _share(task: Task) -> None:
    _shared.append(task)


Row = tuple[str, str, float]  # the kind of model, the group, the F1 of the house


def _leave_out(group: Sequence[str]) -> tuple[Figures, dict[str, list[Row]]]:
    """Return the figures of the collections of a group, and a row a document for other groupings."""
    task = _shared[0]
    figures: Figures = defaultdict(dict)
    rows: dict[str, list[Row]] = {"languages": [], "kinds": []}
    models = train_models(task.material, task.snippets, group)
    for kind in models:
        score = partial(_score, models, kind)
        for name in group:
            kept = [keep(one, score(one)) for one in _held(task.material, kind, name)]
            kept += [] if kind == "flat" else _unrendered(task.pages.values(), name, kept)
            empty = [keep(one, score(one)) for one in _shells(task.material, kind, name)]
            figures[name][kind] = figures_of(kept, task.pages) | errors_on_empty(empty)
            if name != SNIPPETS:
                rows["languages"] += [(kind, language_of(one.example), one.f1[0]) for one in kept]
                rows["kinds"] += [(kind, one.example.page_type, one.f1[0]) for one in kept]
    print(json.dumps(figures), file=sys.stderr, flush=True)
    return dict(figures), rows


def _score(
    models: Mapping[ModelKind, Model], kind: ModelKind, example: Example
) -> npt.NDArray[np.float64]:
    """Return the scores of a kind of model as `transforms.scoring.score` gives them."""
    is_halved = kind == "best" and not is_mostly_latin("".join(example.lines))
    return score_by([models[one] for one in (("best", "fast") if is_halved else (kind,))], example)


def _unrendered(pages: Iterable[Record], name: str, kept: Sequence[Kept]) -> list[Kept]:
    """Return the pages of a collection of which nothing was rendered; they count for other tools too."""
    rendered = {one.example.page_id for one in kept}
    return [refuse(page) for page in pages if page["set"] == name and page["id"] not in rendered]


def _held(material: Material, kind: str, name: str) -> list[Example]:
    """Return the documents of a collection on which a kind of model is measured."""
    if kind == "flat":
        source = [*material.flats, *material.snippet_flats]
    else:
        source = [*material.pages, *material.snippet_pages]
    return [one for one in source if one.set_name == name and one.source in MEASURED]


def _shells(material: Material, kind: str, name: str) -> list[Example]:
    """Return the documents of a collection whose article was taken out."""
    if kind == "flat":
        made = [one for one in material.made_flats if one.source.endswith(", shell")]
        return [one for one in made if one.set_name == name]
    return pages_without_article([one for one in material.pages if one.set_name == name])


def measure_peers(pages: list[Record], titles: dict[str, str | None], folder: Path) -> dict[str, float]:
    """Return the F1 of other tools on the pages of a collection, with the same title in front."""
    texts = [page["html"] for page in pages]
    found = {}
    for name in PEERS:
        kept = run_cached(name, f"left-out-{pages[0]['set']}", PAGE_PEERS[name], texts, folder)
        if kept is not None:
            found[name] = score_peer(pages, titles, kept)
    return found


def score_peer(pages: list[Record], titles: dict[str, str | None], kept: Sequence[str]) -> float:
    """Return the F1 of another tool on the pages of a collection."""
    if pages[0]["set"] == SNIPPETS:
        return round(score_phrases(list(zip(pages, kept, strict=True)))[2], 4)
    scores = []
    for page, text in zip(pages, kept, strict=True):
        lines = put_title_in_front(page["set"], titles.get(page["id"]), text.split("\n"))
        gold = Counter(words(page["gold_text"]))
        scores.append(overlap(Counter(words("\n".join(lines))), gold)[2])
    return round(float(np.mean(scores)), 4)


def language_of(example: Example) -> str:
    """Return the language that a collection names; Fundus names countries."""
    return "" if example.set_name == "fundus" else example.language[:2].lower()


def _by_group(rows: Iterable[Row]) -> dict[str, dict[str, Figures]]:
    """Return documents and F1 of the house for each kind of model and each group."""
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, group, f1 in rows:
        if group:
            scores[kind][group].append(f1)
    return {
        kind: {
            group: {"documents": len(found), "f1": round(float(np.mean(found)), 4)}
            for group, found in sorted(groups.items())
        }
        for kind, groups in scores.items()
    }
