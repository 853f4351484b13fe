"""Turn a trained model into plain arrays, and those into a file."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

Node = dict[str, Any]


def export_forest(booster: lightgbm.Booster, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays that transforms.scoring.forest reads, without features that no tree uses."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    splits = [list(_splits(tree, 0)) for tree in trees]
    asked = sorted({node["split_feature"] for tree in splits for node, *_ in tree})
    width = max(len(tree) for tree in splits)
    shape = (len(trees), width)
    arrays: dict[str, npt.NDArray[Any]] = {
        "names": np.array([names[n] for n in asked]),
        "feature": np.zeros(shape, np.int16),
        "threshold": np.full(shape, np.inf, np.float32),
        "first": np.zeros(shape, np.uint8),
        "middle": np.zeros(shape, np.uint8),
        "last": np.zeros(shape, np.uint8),
        "value": np.zeros(shape, np.float32),
        "left_value": np.zeros(shape, np.float32),
        "right_value": np.zeros(shape, np.float32),
        "leaf_value": np.zeros((len(trees), width + 1), np.float64),
    }
    for t, tree in enumerate(splits):
        for s, (node, first, middle, last) in enumerate(tree):
            arrays["feature"][t, s] = asked.index(node["split_feature"])
            arrays["threshold"][t, s] = round_down(node["threshold"])
            arrays["first"][t, s], arrays["middle"][t, s], arrays["last"][t, s] = first, middle, last
            arrays["value"][t, s] = _value(node)
            arrays["left_value"][t, s] = _value(node["left_child"])
            arrays["right_value"][t, s] = _value(node["right_child"])
        leaves = list(_leaves(trees[t]))
        arrays["leaf_value"][t, : len(leaves)] = leaves
    return arrays


def to_bytes(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """Return arrays as a compressed file that numpy reads, without the time of writing in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, member.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def round_down(threshold: float) -> np.float32:
    """Return the largest 32-bit number that is not above; comparing 32-bit values stays exact.

    >>> bool(round_down(0.1) <= 0.1 < np.nextafter(round_down(0.1), np.float32(1)))
    True
    """
    rounded = np.float32(threshold)
    return rounded if float(rounded) <= threshold else np.nextafter(rounded, np.float32(-np.inf))


def _splits(node: Node, first: int) -> Iterator[tuple[Node, int, int, int]]:
    """Yield the splits of a tree with the leaves they govern: first, middle and last."""
    if "split_feature" in node:
        middle = first + _leaf_count(node["left_child"])
        yield node, first, middle, middle + _leaf_count(node["right_child"])
        yield from _splits(node["left_child"], first)
        yield from _splits(node["right_child"], middle)


def _leaves(node: Node) -> Iterator[float]:
    if "split_feature" in node:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])
    else:
        yield node["leaf_value"]


def _leaf_count(node: Node) -> int:
    return sum(1 for _ in _leaves(node))


def _value(node: Node) -> float:
    return float(node["internal_value"] if "split_feature" in node else node["leaf_value"])
