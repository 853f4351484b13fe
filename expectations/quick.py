"""Spare Great Expectations work that it repeats: most of the time of checking a small batch.

Version 1.24 makes the configuration of an expectation anew for each of its values, 90 times a check,
and writes the settings of its context as YAML for each table, though they are kept nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from great_expectations.expectations.expectation import Expectation


@contextmanager
def configured_once() -> Iterator[None]:
    """Make the configuration of each expectation once in the block; none may change in it."""
    made: dict[int, tuple[Expectation, Any]] = {}  # with the expectation, so that its id stays its own
    original: Any = Expectation.configuration

    def configuration(self: Expectation) -> Any:
        if id(self) not in made:
            made[id(self)] = self, original.fget(self)
        return made[id(self)][1]

    Expectation.configuration = property(configuration)
    try:
        yield
    finally:
        Expectation.configuration = original


def keep_no_settings(context: Any) -> None:
    """Keep an ephemeral context from writing its settings; nobody reads them."""
    context._save_project_config = lambda: None
