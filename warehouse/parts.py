"""Take things that come one by one in parts, so that few are in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def in_parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Yield lists of `size` things, the last of them shorter; none if there are none.

    >>> list(in_parts("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    endless = iter(things)
    while part := list(islice(endless, size)):
        yield part
