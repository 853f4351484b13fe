"""The labelled stories: links and stories as good as docs/facts.md says, whatever order they come in."""

import random
from itertools import pairwise

import pytest

from tests.benchmarks.story_cases import HALVES, read_cases, score
from tests.linking import link_sketches
from transforms.stories.compare import compare


@pytest.fixture(scope="module", params=HALVES)
def cases(request):
    return read_cases(request.param)


def test_labelled_stories_are_found(cases):
    found = score(cases)
    assert found.b_cubed_f1 >= 0.95
    assert found.found_across_languages >= 0.9 * found.pairs_across_languages


def test_links_are_right():
    halves = [score(read_cases(half)) for half in HALVES]
    links = sum(found.links for found in halves)
    assert sum(found.false_links for found in halves) <= 0.03 * links


def test_links_do_not_depend_on_order_or_batches(cases):
    sketches = [case.sketch for case in cases]
    at_once = link_sketches(sketches)
    shuffled = random.Random(7).sample(sketches, len(sketches))
    half = len(shuffled) // 2
    later = [*link_sketches(shuffled[:half]), *link_sketches(shuffled[half:], shuffled[:half])]
    assert sorted(map(repr, later)) == sorted(map(repr, at_once))


def test_features_do_not_depend_on_which_comes_first(cases):
    for one, other in pairwise(cases):
        features = compare(one.sketch, other.sketch).features
        assert features == pytest.approx(compare(other.sketch, one.sketch).features)


def test_every_link_says_why(cases):
    assert all(link.evidence for link in link_sketches([case.sketch for case in cases]))
