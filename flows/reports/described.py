"""Checks in Great Expectations' own words, made once for a run and kept: importing it takes seconds."""

import json
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from flows.reports.kept import read_json, read_validation, validations_of, write_whole
from flows.reports.pages.site import Site
from warehouse.paths import Layout

Described = list[dict[str, Any]]


def describe_run(site: Site, run_id: str) -> Described:
    """Return the suites of a run with every check in words, empty if its validation is not kept."""
    return site.once(f"words of {run_id}", lambda: read_described(site.layout, run_id))


def read_described(layout: Layout, run_id: str) -> Described:
    """Return the suites of a run in words, and keep them for the next time."""
    file = validations_of(layout) / "words" / f"{run_id}.json"
    if (kept := read_json(file)) is not None:
        return list(kept)
    if (documents := read_validation(layout, run_id)) is None:
        return []
    described = _describe(documents)
    with suppress(OSError):  # a folder that may only be read: the words are made again next time
        write_whole(file, json.dumps(described))
    return described


def _describe(documents: dict[str, Any]) -> Described:
    from expectations.data_docs import describe_validation

    return [asdict(suite) for suite in describe_validation(documents)]
