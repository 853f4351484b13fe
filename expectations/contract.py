"""Build the contract of each table: the expectations that follow from its declaration."""

from collections.abc import Iterator
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe

from warehouse.schema.column import Field, checks_of, fields_of, keys_of
from warehouse.schema.ddl import column_checks
from warehouse.schema.tables import TABLES

# The keys of several rows: by their hashes first, which take far less memory.
REPEATED = """
SELECT {keys} FROM {batch}
WHERE hash({keys}) IN (SELECT hash({keys}) FROM {batch} GROUP BY ALL HAVING count(*) > 1)
GROUP BY ALL HAVING count(*) > 1
"""


def contract(table: str) -> gx.ExpectationSuite:
    """Return the expectation suite of a table.

    The `meta` of each expectation has its name and the SQL condition of a valid row, from the same
    declaration as the table's CHECK constraints, so that invalid rows can be found and refused.
    """
    declared = TABLES[table]
    names, keys = [field.name for field in fields_of(declared)], keys_of(declared)
    expectations = [
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=names, meta=_meta("columns_are_declared")),
        _unique(keys),
        *(expectation for field in fields_of(declared) for expectation in column_contract(field)),
        *(
            unexpected_rows(
                check.name,
                f"NOT ({check.condition})",
                check.reason,
                check.condition,
                shown=", ".join(keys),
            )
            for check in checks_of(declared)
        ),
    ]
    return gx.ExpectationSuite(name=table, expectations=expectations)


def column_contract(field: Field) -> Iterator[gxe.Expectation]:
    """Yield an expectation for each rule of a column."""
    name, rule = field.name, field.rule
    if not field.nullable:
        yield gxe.ExpectColumnValuesToNotBeNull(
            column=name, meta=_meta(f"{name}_is_there", f"{name} IS NOT NULL")
        )
    for check in column_checks(field):
        meta = _meta(check.name, check.condition)
        if field.allowed:
            yield gxe.ExpectColumnValuesToBeInSet(column=name, value_set=list(field.allowed), meta=meta)
        elif check.name.endswith("_is_long_enough"):
            yield gxe.ExpectColumnValueLengthsToBeBetween(
                column=name, min_value=rule.min_length, meta=meta
            )
        elif check.name.endswith("_is_large_enough"):
            yield gxe.ExpectColumnValuesToBeBetween(column=name, min_value=rule.at_least, meta=meta)
        elif check.name.endswith("_is_small_enough"):
            yield gxe.ExpectColumnValuesToBeBetween(column=name, max_value=rule.at_most, meta=meta)
        else:  # Great Expectations has no regular expressions for DuckDB
            broken = f"NOT ({check.condition})"
            yield unexpected_rows(check.name, broken, rule.about, check.condition, name, name)


def unexpected_rows(
    name: str,
    broken: str,
    reason: str,
    condition: str | None = None,
    column: str = "",
    shown: str = "*",
) -> gxe.UnexpectedRowsExpectation:
    """Return an expectation that no row of the batch meets the SQL condition `broken`.

    The columns `shown` of all rows that meet it are held in memory, so their values must be short.
    """
    query = f"SELECT {shown} FROM {{batch}} WHERE {broken.replace('{', '{{').replace('}', '}}')}"
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=query, description=reason, meta=_meta(name, condition, column)
    )


def _unique(keys: list[str]) -> gxe.Expectation:
    meta = _meta("key_is_unique", f"count(*) OVER (PARTITION BY {', '.join(keys)}) = 1")
    if len(keys) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=keys[0], meta=meta)
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=REPEATED.format(keys=", ".join(keys), batch="{batch}"),
        description=f"{' and '.join(keys)} together are in one row only",
        meta=meta,
    )


def _meta(name: str, condition: str | None = None, column: str = "") -> dict[str, Any]:
    return {"name": name, "condition": condition, "column": column}
