"""Pages of sites with several pages, scored by models that never saw the site, or its collection."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from tests.benchmarks.cache import cached
from tests.benchmarks.collections import FLAT_FILES, PAGE_FILES, Record, read_collected
from tests.benchmarks.examples import Example, collect_votes, flat_examples, page_examples
from tests.benchmarks.fit import Model, fit
from tests.benchmarks.gold import site_of
from transforms.scoring.score import ModelKind

FOLDS = 3
GROUPS = (("wcxb",), ("daniel",), ("cleaneval", "mozilla", "portal"))  # left out together
# Of WCXB's pages that are alone on their sites: they only train the models that score the others.
SHARE_OF_SINGLES = 0.35
Unseen = Literal["site", "collection"]  # what the model that scored a document had not seen


@dataclass(frozen=True, slots=True)
class ScoredExample:
    """A document of a site with several pages, and log odds by a model that had not seen its like."""

    example: Example
    log_odds: npt.NDArray[np.float64]
    address: str
    unseen: Unseen

    @property
    def site(self) -> tuple[str, str]:
        """Return the collection and the site."""
        return self.example.set_name, self.example.site

    @property
    def fold(self) -> int:
        """Return the fold in which the document's site is left out."""
        return fold_of(self.example.site)


def fold_of(site: str) -> int:
    """Return the fold of a site."""
    return hashlib.sha256(site.encode()).digest()[0] % FOLDS


def score_sites(bench: Path, folder: Path, kind: ModelKind) -> list[ScoredExample]:
    """Return the documents of sites with several pages, each scored twice, from the folder if kept."""
    data = [bench / name for name in (*PAGE_FILES, *FLAT_FILES)]

    def score() -> list[ScoredExample]:
        pages = _choose(read_collected(bench, PAGE_FILES))
        source, make = ("flat", _make_flats) if kind == "flat" else ("page", _make_pages)
        examples = cached(folder, f"sites-{source}", data, lambda: make(pages, bench))
        return _score(examples, pages, kind)

    return cached(folder, f"site-scores-{kind}", data, score)


def _choose(pages: Sequence[Record]) -> list[Record]:
    several = _several(pages)
    return [
        page
        for page in pages
        if page["set"] != "wcxb" or page["id"] in several or _draw(page["id"]) < SHARE_OF_SINGLES
    ]


def _several(pages: Iterable[Record]) -> set[str]:
    """Return the pages whose sites have others in the same collection."""
    pages = list(pages)
    sizes = Counter((page["set"], site_of(page)) for page in pages)
    return {page["id"] for page in pages if sizes[page["set"], site_of(page)] > 1}


def _draw(page_id: str) -> float:
    return hashlib.sha256(page_id.encode()).digest()[1] / 256


def _make_flats(pages: Sequence[Record], bench: Path) -> list[Example]:
    wanted = {page["id"] for page in pages}
    return flat_examples(
        pages, (flat for flat in read_collected(bench, FLAT_FILES) if flat["id"] in wanted)
    )


def _make_pages(pages: Sequence[Record], bench: Path) -> list[Example]:
    return page_examples(pages, collect_votes(pages))


def _score(examples: Sequence[Example], pages: Sequence[Record], kind: ModelKind) -> list[ScoredExample]:
    several, urls = _several(pages), {page["id"]: page["url"] for page in pages}
    names = examples[0].names
    if kind == "fast":
        names = tuple(name for name in names if not name.startswith("vote"))
    held = [example for example in examples if example.page_id in several]
    found = []
    for unseen, is_held in _ways():
        model = fit([example for example in examples if not is_held(example)], names)
        found += [_scored(one, model, urls, unseen) for one in held if is_held(one)]
    return found


def _ways() -> list[tuple[Unseen, Callable[[Example], bool]]]:
    """Return how documents are left out: by their sites, and by their collections."""
    by_site = [lambda one, n=n: fold_of(one.site) == n for n in range(FOLDS)]
    by_set = [lambda one, names=names: one.set_name in names for names in GROUPS]
    return [*(("site", way) for way in by_site), *(("collection", way) for way in by_set)]


def _scored(example: Example, model: Model, urls: dict[str, str], unseen: Unseen) -> ScoredExample:
    address = urls[example.page_id].partition("#")[0]
    columns = [example.names.index(name) for name in model.names]
    log_odds = np.asarray(
        model.booster.predict(example.rows[:, columns], raw_score=True, num_threads=1), np.float64
    )
    empty = np.zeros((0, 0), np.float32)  # the features are needed no more
    return ScoredExample(replace(example, rows=empty), log_odds, address, unseen)
