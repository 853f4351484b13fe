"""The captures of a refused batch: they are in no table, so they are kept beside the warehouse."""

import json
from collections.abc import Sequence
from typing import Any

from flows.reports.validations import KEPT_VALIDATIONS, write_whole
from warehouse.paths import Layout

MOST = 5_000  # captures of a batch that are kept to show


def keep_refused(layout: Layout, run_id: str, captures: Sequence[dict[str, Any]]) -> None:
    """Keep what a refused batch refused, of the last batches only."""
    folder = layout.reports / "refused"
    write_whole(folder / f"{run_id}.json", json.dumps(captures[:MOST], default=str))
    for old in sorted(folder.glob("*.json"))[:-KEPT_VALIDATIONS]:
        old.unlink()


def read_refused(layout: Layout, run_id: str) -> list[dict[str, Any]]:
    """Return what was refused in a batch that was not loaded, empty if it is not kept."""
    try:
        return list(json.loads((layout.reports / "refused" / f"{run_id}.json").read_text("utf-8")))
    except (OSError, ValueError):
        return []
