"""The verdict on a batch, which can be read without Great Expectations."""

from dataclasses import dataclass
from typing import Any

from warehouse.schema.rows.runs import ExpectationResult


@dataclass(frozen=True, slots=True)
class Breach:
    """A failed expectation about rows: its table, its name, and the SQL condition of a valid row."""

    table: str
    name: str
    condition: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of the checks: all expectation results, breaches by rows, and critical failures.

    `documents` are the validation results of each suite as JSON.
    """

    results: tuple[ExpectationResult, ...]
    breaches: tuple[Breach, ...]
    critical: tuple[str, ...]
    warnings: tuple[str, ...]
    documents: dict[str, Any]
