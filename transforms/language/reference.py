"""Read the reference data of the rules from seeds/reference/."""

import csv
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parent.parent.parent / "seeds" / "reference"


@cache
def read_reference(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a reference list as dictionaries by column."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def read_column(name: str, column: str, language: str | None = None) -> frozenset[str]:
    """Return the values of a column of a reference list, for one language or for all.

    >>> "der" in read_column("stopwords", "word"), "der" in read_column("stopwords", "word", "en")
    (True, False)
    """
    rows = read_reference(name)
    return frozenset(row[column] for row in rows if language in (None, row.get("language")))
