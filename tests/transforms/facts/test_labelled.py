"""The hand-labelled articles hold what docs/facts.md says of them."""

from functools import cache
from pathlib import Path

import pytest

from tests.benchmarks.facts import LABELS, PARTS, score_part
from tests.loading import ROOT

BENCH = ROOT.parent / "shared" / "bench"
# What is wanted of the facts; what the part gives now is in docs/facts.md.
PRECISION = {"figures": 0.95, "speakers": 0.93, "quotes": 0.95, "entities": 0.93}
RECALL = {"figures": 0.85, "speakers": 0.75, "quotes": 0.90, "entities": 0.95}

pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="the articles are third-party text")


@cache
def score(part):
    return score_part(Path(BENCH), part)


@pytest.mark.parametrize("kind", PRECISION)
def test_tuned_part(kind):
    found = score("tuned")
    assert found.precision(kind) >= PRECISION[kind], found.notes
    assert found.recall(kind) >= RECALL[kind], found.notes


def test_there_are_as_many_as_said():
    counts = [len((LABELS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()) for part in PARTS]
    assert counts == [207, 14]
