"""Read the cases of tests/cases/facts/."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases" / "facts"


def cases(name):
    """Return the cases of a file as parameters, those with a known failure marked."""
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=why)] if (why := case.get("known_failure")) else [],
        )
        for case in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    ]


def assert_rows(found, expected):
    """Assert that rows are those expected, as far as the case says what they hold."""
    rows = [
        {name: getattr(row, name) for name in one} for row, one in zip(found, expected, strict=False)
    ]
    assert rows == expected
    assert len(found) == len(expected), found
