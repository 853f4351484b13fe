"""The flows that load a warehouse: ingest, rebuild, retry and correct."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows.failures.notify import HOOKS
from flows.failures.transient import InputVanished
from flows.outcome import BatchRefused, report, require_loaded
from flows.steps.check import Checked
from flows.steps.collect import Collected, collect_stored, leave_unchanged
from flows.steps.file_list import write_file_list
from flows.steps.progress import Step
from flows.steps.run_context import RunContext
from flows.suppress_exit_messages import silence_last_words
from flows.tasks import check_all, clean_all, collect, load_all, loading_with_tasks
from transforms.captures.inputs import (
    READ_AS_USUAL,
    InputMissing,
    ReadingOptions,
    require_inputs,
)
from transforms.options import DEFAULTS, CleaningOptions
from warehouse.paths import DEFAULT_DATABASE
from warehouse.quarantine import list_refused
from warehouse.raw_store import RawStore, StoredCapture
from warehouse.rebuild_diff import Changes, compare_published
from warehouse.schema.rows.runs import Run
from warehouse.store import publish

# In a process that Prefect starts for a run, there is no command line that calls this.
if "PREFECT__FLOW_RUN_ID" in os.environ:
    silence_last_words()
SAMPLES = Path(__file__).parent.parent / "seeds" / "captures"


# Prefect's form shows the bounds of these types and the texts under Args in the docstrings.
Workers = Annotated[int | None, Field(ge=1, le=256)]


@flow(name="ingest", flow_run_name="ingest into {warehouse}", **HOOKS)
def ingest(
    inputs: list[str],
    warehouse: Path = DEFAULT_DATABASE,
    workers: Workers = None,
    accept: bool = False,
    options: CleaningOptions = DEFAULTS,
    reading: ReadingOptions = READ_AS_USUAL,
    dask: str | None = None,
) -> Run:
    """Load captures into a warehouse: read, clean, check, load, publish.

    Running it again on the same inputs changes nothing. Raises BatchRefused when the batch may not
    be loaded, NothingLoaded when all captures are in quarantine.

    Args:
        inputs: Files, folders, globs or URLs; none means the sample captures.
        warehouse: The DuckDB file; its other files are beside it.
        workers: Number of cleaning processes; one per CPU if not given.
        accept: Load the batch even if a critical check fails.
        options: How pages are cleaned.
        reading: How inputs are read: names of columns, whether links are followed, and whether files
            are read again that have not changed.
        dask: Address of a Dask scheduler whose workers clean, or `local` for one on this machine.
    """
    inputs = inputs or [sample_captures()]
    require_inputs(inputs, reading)
    with loading_with_tasks(RunContext.begin("ingest", warehouse, options)) as run:
        changed = leave_unchanged(run, write_file_list(run, inputs, reading), reading.verify)
        collected = collect(run, changed, Step("Read files", len(changed)).reach)
        require_still_there(inputs, collected, reading)
        clean_all(run, workers, dask=dask)
        checked = check_all(run)
        done = load_all(run, checked, accept, collected.skipped)
        publish(run.layout)
    report(run, done, checked)
    return require_loaded(done, may_load_nothing=accept)


@flow(name="rebuild", flow_run_name="rebuild {warehouse}", **HOOKS)
def rebuild(
    warehouse: Path = DEFAULT_DATABASE,
    workers: Workers = None,
    accept: bool = False,
    options: CleaningOptions = DEFAULTS,
    dask: str | None = None,
) -> tuple[Run, Changes]:
    """Clean everything again from the raw store alone, and publish the result if little has changed.

    Captures are taken as they were last seen. Raises BatchRefused if a critical check fails or more
    has changed than Changes.beyond_bounds allows, unless `accept` is true. The warehouse is unchanged
    until the result is published.

    Args:
        warehouse: The DuckDB file; its other files are beside it.
        workers: Number of cleaning processes; one per CPU if not given.
        accept: Publish even if a critical check fails or much has changed.
        options: How pages are cleaned.
        dask: Address of a Dask scheduler whose workers clean, or `local` for one on this machine.
    """
    with loading_with_tasks(RunContext.begin("rebuild", warehouse, options)) as run:
        reclean(run, RawStore(run.layout.raw_store).captures(), workers, dask)
        checked = check_all(run)
        done = load_all(run, checked, accept=True)
        changes = compare_published(run.layout)
        refusals = [*checked.verdict.critical, *changes.beyond_bounds()]
        if accept or not refusals:
            publish(run.layout)
    report(run, done, checked)
    if refusals and not accept:
        raise BatchRefused("; ".join(refusals))
    return done, changes


@flow(name="retry", flow_run_name="retry quarantine of {warehouse}", **HOOKS)
def retry(
    warehouse: Path = DEFAULT_DATABASE,
    workers: Workers = None,
    accept: bool = False,
    options: CleaningOptions = DEFAULTS,
) -> Run:
    """Clean captures in quarantine again, and load those that pass now.

    Captures that could not be read are not included, since every run on their input reads them again.
    Critical checks block the load as in `ingest`, except the share of refused captures: all of them
    were refused before. Raises BatchRefused if a critical check fails.

    Args:
        warehouse: The DuckDB file; its other files are beside it.
        workers: Number of cleaning processes; one per CPU if not given.
        accept: Load the batch even if a critical check fails.
        options: How pages are cleaned.
    """
    with loading_with_tasks(RunContext.begin("retry", warehouse, options)) as run:
        refused = list_refused(run.layout)
        stored = RawStore(run.layout.raw_store).captures()
        reclean(run, (one for one in stored if one.document_id in refused), workers)
        checked, done = load_known(run, accept)
    report(run, done, checked)
    return require_loaded(done, may_load_nothing=True)


@flow(name="correct", flow_run_name="correct {warehouse}", **HOOKS)
def correct(
    warehouse: Path = DEFAULT_DATABASE,
    workers: Workers = None,
    accept: bool = False,
    options: CleaningOptions = DEFAULTS,
) -> Run:
    """Clean the documents again that have new, changed or withdrawn corrections; read no input.

    Every run does this too. Raises BatchRefused if a critical check fails.

    Args:
        warehouse: The DuckDB file; its other files are beside it.
        workers: Number of cleaning processes; one per CPU if not given.
        accept: Load the batch even if a critical check fails.
        options: How pages are cleaned, and the file of corrections.
    """
    with loading_with_tasks(RunContext.begin("correct", warehouse, options)) as run:
        clean_all(run, workers)
        checked, done = load_known(run, accept)
    report(run, done, checked)
    return require_loaded(done, may_load_nothing=True)


def reclean(
    run: RunContext, captures: Iterable[StoredCapture], workers: int | None, dask: str | None = None
) -> None:
    """Clean captures of the raw store again, even if they are unchanged."""
    collect_stored(run, captures)
    clean_all(run, workers, everything=True, dask=dask)


def load_known(run: RunContext, accept: bool) -> tuple[Checked, Run]:
    """Check, load and publish captures that were seen before: all of them may be refused again."""
    checked = check_all(run, may_be_all_refused=True)
    done = load_all(run, checked, accept)
    publish(run.layout)
    return checked, done


def sample_captures() -> str:
    """Return the folder of the sample captures, relative to the current folder if it is inside."""
    here = Path.cwd()
    return str(SAMPLES.relative_to(here) if SAMPLES.is_relative_to(here) else SAMPLES)


def require_still_there(inputs: list[str], collected: Collected, reading: ReadingOptions) -> None:
    """Raise InputVanished if files could not be read because their folder or file system has gone."""
    if collected.refused["unreadable"]:
        try:
            require_inputs(inputs, reading)
        except InputMissing as error:
            message = f"an input disappeared during the run: {error}; nothing was loaded"
            raise InputVanished(message) from error
