import numpy as np
import pytest

from transforms.scoring.forest import Forest, read_forest
from transforms.scoring.score import MODELS

# Two trees by hand, a column each: x0 <= 1 ? (x1 <= 5 ? -1 : 2) : 3, and x1 <= 0 ? 0.5 : -0.5.
FOREST = Forest(
    names=("x0", "x1"),
    feature=np.array([[0, 1], [1, 0]]),
    threshold=np.array([[1, 0], [5, np.inf]], np.float32),
    first=np.array([[0, 0], [0, 0]]),
    middle=np.array([[2, 1], [1, 0]]),
    last=np.array([[3, 2], [2, 0]]),
    value=np.array([[1.0, 0.0], [0.5, 0.0]]),
    left_value=np.array([[0.5, 0.5], [-1.0, 0.0]]),
    right_value=np.array([[3.0, -0.5], [2.0, 0.0]]),
    leaf_value=np.array([[-1.0, 2.0, 3.0], [0.5, -0.5, 0.0]]),
)


@pytest.mark.parametrize(
    ("row", "log_odds"),
    [((1, 5), -1.5), ((1, 6), 1.5), ((2, 6), 2.5), ((2, 0), 3.5), ((1, -1), -0.5)],
)
def test_forest_ends_in_the_leaf_that_a_walk_from_the_root_would_reach(row, log_odds):
    assert FOREST.log_odds(np.array([row], np.float32)).tolist() == [log_odds]


def test_contributions_and_roots_add_up_to_the_log_odds():
    row = np.array([1, 6], np.float32)
    roots = FOREST.value[0].sum()
    assert FOREST.contributions(row).tolist() == [-0.5, 1.5 - 0.5]
    assert roots + FOREST.contributions(row).sum() == FOREST.log_odds(row[None, :])[0]


@pytest.mark.parametrize("kind", ["flat", "fast", "best", "site_flat"])
def test_models_are_small_and_plain(kind):
    path = MODELS / f"{kind}.npz"
    forest = read_forest(path)
    assert path.stat().st_size < 1_000_000
    assert forest.feature.max() < len(forest.names)
    assert (forest.first <= forest.middle).all()
    assert (forest.middle <= forest.last).all()
