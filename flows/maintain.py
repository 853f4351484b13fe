"""The flow that maintains a warehouse: compact, prune, check."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows.failures.notify import HOOKS
from flows.reports.kept import prune_reports
from warehouse.integrity import find_faults
from warehouse.paths import DEFAULT_DATABASE, Layout
from warehouse.raw_store import compact
from warehouse.retention import shrink
from warehouse.store import only_run, open_published

KEPT_DAYS = 90
Days = Annotated[int, Field(ge=1, le=36_500)]


class WarehouseDamaged(Exception):
    """The warehouse or its raw store is inconsistent; the message lists the faults."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The result of a maintenance: files and bytes before and after, and the number of removed items."""

    raw_files_before: int
    raw_files: int
    database_bytes_before: int
    database_bytes: int
    results_removed: int
    pages_removed: int


@flow(name="maintain", flow_run_name="maintain {warehouse}", **HOOKS)
def maintain(warehouse: Path = DEFAULT_DATABASE, keep_days: Days = KEPT_DAYS) -> Upkeep:
    """Compact the raw store and the database, remove old results and pages, check the rest.

    Removes results of passed checks, and report pages with their source files; captures, documents and
    runs are kept forever. Raises WarehouseDamaged if the warehouse is inconsistent or a document's
    bytes are missing in the raw store.

    Args:
        warehouse: The DuckDB file; its other files are beside it.
        keep_days: Number of days for which results and pages are kept.
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
