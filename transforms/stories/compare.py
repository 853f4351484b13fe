"""What two articles share, in words and as the features from which the decision is made."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from transforms.stories.concepts import weigh_concepts
from transforms.stories.names import shared_names
from transforms.stories.rarity import rarity
from transforms.stories.sketch import PASSAGE, Sketch

CLOSE_DAYS, NEAR_DAYS = 1, 3
FAR_DAYS = 30  # as far apart as can be: campaigns of one kind follow each other within months
MAIN_NAMES = 3  # the heaviest names that two articles share
MOST_NAMED = 5  # things of a kind that the evidence names
ENTITY_WEIGHT = 0.25  # a known entity is in thousands of articles


Thing = TypeVar("Thing", str, float)


@dataclass(frozen=True, slots=True)
class _Shared:
    """The things that two articles share, those that are weighted with how much each counts."""

    names: Mapping[str, float]
    figures: Mapping[float, float]
    terms: Mapping[str, float]
    passages: list[str]
    days: list[str]
    concepts: Mapping[str, float]
    days_differ: bool
    days_apart: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two articles share, as the features of the model and as reasons in words."""

    features: Mapping[str, float]
    _shared: _Shared

    @property
    def reasons(self) -> tuple[str, ...]:
        """What they share in words; few pairs are linked and need them."""
        return tuple(_reasons(self._shared))


def compare(one: Sketch, other: Sketch, alike: float | None = None) -> Comparison:
    """Return what two articles share; the order of the two does not matter.

    `alike` is what `contained` returns for them, if it is known.
    """
    shared = _Shared(
        names=_shared_names(one, other),
        figures=_shared_weights(one.figures, other.figures),
        terms=_shared_weights(one.terms, other.terms) if one.language == other.language else {},
        passages=_join(one.passages & other.passages),
        days=sorted(one.days & other.days),
        concepts=weigh_concepts(one.concepts & other.concepts),
        days_differ=bool(one.days and other.days) and not one.days & other.days,
        days_apart=abs((one.day - other.day).days) if one.day and other.day else None,
    )
    same_text = contained(one, other) if alike is None else alike
    return Comparison(_features(one, other, shared, same_text), shared)


def _features(one: Sketch, other: Sketch, shared: _Shared, same_text: float) -> dict[str, float]:
    names, figures, terms = (sum(of.values()) for of in (shared.names, shared.figures, shared.terms))
    squares = sum(weight * weight for weight in shared.terms.values())
    main = sorted(shared.names.values(), reverse=True)[:MAIN_NAMES]
    concepts, apart = sum(shared.concepts.values()), shared.days_apart
    return {
        "names": math.log1p(names),
        "main_names": sum(main) / MAIN_NAMES,
        "share_of_names": _share(names, one.names_weight, other.names_weight),
        "figures": math.log1p(figures),
        "share_of_figures": _share(figures, one.figures_weight, other.figures_weight),
        "words": math.log1p(terms),
        "share_of_words": _share(squares, one.terms_squared, other.terms_squared),
        "concepts": _share(concepts, one.concepts_weight, other.concepts_weight),
        "days_named": float(bool(shared.days)),
        "days_differ": float(shared.days_differ),
        "quotations": math.log1p(weigh_words(shared.passages, one.language)),
        "same_text": same_text,
        "close": float(apart is not None and apart <= CLOSE_DAYS),
        "near": float(apart is not None and apart <= NEAR_DAYS),
        "far": min(apart or 0, FAR_DAYS) / FAR_DAYS,
        "other_language": float(one.language != other.language),
    }


def _reasons(shared: _Shared) -> Iterator[str]:
    """Yield what two articles share in words, the most telling of each kind first."""
    for passage in shared.passages[:MOST_NAMED]:
        yield f"both quote “{passage}”"
    figures = {
        f"{value:,.10g}": weight for value, weight in sorted(shared.figures.items(), reverse=True)
    }
    for kind, things in (
        ("names", _heaviest(shared.names)),
        ("figures", _heaviest(figures)),
        ("rare words", _heaviest(shared.terms)),
        ("subjects", _heaviest(shared.concepts)),
        ("days named", shared.days),
    ):
        if things:
            yield f"{kind}: {', '.join(things[:MOST_NAMED])}"
    if shared.days_apart is not None and shared.days_apart <= NEAR_DAYS:
        days = shared.days_apart
        yield "the same day" if not days else "a day apart" if days == 1 else f"{days} days apart"


def weigh_words(passages: list[str], language: str) -> float:
    """Return how much shared passages tell: the sum of how rare each of their words is.

    What anybody may say says little: "nobody asked the people who use it" is no trace of one event.

    >>> weigh_words(["we have waited for this"], "en") < weigh_words(["infiltration by hostile"], "en")
    True
    """
    words = {word for passage in passages for word in passage.split()}
    return sum(rarity(word, language) for word in sorted(words))


def _heaviest(weighed: Mapping[str, float]) -> list[str]:
    return sorted(weighed, key=lambda thing: -weighed[thing])


def contained(one: Sketch, other: Sketch) -> float:
    """Return how much of the shorter text the longer one holds, by runs of five words.

    A text that an outlet has cut is in the whole one from end to end.
    """
    fewer = min(len(one.runs), len(other.runs))
    runs = np.concatenate((one.runs, other.runs))
    runs.sort(kind="stable")  # which merges two that are sorted: a fifth of the time of `intersect1d`
    return int(np.count_nonzero(runs[1:] == runs[:-1])) / fewer if fewer else 0.0


def _shared_names(one: Sketch, other: Sketch) -> dict[str, float]:
    if one.language == other.language:
        names = shared_names(one.sure_names, other.sure_names, other.name_sounds)
    else:
        names = shared_names(one.names, other.names, other.name_sounds)
    return names | dict.fromkeys(sorted(one.entities & other.entities), ENTITY_WEIGHT)


def _shared_weights(one: Mapping[Thing, float], other: Mapping[Thing, float]) -> dict[Thing, float]:
    return {thing: min(one[thing], other[thing]) for thing in sorted(one.keys() & other.keys())}


def _share(shared: float, one: float, other: float) -> float:
    """Return the cosine of two sets of weights, given the weight of what they share."""
    return min(1.0, shared / math.sqrt(one * other)) if one and other else 0.0


def _join(passages: frozenset[str]) -> list[str]:
    """Return passages that overlap by all but one word joined to the longest runs, longest first."""
    follows = {tuple(passage.split()[:-1]): passage for passage in sorted(passages)}
    ends = {tuple(passage.split()[1:]) for passage in passages}
    runs = []
    for passage in sorted(passages):
        words = passage.split()
        if tuple(words[:-1]) in ends:
            continue
        longest = len(passages) + PASSAGE
        while (following := follows.get(tuple(words[-PASSAGE + 1 :]))) and len(words) < longest:
            words.append(following.split()[-1])
        runs.append(" ".join(words))
    return sorted(runs, key=lambda run: (-len(run.split()), run))
