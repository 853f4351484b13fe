"""Check the staged rows of a run: which documents fail, and whether the batch may be loaded."""

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.contract import contract
from expectations.dialect import connection_string, register_dialect
from expectations.quick import done_once, keep_no_settings
from expectations.rules import batch_suite, document_rules, history_suite
from expectations.verdict import Breach, Verdict
from warehouse.schema.rows.runs import ExpectationResult

SAMPLE = 5  # example values that are kept for a failed expectation
SAMPLE_CHARS = 200


def check_staged(
    database: Path,
    run_id: str,
    keys: Mapping[str, str],
    cleaned: int,
    articles: int,
    has_history: bool = False,
) -> Verdict:
    """Check the views staged_TABLE and batch_facts of a DuckDB file, which is not changed.

    `database` is a small file with views on the staged Parquet files; `keys` are the tables, each with
    the column that has the id of a row's document; `cleaned` and `articles` are the numbers of captures
    and articles in the batch. If `has_history` is true, the table `history` is checked too. A failure
    that is not about rows (an extra column, an expectation that crashed) is critical.
    """
    context = _context()
    source = context.data_sources.add_sql(
        "staged", connection_string=connection_string(database), create_temp_table=False
    )
    suites = {f"staged_{table}": _suite(table, key) for table, key in keys.items()}
    suites["batch_facts"] = batch_suite(cleaned, articles)
    if has_history:
        suites["history"] = history_suite()
    with done_once():
        outcomes = {suite.name: _validate(source, view, suite) for view, suite in suites.items()}
        return _verdict(run_id, outcomes)


def _suite(table: str, key: str) -> gx.ExpectationSuite:
    """Return the contract of a table with the rules for its documents."""
    suite = contract(table)
    for rule in document_rules(table, key):
        suite.add_expectation(rule)
    return suite


def _context() -> Any:
    register_dialect()
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    keep_no_settings(context)
    return context


def _validate(source: Any, view: str, suite: gx.ExpectationSuite) -> ExpectationSuiteValidationResult:
    asset = source.add_table_asset(view, table_name=view)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    return batch.validate(
        suite, result_format={"result_format": "BASIC", "partial_unexpected_count": SAMPLE}
    )


def _verdict(run_id: str, outcomes: dict[str, ExpectationSuiteValidationResult]) -> Verdict:
    results, breaches, critical, warnings = [], [], [], []
    for suite, outcome in outcomes.items():
        for result in outcome.results:
            row = _row(run_id, suite, result)
            results.append(row)
            if row.success:
                continue
            condition = result.expectation_config.meta["condition"]
            told = _words(result, row)
            if condition and not _crash(result):
                breaches.append(Breach(suite, row.expectation, condition))
            elif row.severity == "critical":
                critical.append(told)
            else:
                warnings.append(told)
    documents = {suite: outcome.to_json_dict() for suite, outcome in outcomes.items()}
    return Verdict(tuple(results), tuple(breaches), tuple(critical), tuple(warnings), documents)


def _row(run_id: str, suite: str, result: ExpectationValidationResult) -> ExpectationResult:
    config, seen = result.expectation_config, result.result or {}
    crash = _crash(result)
    observed = crash or seen.get("observed_value", seen.get("unexpected_percent"))
    if suite == "batch" and seen.get("partial_unexpected_list"):
        observed = seen["partial_unexpected_list"][0]
    if suite == "history" and not crash:
        observed = "; ".join(seen.get("partial_unexpected_list") or ()) or None
    return ExpectationResult(
        run_id=run_id,
        suite=suite,
        expectation=config.meta["name"],
        column_name=config.kwargs.get("column") or config.meta["column"],
        severity="warning" if config.severity == FailureSeverity.WARNING else "critical",
        success=bool(result.success),
        observed=None if observed is None else json.dumps(observed, default=str)[:SAMPLE_CHARS],
        element_count=seen.get("element_count"),
        unexpected_count=seen.get(
            "unexpected_count", seen.get("observed_value") if _is_rows(config) else None
        ),
        sample=_sample(seen),
    )


def _words(result: ExpectationValidationResult, row: ExpectationResult) -> str:
    """Return a message for a failed expectation, with the words of its rule if it has some."""
    words = result.expectation_config.meta.get("words")
    if words and not _crash(result):
        return str(words).format(observed=json.loads(row.observed or "null"))
    return f"{row.suite}: {row.expectation}: {row.column_name or 'table'} is {row.observed}"


def _is_rows(config: Any) -> bool:
    return bool(config.type == "unexpected_rows_expectation")


def _sample(seen: dict[str, Any]) -> str | None:
    values = seen.get("partial_unexpected_list") or seen.get("details", {}).get("unexpected_rows")
    if not values:
        return None
    return json.dumps([str(value)[:SAMPLE_CHARS] for value in values[:SAMPLE]], ensure_ascii=False)


def _crash(result: ExpectationValidationResult) -> str | None:
    """Return why an expectation could not be checked, which its result shows only as a failure."""
    info = result.exception_info or {}
    parts = [info] if "raised_exception" in info else list(info.values())
    messages = [part.get("exception_message") for part in parts if part.get("raised_exception")]
    return f"could not be checked: {messages[0]}" if messages else None
