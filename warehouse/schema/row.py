"""The decorator of the classes of rows."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Row = TypeVar("Row")


@dataclass_transform(frozen_default=True)
def row(table: type[Row]) -> type[Row]:
    """Make a class a dataclass with slots that mypy takes for frozen; at run time it is not.

    A document has hundreds of rows. A frozen dataclass takes six times as long to be made, and three
    times as long on its way from one process to another.
    """
    return dataclass(slots=True, unsafe_hash=True)(table)
