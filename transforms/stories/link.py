"""Link articles that report the same events, each link with its evidence in words.

Whether two articles are linked depends on the two and on fixed reference data alone, so that no other
article can change it.
"""

import math
from collections.abc import Mapping
from functools import cache

from transforms.language.reference import read_reference
from transforms.stories.compare import compare, contained
from transforms.stories.sketch import Sketch
from warehouse.schema.rows.stories import StoryLink

SAME_TEXT = 0.5  # of the shorter text's runs of five words; reprints cut and retouch
FEWEST_RUNS = 20  # of a text that may be the same as another one: shorter ones are boxes and formulas
LINKED = 0.6  # probability by the model; tests/benchmarks/train_stories.py prints what other limits give


def link(one: Sketch, other: Sketch, trained: Mapping[str, float] | None = None) -> StoryLink | None:
    """Return the link of two articles with what they share, or None if they report different events.

    The title is not looked at: "China cracks down on WeChat" is the title of many events. `trained` are
    the weights of the features, if they are not those of the reference data.
    """
    one, other = sorted((one, other), key=lambda sketch: sketch.article_id)
    alike = contained(one, other)
    if is_copy(one, other, alike):
        words = f"the same text: {alike:.0%} of the runs of five words"
        return StoryLink(one.article_id, other.article_id, round(alike, 4), words, is_copy=True)
    shared = compare(one, other, alike)
    likely = probability(shared.features, trained or weights())
    if likely < LINKED:
        return None
    return StoryLink(
        one.article_id, other.article_id, round(likely, 4), "; ".join(shared.reasons), is_copy=False
    )


def is_copy(one: Sketch, other: Sketch, alike: float) -> bool:
    """Return True if two articles are one text, cut or whole; `alike` is the share that they share."""
    return alike >= SAME_TEXT and min(len(one.runs), len(other.runs)) >= FEWEST_RUNS


def probability(features: Mapping[str, float], of: Mapping[str, float]) -> float:
    """Return how likely two articles report the same events, by logistic regression with weights."""
    score = of["bias"] + sum(of[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-score))


@cache
def weights() -> Mapping[str, float]:
    """Return the weights of the features; only the bias, `far` and `days_differ` are below zero."""
    return {row["feature"]: float(row["weight"]) for row in read_reference("story_weights")}
