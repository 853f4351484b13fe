"""What a list can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choices:
    """The filters and orders of a list.

    `filters` have conditions with a parameter of their own name, `fixed` those for each of some values.
    `orders` have what to sort by and a label; the first is how the list stands at its own address.
    """

    filters: Mapping[str, str]
    fixed: Mapping[str, Mapping[str, str]]
    orders: Mapping[str, tuple[str, str]]
