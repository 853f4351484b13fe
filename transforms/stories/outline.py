"""Tell which of many pairs of articles may be linked, from a few numbers of each.

Most articles that share a key share little else. What a pair can share at most bounds the score of its
comparison (compare.py): if the bound is too low for a link, the pair need not be compared.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.stories.compare import CLOSE_DAYS, ENTITY_WEIGHT, FAR_DAYS, MAIN_NAMES, NEAR_DAYS
from transforms.stories.concepts import LEAST_OF_CONCEPT, all_concepts, concept_weights
from transforms.stories.link import FEWEST_RUNS, LINKED, SAME_TEXT, weights
from transforms.stories.names import FoundName
from transforms.stories.sketch import Sketch, number_of

BITS, MANY = 64, 8  # of a number; numbers for kinds of which an article has many
THINGS = ("names", "figures", "days", "terms")
WORDS_OF_CONCEPTS = -(-len(all_concepts()) // BITS)
NO_DAY = np.iinfo(np.int32).min
# The bits say which things an article has: two that share a thing share its bit. A concept has a bit of
# its own.
OUTLINE = np.dtype(
    [
        *((kind, np.uint64) for kind in THINGS),
        ("names_weight", np.float64),
        ("terms_weight", np.float64),
        ("figures_weight", np.float64),
        ("concepts", np.uint64, WORDS_OF_CONCEPTS),
        ("concepts_weight", np.float64),
        ("day", np.int32),
        ("language", np.uint32),
        ("run_count", np.uint32),
        ("passages", np.uint64, MANY),
        ("runs", np.uint64, MANY),
    ]
)
ALL = (1 << BITS) - 1
# Of the bits of a text's runs, as many are set in another text that has half of its runs; several runs
# can have one bit, so a little less than half.
LEAST_SHARED_BITS = 0.7 * SAME_TEXT
LEAST_SCORE = math.log(LINKED / (1 - LINKED)) - 1e-6  # sums in another order differ a little
Outlines = npt.NDArray[Any]


def make_outline(sketch: Sketch) -> bytes:
    """Return the outline of a sketch."""
    one = np.zeros((), OUTLINE)
    names = sketch.names.values()
    one["names"] = _bits_of_names(sketch.names, sketch.entities)
    one["figures"] = _bits(f"{value:.15g}" for value in sketch.figures)
    for kind in ("days", "terms"):
        one[kind] = _bits(getattr(sketch, kind))
    for concept in sketch.concepts:
        word, bit = divmod(all_concepts().index(concept), BITS)
        one["concepts"][word] |= np.uint64(1 << bit)
    one["names_weight"] = sum(name.weight for name in names) + ENTITY_WEIGHT * len(sketch.entities)
    one["terms_weight"] = sum(sketch.terms.values())
    one["figures_weight"] = sketch.figures_weight
    one["concepts_weight"] = sketch.concepts_weight
    one["day"] = sketch.day.toordinal() if sketch.day else NO_DAY
    one["language"] = number_of(sketch.language)
    one["run_count"] = len(sketch.runs)
    one["passages"] = _many_bits([number_of(passage) for passage in sketch.passages])
    one["runs"] = _many_bits(sketch.runs)
    return one.tobytes()


def _bits(things: Iterable[str]) -> int:
    bits = 0
    for thing in things:
        bits |= 1 << number_of(thing) % BITS
    return bits


def _many_bits(numbers: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    found = np.zeros(MANY, np.uint64)
    places, bits = np.divmod(np.asarray(numbers, np.uint64) % (BITS * MANY), BITS)
    np.bitwise_or.at(found, places.astype(np.intp), np.uint64(1) << bits)
    return found


def _bits_of_names(names: Mapping[str, FoundName], entities: frozenset[str]) -> int:
    """Return the bits by which names meet: those across scripts are alike in other ways, too."""
    if any(name.coarse for name in names.values()):
        return ALL
    sounds = (sound for name in names.values() for sound in name.sounds)
    return _bits((*names, *sounds, *entities))


def may_be_linked(one: Outlines, other: Outlines) -> npt.NDArray[np.bool_]:
    """Return for each pair whether it may be linked; the outlines of its articles are in two arrays."""
    return (_highest_score(one, other) >= LEAST_SCORE) | _may_be_copy(one, other)


def _highest_score(one: Outlines, other: Outlines) -> npt.NDArray[np.float64]:
    """Return the log odds that a comparison finds at most."""
    of = weights()
    meets = {name: (one[name] & other[name]) != 0 for name in THINGS}
    is_same_language = one["language"] == other["language"]
    meets["names"] |= ~is_same_language
    has_days = (one["day"] != NO_DAY) & (other["day"] != NO_DAY)
    apart = np.abs(one["day"].astype(np.int64) - other["day"])
    figures = _shares(one, other, "figures_weight")
    names_weight = np.minimum(one["names_weight"], other["names_weight"])
    names = of["names"] * np.log1p(names_weight) + of["share_of_names"]
    names += of["main_names"] * np.minimum(names_weight / MAIN_NAMES, 1.0)
    values = np.log1p(np.minimum(one["figures_weight"], other["figures_weight"]))
    score = of["bias"] + of["same_text"] + np.where(is_same_language, 0.0, of["other_language"])
    score += np.where(meets["names"], names, 0.0)
    score += np.where(meets["figures"], of["figures"] * values + of["share_of_figures"] * figures, 0.0)
    words = of["words"] * np.log1p(np.minimum(one["terms_weight"], other["terms_weight"]))
    score += np.where(meets["terms"] & is_same_language, words + of["share_of_words"], 0.0)
    score += of["concepts"] * _share_of_concepts(one, other)
    days_differ = np.where((one["days"] != 0) & (other["days"] != 0), of["days_differ"], 0.0)
    score += np.where(meets["days"], of["days_named"], days_differ)
    score += np.where((one["passages"] & other["passages"]).any(axis=1), np.inf, 0.0)
    score += np.where(has_days & (apart <= CLOSE_DAYS), of["close"], 0.0)
    score += np.where(has_days & (apart <= NEAR_DAYS), of["near"], 0.0)
    score += np.where(has_days, of["far"] * np.minimum(apart, FAR_DAYS) / FAR_DAYS, 0.0)
    return np.asarray(score)


def _share_of_concepts(one: Outlines, other: Outlines) -> npt.NDArray[np.float64]:
    shared = (one["concepts"] & other["concepts"]).view(np.uint8)
    bits = np.unpackbits(shared, axis=1, count=len(all_concepts()), bitorder="little")
    weights_of_both = one["concepts_weight"] * other["concepts_weight"]
    told = bits @ np.array([concept_weights()[concept] for concept in all_concepts()])
    return np.asarray(told / np.sqrt(np.maximum(weights_of_both, LEAST_OF_CONCEPT**2)))


def _shares(one: Outlines, other: Outlines, what: str) -> npt.NDArray[np.float64]:
    """Return the highest cosine that two sums of weights allow."""
    low, high = np.minimum(one[what], other[what]), np.maximum(one[what], other[what])
    return np.asarray(np.sqrt(low / np.maximum(high, 1e-9)))


def _may_be_copy(one: Outlines, other: Outlines) -> npt.NDArray[np.bool_]:
    is_first = one["run_count"] <= other["run_count"]
    own = np.where(is_first[:, None], one["runs"], other["runs"])
    shared = np.bitwise_count(one["runs"] & other["runs"]).sum(axis=1)
    is_long = np.minimum(one["run_count"], other["run_count"]) >= FEWEST_RUNS
    return np.asarray(is_long & (shared >= LEAST_SHARED_BITS * np.bitwise_count(own).sum(axis=1)))
