"""Evaluate gradient-boosted trees from plain arrays."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.scoring.features.tokens import Floats


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays: column t of each array of splits is tree t, row s is its split s.

    The leaves of a tree are numbered from left to right. A split has the leaves from `first` up to
    `last` below it; those below `middle` are on its left. A tree has at most 32 leaves, since `leaves`
    keeps one bit for each. Trees with fewer splits than the largest are padded with splits that never
    go right.
    """

    names: tuple[str, ...]  # of the features, in the order of the columns of the input
    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float32]
    first: npt.NDArray[np.int64]
    middle: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    value: Floats  # the tree's prediction if it ended at the split
    left_value: Floats
    right_value: Floats
    leaf_value: Floats  # a row a tree

    def log_odds(self, rows: npt.NDArray[np.float32]) -> Floats:
        """Return for each row the sum of the values of its leaves."""
        trees, leaves = self.leaf_value.shape
        places = self.leaves(rows) + np.arange(0, trees * leaves, leaves)[:, None]
        return np.asarray(np.take(self.leaf_value, places).sum(axis=0), np.float64)

    def probabilities(self, rows: npt.NDArray[np.float32]) -> Floats:
        """Return for each row the probability of the positive class."""
        return as_probabilities(self.log_odds(rows))

    def leaves(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
        """Return the leaf of each tree (down) that each row (across) ends in.

        If a row goes right at a split, the leaves on its left are ruled out; the leftmost leaf that no
        split has ruled out is the one that a walk from the root reaches (QuickScorer). The first split
        of all trees is computed for all rows at once, then the second, and so on.
        """
        columns = np.ascontiguousarray(rows.T)
        shape = (self.feature.shape[1], len(rows))
        values, goes_right = np.empty(shape, np.float32), np.empty(shape, np.bool_)
        mask, ruled_out = np.empty(shape, np.uint32), np.zeros(shape, np.uint32)
        left_masks = self._left_masks()
        for feature, threshold, left in zip(self.feature, self.threshold, left_masks, strict=True):
            np.take(columns, feature, axis=0, out=values, mode="clip")
            np.greater(values, threshold[:, None], out=goes_right)
            np.multiply(goes_right, left[:, None], out=mask)
            np.bitwise_or(ruled_out, mask, out=ruled_out)
        lowest = ~ruled_out & (ruled_out + np.uint32(1))
        return np.bitwise_count(lowest - np.uint32(1)).astype(np.int64)

    def contributions(self, row: npt.NDArray[np.float32]) -> Floats:
        """Return the contribution of each feature to the log odds of one row.

        At each split on the path of the row, the change in value is added to the feature of the split
        (Saabas). The sum of all contributions and of the trees' values at their roots is the log odds.
        """
        leaf = self.leaves(row[None, :])[:, 0]
        on_way = (self.first <= leaf) & (leaf < self.last)
        taken = np.where(leaf < self.middle, self.left_value, self.right_value)
        change = np.where(on_way, taken - self.value, 0.0)
        moved = np.bincount(self.feature.ravel(), change.ravel(), minlength=len(self.names))
        return np.asarray(moved, np.float64)

    def _left_masks(self) -> npt.NDArray[np.uint32]:
        """Return for each split a mask of the leaves on its left."""
        first, middle, one = self.first.astype(np.uint64), self.middle.astype(np.uint64), np.uint64(1)
        return ((one << middle) - (one << first)).astype(np.uint32)


def mean_of(one: Forest, other: Forest) -> Forest:
    """Return the forest whose log odds are the mean of those of two."""
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    places = np.array([names.index(name) for name in other.names])
    value, left_value, right_value = (
        _beside(getattr(one, name), getattr(other, name)) / 2
        for name in ("value", "left_value", "right_value")
    )
    return Forest(
        names,
        _beside(one.feature, places[other.feature]),
        _beside(one.threshold, other.threshold, np.inf),
        _beside(one.first, other.first),
        _beside(one.middle, other.middle),
        _beside(one.last, other.last),
        value,
        left_value,
        right_value,
        np.ascontiguousarray(_beside(one.leaf_value.T, other.leaf_value.T).T) / 2,
    )


def _beside(one: npt.NDArray[Any], other: npt.NDArray[Any], filling: float = 0) -> npt.NDArray[Any]:
    """Return the columns of both arrays, the shorter ones filled up with splits that never go right."""
    longest = max(len(one), len(other))
    filled = [
        np.pad(array, ((0, longest - len(array)), (0, 0)), constant_values=filling)
        for array in (one, other)
    ]
    return np.concatenate(filled, axis=1)


def as_probabilities(log_odds: Floats) -> Floats:
    """Return the probabilities that log odds stand for.

    >>> as_probabilities(np.array([0.0, 2.0])).round(2).tolist()
    [0.5, 0.88]
    """
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), np.float64)


def read_forest(path: Path) -> Forest:
    """Read a forest from a NumPy file of plain arrays, one row a tree; the file contains no code."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: np.ascontiguousarray(file[name].T) for name in file.files}
    return Forest(
        tuple(arrays["names"].tolist()),
        arrays["feature"].astype(np.int64),
        arrays["threshold"],
        arrays["first"].astype(np.int64),
        arrays["middle"].astype(np.int64),
        arrays["last"].astype(np.int64),
        arrays["value"].astype(np.float64),
        arrays["left_value"].astype(np.float64),
        arrays["right_value"].astype(np.float64),
        np.ascontiguousarray(arrays["leaf_value"].T),
    )
