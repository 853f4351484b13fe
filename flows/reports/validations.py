"""Great Expectations' own results of the last runs, kept beside the warehouse for the site."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.paths import Layout

KEPT_VALIDATIONS = 30  # runs; a month of nights
OF_RUNS = ("validations/*.json", "validations/words/*.json", "refused/*.json", "runs/*.html")


def keep_validation(layout: Layout, run_id: str, documents: dict[str, Any]) -> None:
    """Keep Great Expectations' results of a run, the last ones only."""
    folder = validations_of(layout)
    write_whole(folder / f"{run_id}.json", json.dumps(documents, default=str))
    for old in sorted(folder.glob("*.json"))[:-KEPT_VALIDATIONS]:
        old.unlink()


def read_validation(layout: Layout, run_id: str) -> dict[str, Any] | None:
    """Return the results of a run, None if they are not kept or a full disk has cut them."""
    try:
        return dict(json.loads((validations_of(layout) / f"{run_id}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def prune_reports(layout: Layout, before: datetime) -> int:
    """Remove validations and pages of runs before a time, known by the names of the runs; count them."""
    first_kept = f"{before:%Y%m%dT%H%M%SZ}"
    files = (file for pattern in OF_RUNS for file in layout.reports.glob(pattern))
    old = [file for file in files if file.stem < first_kept]
    for file in old:
        file.unlink()
    return len(old)


def validations_of(layout: Layout) -> Path:
    """Return the folder of the validations."""
    return layout.reports / "validations"


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    # A lone surrogate in a sample must not cost the report.
    part.write_bytes(text.encode("utf-8", errors="replace"))
    part.replace(path)
