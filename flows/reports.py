"""The data-quality reports: what each run's checks found, kept to be shown."""

import json
from typing import Any

from warehouse.layout import Layout

KEPT_VALIDATIONS = 30  # runs; a month of nights


def keep_validation(layout: Layout, run_id: str, documents: dict[str, Any]) -> None:
    """Keep Great Expectations' own results of a run beside the warehouse, the last ones only."""
    folder = layout.reports / "validations"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{run_id}.json").write_text(json.dumps(documents, default=str), encoding="utf-8")
    for old in sorted(folder.glob("*.json"))[:-KEPT_VALIDATIONS]:
        old.unlink()
