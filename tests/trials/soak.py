"""Sixty nights and more: python -m tests.trials.soak --nights 60 --seed 1.

One process runs the flow itself night after night on captures that come, change, go bad and vanish,
with a Prefect server of its own, a maintenance each week, and one night that is refused. A reader keeps
the file of the first night open. Printed is what memory and files came to.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from flows.ingest import ingest
from flows.maintain import maintain
from flows.outcome import BatchRefused
from flows.reports.static_site import build_report
from flows.steps.cleaning_processes import start_pool
from tests.conftest import JUNK
from tests.loading import ask, conserves
from tests.trials.night import Inbox, Reader, leftovers, megabytes
from warehouse.integrity import find_faults
from warehouse.paths import Layout
from warehouse.schema.rows.runs import Run

FOLDER = Path(tempfile.mkdtemp(prefix="winnow-soak-"))
COLUMNS = (
    "night captures loaded unchanged refused articles own_MB worker_MB file_MB raw_files raw_MB"
    " reports_MB seconds"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    inbox, layout = (
        Inbox(FOLDER / "inbox", options.seed, most=200),
        Layout(FOLDER / "house" / "w.duckdb"),
    )
    inbox.change(new=30, changed=0, bad=4, vanished=0)
    reader: Reader | None = None
    print(COLUMNS, flush=True)
    for night in range(1, options.nights + 1):
        started = time.monotonic()
        if night == 20:
            refuse_a_night(inbox, layout)
        rng = inbox.random
        inbox.change(rng.randrange(8, 16), rng.randrange(6), rng.randrange(4), rng.randrange(6, 14))
        done = ingest([str(inbox.folder)], layout.database, workers=1)
        assert conserves(done)
        assert done.captures_seen == len(list(inbox.folder.iterdir()))
        if night % 7 == 0:
            maintain.fn(layout.database)
            build_report(layout)
        assert list(find_faults(layout)) == []
        assert not leftovers(layout.database), leftovers(layout.database)
        reader = reader or Reader(layout.database)
        assert reader.ask() == reader.first, "the reader sees what it opened"
        if night in (1, 2) or night % 6 == 0:
            print(*figures(night, done, layout, time.monotonic() - started), flush=True)
    for folder in (FOLDER, Path(os.environ["PREFECT_HOME"])):
        shutil.rmtree(folder, ignore_errors=True)


def refuse_a_night(inbox: Inbox, layout: Layout) -> None:
    """Let a night bring almost nothing but boilerplate: it is refused, and the file stays as it was."""
    made = [inbox.folder / f"junk-{n}.txt" for n in range(60)]
    for n, path in enumerate(made):
        path.write_text(JUNK + f"Refused page {n}\n")
    before = count(layout)
    try:
        ingest([str(inbox.folder)], layout.database, workers=1)
    except BatchRefused:
        for path in made:
            path.unlink()
    else:
        raise AssertionError("a night of boilerplate was loaded")
    assert count(layout) == before


def count(layout: Layout) -> int:
    """Count the articles."""
    return int(ask(layout.database, "SELECT count(*) AS articles FROM articles")[0]["articles"])


def figures(night: int, run: Run, layout: Layout, seconds: float) -> list[object]:
    """Return a line of the table."""
    raw = list(layout.raw_store.glob("*.parquet"))
    workers = [megabytes(worker.process.pid) for worker in start_pool(1).idle]
    return [
        night, run.captures_seen, run.documents_loaded, run.documents_unchanged,
        run.documents_quarantined, count(layout), megabytes(os.getpid()), max(workers),
        round(layout.database.stat().st_size / 1e6, 1), len(raw),
        round(sum(file.stat().st_size for file in raw) / 1e6, 2),
        round(sum(f.stat().st_size for f in layout.reports.rglob("*") if f.is_file()) / 1e6, 1),
        round(seconds, 1),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
