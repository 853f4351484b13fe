"""Describe in words what Great Expectations checked in a run, and the results.

The words come from Great Expectations' renderers. Its pages are not used, since they put values into
HTML without escaping and load scripts from the network. The text returned here is plain and must be
escaped for HTML.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Template
from typing import Any, Literal

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations  # noqa: F401  # registers every expectation with its renderers
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render.renderer.inline_renderer import InlineRenderer

from warehouse.schema.vocabulary import Severity

Outcome = Literal["held", "failed", "crashed"]
SHOWN_CHARS = 200


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a sentence: plain words, or a value in a placeholder."""

    text: str
    is_value: bool = False


@dataclass(frozen=True, slots=True)
class CheckedExpectation:
    """An expectation in words, and its result.

    `query` is the SQL that finds the failing rows, if it is checked so; `because` is the reason for the
    expectation; `crash` is the reason why it could not be checked.
    """

    name: str
    column: str
    words: tuple[Word, ...]
    query: str | None
    because: str | None
    severity: Severity
    outcome: Outcome
    crash: str | None
    observed: str | None
    element_count: int | None
    unexpected_count: int | None
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedSuite:
    """The expectations of a table or of a batch, the failed ones first."""

    name: str
    expectations: tuple[CheckedExpectation, ...]

    @property
    def broken(self) -> int:
        """The number of expectations that failed or could not be checked."""
        return sum(expectation.outcome != "held" for expectation in self.expectations)


def describe_validation(documents: Mapping[str, Any]) -> tuple[CheckedSuite, ...]:
    """Return the checks of a run, by suite, from Great Expectations' results.

    `documents` comes from `check_staged`: the validation result of each suite as JSON.
    """
    return tuple(
        CheckedSuite(suite, tuple(sorted(map(_describe, found["results"]), key=_is_held)))
        for suite, found in documents.items()
    )


def _is_held(expectation: CheckedExpectation) -> bool:
    return expectation.outcome == "held"


def _describe(result: Mapping[str, Any]) -> CheckedExpectation:
    config, seen, crash = result["expectation_config"], result.get("result") or {}, _crash(result)
    meta = config.get("meta") or {}
    words, query = _words(config)
    is_rows = query is not None
    return CheckedExpectation(
        name=meta.get("name") or config["type"],
        column=config["kwargs"].get("column") or meta.get("column") or "",
        words=words,
        query=query,
        because=config.get("description"),
        severity=config.get("severity") or "critical",
        outcome="crashed" if crash else "held" if result["success"] else "failed",
        crash=crash,
        observed=None if crash or is_rows else _observed(seen),
        element_count=seen.get("element_count"),
        unexpected_count=seen.get("unexpected_count", seen.get("observed_value") if is_rows else None),
        sample=_sample(seen),
    )


def _words(config: Mapping[str, Any]) -> tuple[tuple[Word, ...], str | None]:
    """Return Great Expectations' sentence for an expectation, and its query if it has one."""
    # Without the description, since the renderer would show it instead of the expectation.
    expectation = ExpectationConfiguration(type=config["type"], kwargs=config["kwargs"])
    words: list[Word] = []
    query = None
    for content in InlineRenderer(expectation).get_rendered_content():
        value = content.to_json_dict()["value"]
        params = {name: _plain(param["value"]) for name, param in (value.get("params") or {}).items()}
        words += _fill(value.get("template") or "", params)
        if code := value.get("code_block"):
            # A query escapes braces by doubling them, because of its placeholder {batch}.
            filled = Template(code["code_template_str"]).safe_substitute(params)
            query = filled.replace("{{", "{").replace("}}", "}")
    return tuple(words), query


def _fill(template: str, params: Mapping[str, str]) -> Iterator[Word]:
    """Yield the words of a template with its placeholders filled, values separate from plain words."""
    at = 0
    for place in Template.pattern.finditer(template):
        name = place["named"] or place["braced"]
        if name not in params:
            continue
        if place.start() > at:
            yield Word(template[at : place.start()])
        yield Word(params[name], is_value=True)
        at = place.end()
    if template[at:]:
        yield Word(template[at:])


def _plain(value: object) -> str:
    """Return a value for display: text without quotes, whole numbers without a fraction."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.6g}"
    return json.dumps(value, ensure_ascii=False, default=str)


def _observed(seen: Mapping[str, Any]) -> str | None:
    if "observed_value" in seen:
        return _plain(seen["observed_value"])[:SHOWN_CHARS]
    share = seen.get("unexpected_percent")
    return f"{share:.3g} % unexpected" if share else None


def _sample(seen: Mapping[str, Any]) -> tuple[str, ...]:
    rows = (seen.get("details") or {}).get("unexpected_rows")
    return tuple(
        _plain(value)[:SHOWN_CHARS] for value in seen.get("partial_unexpected_list") or rows or ()
    )


def _crash(result: Mapping[str, Any]) -> str | None:
    """Return why an expectation could not be checked, from the report of the check or of a metric."""
    info = result.get("exception_info") or {}
    reports = [info] if "raised_exception" in info else list(info.values())
    crashes = [report for report in reports if report.get("raised_exception")]
    return str(crashes[0].get("exception_message") or "no message") if crashes else None
