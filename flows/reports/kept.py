"""What is kept of the last runs beside the warehouse: the results of checks, and refused captures.

The captures of a refused batch are in no table.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.paths import Layout

KEPT_RUNS = 30  # a month of nights
MOST_REFUSED = 5_000  # captures of a refused batch that are kept to show
OF_RUNS = ("validations/*.json", "validations/words/*.json", "refused/*.json", "runs/*.html")


def keep_validation(layout: Layout, run_id: str, documents: dict[str, Any]) -> None:
    """Keep Great Expectations' results of a run, of the last runs only."""
    _keep(validations_of(layout), run_id, documents)


def read_validation(layout: Layout, run_id: str) -> dict[str, Any] | None:
    """Return Great Expectations' results of a run, None if they are not kept."""
    found = read_json(validations_of(layout) / f"{run_id}.json")
    return None if found is None else dict(found)


def validations_of(layout: Layout) -> Path:
    """Return the folder of the validations."""
    return layout.reports / "validations"


def keep_refused(layout: Layout, run_id: str, captures: Sequence[dict[str, Any]]) -> None:
    """Keep what a refused batch refused, of the last batches only."""
    _keep(layout.reports / "refused", run_id, captures[:MOST_REFUSED])


def read_refused(layout: Layout, run_id: str) -> list[dict[str, Any]]:
    """Return what was refused in a batch that was not loaded, empty if it is not kept."""
    return list(read_json(layout.reports / "refused" / f"{run_id}.json") or ())


def _keep(folder: Path, run_id: str, found: object) -> None:
    write_whole(folder / f"{run_id}.json", json.dumps(found, default=str))
    for old in sorted(folder.glob("*.json"))[:-KEPT_RUNS]:
        old.unlink()


def prune_reports(layout: Layout, before: datetime) -> int:
    """Remove validations and pages of runs before a time, known by the names of the runs; count them."""
    first_kept = f"{before:%Y%m%dT%H%M%SZ}"
    files = (file for pattern in OF_RUNS for file in layout.reports.glob(pattern))
    old = [file for file in files if file.stem < first_kept]
    for file in old:
        file.unlink()
    return len(old)


def read_json(file: Path) -> Any:
    """Return what a file of JSON holds, None if there is no such file or a full disk has cut it."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    # A lone surrogate in a sample must not cost the report.
    part.write_bytes(text.encode("utf-8", errors="replace"))
    part.replace(path)
