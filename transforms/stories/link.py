"""Link articles that report the same events, each link with its evidence in words.

Whether two articles are linked depends on the two and on fixed reference data alone, so that no other
article can change it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256

from transforms.language.reference import read_reference
from transforms.stories.compare import compare, contained
from transforms.stories.sketch import Sketch
from warehouse.schema.tables import StoryLink

SAME_TEXT = 0.5  # of the shorter text's runs of five words; reprints cut and retouch
FEWEST_RUNS = 20  # of a text that may be the same as another one: shorter ones are boxes and formulas
LINKED = 0.5  # probability by the model; tests/benchmarks/train_stories.py prints what other limits give
# A hundred outlets may print one report; what more share is a site's own phrase, or one text.
MOST_WITH_KEY, NEAREST = 200, 10  # articles with one key that are all compared; else so many each side


def link_stories(new: Sequence[Sketch], existing: Sequence[Sketch]) -> list[StoryLink]:
    """Return the links of new articles with each other and with existing ones.

    Only articles that share a key are compared; `existing` need hold no others.
    """
    pairs = candidate_pairs(new, existing)
    texts = _number_texts(sketch for pair in pairs for sketch in pair)
    compared: dict[tuple[int, ...], StoryLink | None] = {}
    links = []
    for one, other in pairs:
        # Copies of one text are compared with others once.
        key = tuple(sorted((texts[one.article_id], texts[other.article_id])))
        if key not in compared:
            compared[key] = link(one, other)
        if found := compared[key]:
            links.append(replace(found, article_id=one.article_id, other_article_id=other.article_id))
    return sorted(links, key=lambda found: (found.article_id, found.other_article_id))


def _number_texts(sketches: Iterable[Sketch]) -> dict[str, int]:
    """Return for each article the number of its text: equal sketches have the same number."""
    by_id = {sketch.article_id: sketch for sketch in sketches}
    numbers: dict[bytes, int] = {}
    return {
        article_id: numbers.setdefault(_digest(sketch), len(numbers))
        for article_id, sketch in by_id.items()
    }


def _digest(sketch: Sketch) -> bytes:
    return sha256(repr(replace(sketch, article_id="")).encode("utf-8", "surrogatepass")).digest()


def candidate_pairs(new: Sequence[Sketch], existing: Sequence[Sketch]) -> list[tuple[Sketch, Sketch]]:
    """Return each pair that shares a key and has a new article in it, in the order of their ids."""
    fresh = {sketch.article_id for sketch in new}
    every = [*new, *(one for one in existing if one.article_id not in fresh)]
    found: dict[tuple[str, str], tuple[Sketch, Sketch]] = {}
    for sketches in _by_key(every).values():
        for at, one in enumerate(sketches):
            if one.article_id in fresh:
                for pair in _pairs_of(one, sketches, at):
                    found[pair[0].article_id, pair[1].article_id] = pair
    return [found[ids] for ids in sorted(found)]


def _by_key(sketches: Sequence[Sketch]) -> Mapping[str, list[Sketch]]:
    by_key: dict[str, list[Sketch]] = defaultdict(list)
    for sketch in sorted(sketches, key=lambda one: one.article_id):
        for key in sketch.lookup_keys():
            by_key[key].append(sketch)
    return by_key


def _pairs_of(one: Sketch, sketches: Sequence[Sketch], at: int) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield the pairs to compare of an article and those that share a key, in the order of their ids.

    They are all the others, unless those are so many that the key tells little or all are copies of
    one text: then the nearest, which tie the copies to each other in a chain.
    """
    reach = len(sketches) if len(sketches) <= MOST_WITH_KEY else NEAREST
    for other in sketches[max(0, at - reach) : at]:
        yield other, one
    for other in sketches[at + 1 : at + 1 + reach]:
        yield one, other


def link(one: Sketch, other: Sketch) -> StoryLink | None:
    """Return the link of two articles with what they share, or None if they report different events.

    The title is not looked at: "China cracks down on WeChat" is the title of many events.
    """
    one, other = sorted((one, other), key=lambda sketch: sketch.article_id)
    if is_copy(one, other):
        alike = contained(one, other)
        words = f"the same text: {alike:.0%} of the runs of five words"
        return StoryLink(one.article_id, other.article_id, round(alike, 4), words, is_copy=True)
    shared = compare(one, other)
    likely = probability(shared.features)
    if likely < LINKED:
        return None
    return StoryLink(
        one.article_id, other.article_id, round(likely, 4), "; ".join(shared.reasons), is_copy=False
    )


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Return True if two articles are one text, cut or whole."""
    fewest = min(len(one.runs), len(other.runs))
    return fewest >= FEWEST_RUNS and contained(one, other) >= SAME_TEXT


def probability(features: Mapping[str, float]) -> float:
    """Return how likely two articles report the same events, by logistic regression on features."""
    weights = _weights()
    score = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_reference("story_weights")}
