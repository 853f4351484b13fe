"""Features of a block's place in the page's tree: ancestors, hints, prose and links around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.blocks.block import Block, Element, Markup
from transforms.scoring.features.characters import Ints
from transforms.scoring.features.context_features import shifted, through_run
from transforms.scoring.features.hints import hint_kinds, read_hints
from transforms.scoring.features.tokens import Floats, as_floats

NEVER = 30.0  # levels up; means "no such ancestor"
ANCESTORS = 3  # levels up whose content is a feature

TAG_ORDER = {
    "p": 12, "blockquote": 11, "pre": 10, "h1": 9, "h2": 8, "h3": 7, "h4": 6, "h5": 6, "h6": 6,
    "li": 5, "tr": 4, "td": 4, "th": 4, "dt": 3, "dd": 3, "figcaption": 2, "div": 1,
    "button": -1, "label": -1, "legend": -1, "nav": -2, "footer": -2, "aside": -2,
}  # fmt: skip
PLACES = ("article", "main", "nav", "aside", "header", "footer", "form", "figure", "table", "li",
          "section", "noscript", "button", "details", "dialog")  # fmt: skip
PLACE_NUMBERS = {place: number for number, place in enumerate(PLACES)}


@dataclass(frozen=True, slots=True)
class Tree:
    """The ancestors of a page's blocks, parents before their children; element 0 is the body."""

    parent: Ints
    depth: Ints
    tags: tuple[str, ...]
    names: tuple[str, ...]
    path: Ints  # the same for elements with the same path of tags
    owner: Ints  # the element of each block
    above: Ints  # one row a level: the element of each block, its parent, and so on up to the body

    def total(self, values: Floats) -> Floats:
        """Return for each element the sum over the blocks in it."""
        weights = np.broadcast_to(values, self.above.shape).ravel()
        sums = np.bincount(self.above.ravel(), weights=weights, minlength=len(self.parent))
        sums[0] = values.sum()
        return as_floats(sums)

    def highest(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return for each block the highest value among the elements above it."""
        return np.asarray(values[self.above].max(axis=0))


def plant_tree(markups: Sequence[Markup]) -> Tree:
    """Return the tree of the blocks' elements and their ancestors."""
    number: dict[Element, int] = {}
    parent: list[int] = []
    path: list[int] = []
    paths: dict[tuple[int, str], int] = {}
    for markup in markups:
        new: list[Element] = []
        at: Element | None = markup.element
        while at is not None and at not in number:
            new.append(at)
            at = at.above
        for element in reversed(new):
            above = number[element.above] if element.above else -1
            number[element] = len(parent)
            parent.append(above)
            step = (path[above] if above >= 0 else -1, element.tag)
            path.append(paths.setdefault(step, len(paths)))
    owner = np.array([number[markup.element] for markup in markups], np.int64)
    parents = np.array(parent, np.int64)
    levels = [owner]
    while levels[-1].any():
        levels.append(np.maximum(parents[levels[-1]], 0))
    return Tree(
        parents,
        np.array([element.depth - 1 for element in number], np.int64),
        tuple(element.tag for element in number),
        tuple(element.names for element in number),
        np.array(path, np.int64),
        owner,
        np.array(levels),
    )


def tree_features(
    blocks: Sequence[Block], columns: dict[str, Floats], prose: Floats
) -> dict[str, Floats]:
    """Return the features of each block's place in the tree by name."""
    markups = [block.markup for block in blocks if block.markup]
    tree = plant_tree(markups)
    chars = np.array([len(block.text) for block in blocks], np.float64)
    links = np.array([markup.link_chars for markup in markups], np.float64)
    words = columns["words"]
    plain = prose * (1.0 - links / np.maximum(chars, 1))
    return (
        _block_features(markups, chars, links)
        | _place_features(tree)
        | _hint_features(tree, words)
        | _holder_features(tree, plain)
        | _ancestor_features(tree, words, prose, chars, links)
        | _score_features(tree, plain, columns)
        | _path_features(tree, words, plain, chars, links)
        | _heading_features(markups, tree)
        | {"run_plain": _relative(through_run(np.minimum(plain, 80.0) - 5.0))}
    )


def _relative(values: Floats) -> Floats:
    return values / max(float(values.max(initial=0.0)), 1.0)


def _block_features(markups: Sequence[Markup], chars: Floats, links: Floats) -> dict[str, Floats]:
    bold = np.array([markup.bold_chars for markup in markups], np.float64)
    link_share = links / np.maximum(chars, 1)
    return {
        "link_share": link_share,
        "bold_share": bold / np.maximum(chars, 1),
        "tag": np.array([TAG_ORDER.get(markup.tag, 0) for markup in markups], np.float64),
        "depth": np.array([markup.element.depth for markup in markups], np.float64),
        "link_share-1": shifted(link_share, -1),
        "link_share+1": shifted(link_share, 1),
    }


def _levels_up(tree: Tree, flags: npt.NDArray[np.bool_]) -> Floats:
    """Return for each block the levels up to the nearest flagged element; 0 is its own element.

    Each column of `flags` is a separate kind.
    """
    marked = np.where(flags, tree.depth[:, None], -1)
    order = np.argsort(tree.depth, kind="stable")
    ends = np.cumsum(np.bincount(tree.depth))
    for start, end in pairwise(ends.tolist()):
        level = order[start:end]
        marked[level] = np.maximum(marked[level], marked[tree.parent[level]])
    found = marked[tree.owner]
    return np.where(found >= 0, tree.depth[tree.owner][:, None] - found, NEVER)


def _place_features(tree: Tree) -> dict[str, Floats]:
    kinds = np.array([PLACE_NUMBERS.get(tag, -1) for tag in tree.tags])
    levels = _levels_up(tree, kinds[:, None] == np.arange(len(PLACES)))
    return {f"in_{place}": levels[:, n] for n, place in enumerate(PLACES)}


def _hint_features(tree: Tree, words: Floats) -> dict[str, Floats]:
    levels = _levels_up(tree, read_hints(tree.names))
    columns = {f"named_{kind}": levels[:, n] for n, kind in enumerate(hint_kinds())}
    total = max(float(words.sum()), 1.0)
    for kind in ("comment", "thread"):
        share = float(words[columns[f"named_{kind}"] < NEVER].sum()) / total
        columns[f"{kind}_words_share"] = np.full(len(words), share)
    return columns


def _holder_features(tree: Tree, plain: Floats) -> dict[str, Floats]:
    """Return the distance in the tree between each block and the element with most of the prose."""
    held = tree.total(plain)
    columns = {}
    for name, least in (("half", 0.5), ("most", 0.8)):
        holder = _holder(tree, held, least)
        is_above = np.zeros(len(tree.parent), np.bool_)
        element = holder
        while element >= 0:
            is_above[element] = True
            element = int(tree.parent[element])
        common = tree.highest(np.where(is_above, tree.depth, 0))
        columns[f"climb_{name}"] = (tree.depth[holder] - common).astype(np.float64)
        columns[f"below_{name}"] = (tree.depth[tree.owner] - common).astype(np.float64)
        columns[f"depth_{name}"] = np.full(len(tree.owner), float(tree.depth[holder]))
        inside = common >= tree.depth[holder]
        columns[f"outside_{name}"] = _offset(inside)
    return columns


def _holder(tree: Tree, held: Floats, least: float) -> int:
    """Return the deepest element that holds at least this share of all prose."""
    if not held[0]:
        return 0
    holds = np.flatnonzero(held >= least * held[0])
    return int(holds[np.argmax(tree.depth[holds])])


def _offset(inside: npt.NDArray[np.bool_]) -> Floats:
    found = np.flatnonzero(inside)
    if not len(found):
        return np.zeros(len(inside))
    index = np.arange(len(inside))
    return as_floats(np.minimum(index - found[0], 0) + np.maximum(index - found[-1], 0))


def _ancestor_features(
    tree: Tree, words: Floats, prose: Floats, chars: Floats, links: Floats
) -> dict[str, Floats]:
    all_words, all_prose = tree.total(words), tree.total(prose)
    all_chars, all_links = tree.total(chars), tree.total(links)
    all_blocks = tree.total(np.ones(len(words)))
    columns = {}
    element = tree.owner
    for level in range(ANCESTORS + 1):
        columns[f"up{level}_words"] = all_words[element]
        columns[f"up{level}_prose_share"] = all_prose[element] / np.maximum(all_words[element], 1)
        columns[f"up{level}_link_share"] = all_links[element] / np.maximum(all_chars[element], 1)
        columns[f"up{level}_blocks"] = all_blocks[element]
        columns[f"up{level}_of_prose"] = all_prose[element] / max(float(all_prose[0]), 1.0)
        element = np.maximum(tree.parent[element], 0)
    return columns


def _score_features(tree: Tree, plain: Floats, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Return scores of elements: the prose of their children, and half of their grandchildren's."""
    worth = np.where(plain > 0, 1 + columns["commas"] + np.minimum(plain / 17.0, 3.0), 0.0)
    count = len(tree.parent)
    own = np.maximum(tree.parent[tree.owner], 0)
    grand = np.maximum(tree.parent[own], 0)
    score = np.bincount(own, worth, count) + 0.5 * np.bincount(grand, worth, count)
    best = max(float(score.max(initial=0.0)), 1.0)
    return {
        "score_parent": score[own] / best,
        "score_grandparent": score[grand] / best,
        "score_highest": tree.highest(score) / best,
        "score_best": np.full(len(plain), best),
    }


def _path_features(
    tree: Tree, words: Floats, plain: Floats, chars: Floats, links: Floats
) -> dict[str, Floats]:
    """Return the averages over all blocks with the same path, parent or name."""
    columns = {}
    parents, names = _likes(tree)
    kinds = {"path": tree.path, "parent": parents, "name": names}
    for kind, group in ((kind, groups[tree.owner]) for kind, groups in kinds.items()):
        size = np.bincount(group)
        group_words = np.bincount(group, words)
        columns[f"same_{kind}"] = size[group].astype(np.float64)
        columns[f"same_{kind}_words"] = (group_words / np.maximum(size, 1))[group]
        columns[f"same_{kind}_prose"] = (np.bincount(group, plain) / np.maximum(group_words, 1))[group]
        columns[f"same_{kind}_links"] = (
            np.bincount(group, links) / np.maximum(np.bincount(group, chars), 1)
        )[group]
        columns[f"same_{kind}_of_prose"] = np.bincount(group, plain)[group] / max(
            float(plain.sum()), 1.0
        )
    return columns


def _likes(tree: Tree) -> tuple[Ints, Ints]:
    """Return group numbers of elements: by tag and parent's name, and by tag and both names."""
    first = [names.split(" ", 1)[0] for names in tree.names]
    parents: dict[tuple[str, ...], int] = {}
    names: dict[tuple[str, ...], int] = {}
    found = []
    for tag, name, over in zip(tree.tags, first, tree.parent.tolist(), strict=True):
        above = max(over, 0)
        by_parent = parents.setdefault((tree.tags[above], tag, first[above]), len(parents))
        found.append((by_parent, names.setdefault((tag, name, first[above]), len(names))))
    numbers = np.array(found, np.int64)
    return numbers[:, 0], numbers[:, 1]


def _heading_features(markups: Sequence[Markup], tree: Tree) -> dict[str, Floats]:
    """Return the distances to headings, and whether the neighbours have the same parent."""
    index = np.arange(len(markups))
    columns = {}
    for name, tags in (("title", ("h1",)), ("heading", ("h1", "h2", "h3", "h4"))):
        is_heading = np.array([markup.tag in tags for markup in markups])
        last = np.maximum.accumulate(np.where(is_heading, index, -1))
        columns[f"since_{name}"] = np.where(last >= 0, index - last, 999.0)
        following = np.minimum.accumulate(np.where(is_heading, index, 10**6)[::-1])[::-1]
        columns[f"until_{name}"] = np.where(following < 10**6, following - index, 999.0)
    same = np.concatenate(([0], tree.parent[tree.owner][1:] == tree.parent[tree.owner][:-1]))
    columns["same_parent-1"] = same.astype(np.float64)
    columns["same_parent+1"] = np.concatenate((same[1:], [0])).astype(np.float64)
    return columns
