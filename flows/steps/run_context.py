"""The context of a run (its warehouse, id, options), and the lock and copy that it works on."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows.steps.versions import cleaner_version, versions_json
from transforms.corrections.correction import Corrections
from transforms.corrections.read_file import read_corrections
from transforms.options import DEFAULTS, CleaningOptions, renew
from warehouse.load import RunStart
from warehouse.paths import Layout
from warehouse.raw_store import clear_unfinished
from warehouse.staging import Staging
from warehouse.store import copy_published, only_run


@dataclass(frozen=True, slots=True)
class RunContext:
    """The data that all steps of a run need: its warehouse's files, its start, its options."""

    layout: Layout
    start: RunStart
    options: CleaningOptions = DEFAULTS
    corrections: Corrections = field(default_factory=Corrections)

    @classmethod
    def begin(cls, flow: str, warehouse: Path, options: CleaningOptions = DEFAULTS) -> "RunContext":
        """Return the context of a run that begins now; its id is made from the time.

        Raises ValueError or OSError if the list of entities or the file of corrections is not valid.
        """
        options, now, layout = renew(options), datetime.now(UTC), Layout(Path(warehouse))
        corrections = read_corrections(find_corrections(layout, options.corrections))
        run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        start = RunStart(run_id, flow, now, cleaner_version(options), versions_json())
        return cls(layout, start, options, corrections)

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.start.run_id

    @property
    def staging(self) -> Staging:
        """The staging folder, which keeps read and cleaned captures until they are loaded."""
        return Staging.of(self.layout, self.run_id)


def find_corrections(layout: Layout, given: Path | None) -> Path | None:
    """Return the file of corrections: the given one, or the one beside the warehouse if it exists."""
    return given or (layout.corrections if layout.corrections.exists() else None)


@contextmanager
def loading(run: RunContext) -> Iterator[RunContext]:
    """Hold the warehouse's lock and a private copy of it while a run loads.

    The block can publish the copy; otherwise the warehouse is unchanged. The staging folder is removed
    if the block succeeds; after a failure it is kept, and the next run continues from there. Raises
    WarehouseError if another run holds the lock.
    """
    with only_run(run.layout):
        clear_unfinished(run.layout.raw_store)
        copy_published(run.layout)
        yield run
        run.staging.remove()
