"""What two articles share, in words and as the features from which the decision is made."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transforms.stories.names import Name, shared_names
from transforms.stories.sketch import PASSAGE, Sketch

NEAR_DAYS, FAR_DAYS = 3, 21  # campaigns of one kind follow each other within months
MOST_NAMED = 5  # things of a kind that the evidence names
ENTITY_WEIGHT = 0.25  # a known entity is in thousands of articles


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles share: the features of the model, and the reasons in words."""

    features: Mapping[str, float]
    reasons: tuple[str, ...]


def compare(one: Sketch, other: Sketch) -> Shared:
    """Return what two articles share; the order of the two does not matter."""
    names = shared_names(
        *(_comparable_names(sketch, one.language == other.language) for sketch in (one, other))
    )
    names |= dict.fromkeys(one.entities & other.entities, ENTITY_WEIGHT)
    figures = {
        value: min(one.figures[value], other.figures[value])
        for value in one.figures.keys() & other.figures
    }
    terms = _shared_terms(one, other)
    runs = _join(one.passages & other.passages)
    days = sorted(one.days & other.days)
    concepts = sorted(one.concepts & other.concepts)
    apart = abs((one.day - other.day).days) if one.day and other.day else None
    own = [sum(name.weight for name in sketch.names.values() if name.is_sure) for sketch in (one, other)]
    features = {
        "names": math.log1p(sum(names.values())),
        "share_of_names": _share(sum(names.values()), *own),
        "figures": math.log1p(sum(figures.values())),
        "share_of_figures": _share(
            sum(figures.values()), sum(one.figures.values()), sum(other.figures.values())
        ),
        "words": math.log1p(sum(terms.values())),
        "share_of_words": _share(sum(w * w for w in terms.values()), _squares(one), _squares(other)),
        "concepts": _share(len(concepts), len(one.concepts), len(other.concepts)),
        "days_named": float(bool(days)),
        "quotations": math.log1p(sum(len(run.split()) for run in runs)),
        "same_text": contained(one, other),
        "near": float(apart is not None and apart <= NEAR_DAYS),
        "far": float(apart is not None and apart > FAR_DAYS),
        "other_language": float(one.language != other.language),
    }
    reasons = (
        *(f"both quote “{run}”" for run in runs[:MOST_NAMED]),
        *_listed("names: ", sorted(names, key=lambda name: (-names[name], name))),
        *_listed(
            "figures: ",
            [f"{value:,.10g}" for value in sorted(figures, key=lambda value: (-figures[value], -value))],
        ),
        *_listed("rare words: ", sorted(terms, key=lambda term: (-terms[term], term))),
        *_listed("subjects: ", concepts),
        *_listed("days named: ", days),
        *(
            []
            if apart is None or apart > NEAR_DAYS
            else ["the same day" if not apart else f"{apart} days apart"]
        ),
    )
    return Shared(features, reasons)


def _comparable_names(sketch: Sketch, is_same_language: bool) -> Mapping[str, Name]:
    """Return the names to compare; within a language words do for runs of Han that may be no names."""
    return {key: name for key, name in sketch.names.items() if name.is_sure or not is_same_language}


def contained(one: Sketch, other: Sketch) -> float:
    """Return how much of the shorter text the longer one holds, by runs of five words.

    A text that an outlet has cut is in the whole one from end to end.
    """
    fewer = min(len(one.runs), len(other.runs))
    return len(one.runs & other.runs) / fewer if fewer else 0.0


def _shared_terms(one: Sketch, other: Sketch) -> dict[str, float]:
    if one.language != other.language:
        return {}
    return {term: min(one.terms[term], other.terms[term]) for term in one.terms.keys() & other.terms}


def _squares(sketch: Sketch) -> float:
    return sum(weight * weight for weight in sketch.terms.values())


def _share(shared: float, one: float, other: float) -> float:
    """Return the cosine of two sets of weights, given the weight of what they share."""
    return min(1.0, shared / math.sqrt(one * other)) if one and other else 0.0


def _listed(label: str, things: Sequence[str]) -> Iterable[str]:
    return [label + ", ".join(things[:MOST_NAMED])] if things else []


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
