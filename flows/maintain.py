"""The flow that keeps a warehouse small and sound: compact, prune, check."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows.failures.notify import ALARM
from flows.reports.validations import prune_reports
from warehouse.integrity import find_faults
from warehouse.paths import DEFAULT_DATABASE, Layout
from warehouse.raw_store import compact
from warehouse.retention import shrink
from warehouse.store import only_run, open_published

KEPT_DAYS = 90
Days = Annotated[int, Field(ge=1)]


class WarehouseDamaged(Exception):
    """The warehouse or its raw store breaks a rule that must always hold; the message says which."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What a maintenance did: files and bytes before and after, and what was removed."""

    raw_files_before: int
    raw_files: int
    database_bytes_before: int
    database_bytes: int
    results_removed: int
    pages_removed: int


@flow(name="maintain", flow_run_name="maintain {warehouse}", **ALARM)
def maintain(warehouse: Path = DEFAULT_DATABASE, keep_days: Days = KEPT_DAYS) -> Upkeep:
    """Compact the raw store and the database, remove old results and pages, check the rest.

    Removed are results of checks that held, and pages of the report with what they were made from;
    captures, documents and runs stay for ever. Raises WarehouseDamaged if the warehouse breaks a
    rule that must always hold, or the raw store lacks bytes.

    Args:
        warehouse: The DuckDB file; all else that the warehouse keeps stands beside it.
        keep_days: How many days results and pages are kept.
    """
    layout, before = Layout(Path(warehouse)), datetime.now(UTC) - timedelta(days=keep_days)
    open_published(layout).close()
    with only_run(layout):
        size = layout.database.stat().st_size
        files = compact(layout.raw_store)
        removed = shrink(layout, before)
        pages = prune_reports(layout, before)
        if faults := list(find_faults(layout)):
            raise WarehouseDamaged("; ".join(faults))
    return Upkeep(*files, size, layout.database.stat().st_size, removed, pages)
