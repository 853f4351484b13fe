"""Find the elements of a page by a path such as `div.story > p.note`."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.blocks.block import Element

COMBINED = re.compile(r"\s*(>)\s*|\s+")
NAME = re.compile(r"[.#]")


class Step(NamedTuple):
    """A step of a path: a tag ("" for any), class or id names, and whether it is a child."""

    tag: str
    names: frozenset[str]
    is_child: bool


def is_within(element: Element, path: str) -> bool:
    """Return True if a path leads to an element or to one that it lies in.

    A path has tags, classes and ids as CSS has them; a space leads to any descendant, `>` to a child.

    >>> story = Element("div", "story main", 2, Element("body", "", 1, None))
    >>> note = Element("p", "note", 3, story)
    >>> [is_within(note, path) for path in ("div.story", "body p.note", "body > p", "#main > .note")]
    [True, True, False, True]
    """
    steps = _read_path(path)
    return any(_leads_to(steps, one) for one in element.line())


def _leads_to(steps: Sequence[Step], element: Element) -> bool:
    """Return True if the last step is an element and those before it are above, in their order."""
    here = {len(steps) - 1} if _is(steps[-1], element) else set()  # steps that the last element is
    met = set(here)
    above = element.above
    while above is not None and met and 0 not in met:
        wanted = {n - 1 for n in met if n in here or not steps[n].is_child}
        here = {n for n in wanted if _is(steps[n], above)}
        met |= here
        above = above.above
    return 0 in met


def _is(step: Step, element: Element) -> bool:
    return step.tag in ("", element.tag) and step.names <= set(element.names.split())


@lru_cache(maxsize=1_000)
def _read_path(path: str) -> tuple[Step, ...]:
    parts = COMBINED.split(path.strip().lower())
    steps = []
    for text, mark in zip(parts[::2], [None, *parts[1::2]], strict=True):
        tag, *names = NAME.split(text)
        steps.append(Step("" if tag == "*" else tag, frozenset(names), mark == ">"))
    return tuple(steps)
