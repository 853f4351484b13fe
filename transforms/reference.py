"""The reference data that rules read, from seeds/reference/."""

import csv
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parent.parent / "seeds" / "reference"


@cache
def read_reference(name: str) -> tuple[dict[str, str], ...]:
    """Return the lines of a reference list as dictionaries by column."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
