"""Lists too long for one page are shown in parts of so many rows, numbered from 1."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def parts_of(total: int, size: int) -> int:
    """Return how many parts so many rows have.

    >>> parts_of(200, 100), parts_of(201, 100)
    (2, 3)
    """
    return -(-total // size)


def place_of(part: int, size: int) -> dict[str, int]:
    """Return a part as the parameters `limit` and `offset` of a query.

    >>> place_of(3, 100)
    {'limit': 100, 'offset': 200}
    """
    return {"limit": size, "offset": size * (part - 1)}


def rows_of(rows: Sequence[T], part: int, size: int) -> Sequence[T]:
    """Return the rows of a part, of all rows.

    >>> rows_of("abcde", 2, 2)
    'cd'
    """
    return rows[size * (part - 1) :][:size]
