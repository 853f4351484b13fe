"""Spare Great Expectations work that it repeats: half of the time of checking a small batch.

Version 1.24 makes an expectation from its configuration, and the configuration from the expectation,
again for each of their values, 90 times a check. It follows the dependencies of a metric whenever it
comes to it, ten times a check, converts each id to JSON in Python, and copies all that a result holds
to change the outermost part of the copy. It writes the settings of its context as YAML for each table,
though they are kept nowhere.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from types import SimpleNamespace
from typing import Any

from great_expectations.core import expectation_validation_result, id_dict
from great_expectations.expectations import expectation_configuration
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.validator.validation_graph import ValidationGraph


@contextmanager
def done_once() -> Iterator[None]:
    """Do these things once in the block, in which no expectation may change."""
    configuration = property(_once_for_each(Expectation.configuration.fget))
    with ExitStack() as stack:
        for owner, name, replace in (
            (Expectation, "configuration", lambda _: configuration),
            (ExpectationConfiguration, "to_domain_obj", _once_for_each),
            (ValidationGraph, "build_metric_dependency_graph", _once_for_each_metric),
            (id_dict, "convert_to_json_serializable", _only_if_needed),
            (expectation_validation_result, "deepcopy", lambda _: copy),
            (expectation_configuration, "copy", lambda _: SimpleNamespace(deepcopy=copy)),
        ):
            original = getattr(owner, name)
            setattr(owner, name, replace(original))
            stack.callback(setattr, owner, name, original)
        yield


def _once_for_each(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a method that is called once for each object."""
    made: dict[int, tuple[Any, Any]] = {}  # with the object, so that its id stays its own

    def once(self: Any) -> Any:
        if id(self) not in made:
            made[id(self)] = self, original(self)
        return made[id(self)][1]

    return once


def _once_for_each_metric(original: Callable[..., None]) -> Callable[..., None]:
    """Return a method of graphs that adds a metric with those that it depends on, if it is new."""
    followed: dict[int, tuple[ValidationGraph, set[Any]]] = {}

    def build(
        self: ValidationGraph, metric_configuration: Any, runtime_configuration: Any = None
    ) -> None:
        _, known = followed.setdefault(id(self), (self, set()))
        if metric_configuration.id not in known:
            known.add(metric_configuration.id)
            original(self, metric_configuration, runtime_configuration)

    return build


def _only_if_needed(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that converts a dictionary for JSON if JSON cannot take it as it is."""

    def convert(data: dict[str, Any]) -> Any:
        try:
            json.dumps(data)
        except TypeError:
            return original(data)
        return data

    return convert


def keep_no_settings(context: Any) -> None:
    """Keep an ephemeral context from writing its settings; nobody reads them."""
    context._save_project_config = lambda: None
