"""The flows that load a warehouse: ingest, rebuild and retry."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from pydantic import Field

from flows.failures.notify import HOOKS
from flows.failures.transient import InputVanished, is_passing_failure
from flows.reports.refused import MOST as MOST_REFUSED
from flows.reports.refused import keep_refused
from flows.reports.site import SITE, build_report
from flows.reports.summary import name_outcome, summary_lines, summary_markdown
from flows.reports.validations import keep_validation
from flows.steps.check import Checked, check_batches
from flows.steps.clean import clean_batch, plan
from flows.steps.clean_on_dask import clean_on_cluster
from flows.steps.cleaning_processes import default_workers, start_pool
from flows.steps.collect import Collected, collect_captures, collect_stored, leave_unchanged
from flows.steps.load import load_staged
from flows.steps.progress import Step
from flows.steps.remember import plan_remembered
from flows.steps.run_context import RunContext, loading
from flows.suppress_exit_messages import silence_last_words
from transforms.captures.inputs import READ_AS_USUAL, InputMissing, ReadingOptions, list_inputs
from transforms.options import DEFAULTS, CleaningOptions
from warehouse.paths import DEFAULT_DATABASE
from warehouse.plan_cleaning import Batch
from warehouse.quarantine import list_refused
from warehouse.raw_store import RawStore, StoredCapture
from warehouse.rebuild_diff import Changes, compare_published
from warehouse.schema.tables import Run
from warehouse.search.build import IndexFailed, refresh_index
from warehouse.staging import list_refusals
from warehouse.store import publish

# In a process that Prefect starts for a run, there is no command line that calls this.
if "PREFECT__FLOW_RUN_ID" in os.environ:
    silence_last_words()
# A cleaning process needs 1 s of CPU time to load its models, a capture 20 to 50 ms.
CAPTURES_FOR_A_WORKER = 50
SAMPLES = Path(__file__).parent.parent / "seeds" / "captures"


class NothingLoaded(Exception):
    """The run saw captures, and all of them are in quarantine."""


class BatchRefused(Exception):
    """A critical check failed; the warehouse is unchanged."""


# Retries are only for transient errors: on a bug or a full disk the second try fails too.
ON_IO: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": 2,
    "retry_condition_fn": is_passing_failure,
}
collect = task(name="collect captures", cache_policy=NO_CACHE, **ON_IO)(collect_captures)
clean = task(
    name="clean a batch", task_run_name="clean batch {batch.number}", cache_policy=NO_CACHE, **ON_IO
)(clean_batch)
clean_far = task(name="clean on Dask", cache_policy=NO_CACHE)(clean_on_cluster)
check = task(name="check what is staged", cache_policy=NO_CACHE)(check_batches)
load_all = task(name="load", cache_policy=NO_CACHE, **ON_IO)(load_staged)

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
    warehouse = warehouse.absolute() if dask else warehouse  # a worker has another current folder
    files = list_inputs(inputs or [sample_captures()], reading)
    with loading(RunContext.begin("ingest", warehouse, options)) as run:
        changed = leave_unchanged(run, files, reading.verify)
        collected = collect(run, changed, Step("Read files", len(changed)).reach)
        require_inputs(inputs, collected, reading)
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
    """
    with loading(RunContext.begin("rebuild", warehouse, options)) as run:
        reclean(run, RawStore(run.layout.raw_store).captures(), workers)
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
    with loading(RunContext.begin("retry", warehouse, options)) as run:
        refused = list_refused(run.layout)
        stored = RawStore(run.layout.raw_store).captures()
        reclean(run, (one for one in stored if one.document_id in refused), workers)
        checked = check_all(run, may_be_all_refused=True)
        done = load_all(run, checked, accept)
        publish(run.layout)
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
    with loading(RunContext.begin("correct", warehouse, options)) as run:
        clean_all(run, workers)
        checked = check_all(run, may_be_all_refused=True)
        done = load_all(run, checked, accept)
        publish(run.layout)
    report(run, done, checked)
    return require_loaded(done, may_load_nothing=True)


def reclean(run: RunContext, captures: Iterable[StoredCapture], workers: int | None) -> None:
    """Clean captures of the raw store again, even if they are unchanged."""
    collect_stored(run, captures)
    clean_all(run, workers, everything=True)


def sample_captures() -> str:
    """Return the folder of the sample captures, relative to the current folder if it is inside."""
    here = Path.cwd()
    return str(SAMPLES.relative_to(here) if SAMPLES.is_relative_to(here) else SAMPLES)


def require_inputs(inputs: list[str], collected: Collected, reading: ReadingOptions) -> None:
    """Raise InputVanished if files could not be read because their folder or file system has gone."""
    if collected.refused["unreadable"] and inputs:
        try:
            list_inputs(inputs, reading)
        except InputMissing as error:
            message = f"an input disappeared during the run: {error}; nothing was loaded"
            raise InputVanished(message) from error


def clean_all(
    run: RunContext, workers: int | None, everything: bool = False, dask: str | None = None
) -> None:
    """Clean every batch of the run, then those documents again of which their sites say more now."""
    clean_batches(run, plan(run, everything), workers, "Clean captures", dask)
    if again := plan_remembered(run):
        clean_batches(run, again, workers, "Compare pages of sites", dask)


def clean_batches(
    run: RunContext, batches: list[Batch], workers: int | None, name: str, dask: str | None = None
) -> None:
    """Clean batches, and show the progress on the terminal and in Prefect."""
    if dask:
        step = Step(name, sum(batch.size for batch in batches))
        clean_far(dask, run, batches, workers or default_workers(), step.reach)
        return
    total = sum(batch.size for batch in batches)
    workers = min(workers or default_workers(), 1 + total // CAPTURES_FOR_A_WORKER)
    step, done = Step(name, total), 0
    artifact = create_progress_artifact(
        progress=0.0, key="winnow-progress", description="captures cleaned"
    )
    for batch in batches:
        if run.staging.batch(batch.key).exists():
            step.reach(done + batch.size)  # a killed run has finished this batch
        else:
            clean(run, batch, workers, step.after(done))
        done += batch.size
        update_progress_artifact(artifact, progress=100 * done / total)  # type: ignore[arg-type]
    start_pool(workers).end_idle()


def check_all(run: RunContext, may_be_all_refused: bool = False) -> Checked:
    """Check the staged rows, and keep the results for the report."""
    checked = check(run, may_be_all_refused)
    keep_validation(run.layout, run.run_id, checked.verdict.documents)
    if checked.verdict.critical:
        keep_refused(run.layout, run.run_id, list_refusals(run.staging, MOST_REFUSED))
    return checked


def make_searchable(run: RunContext) -> None:
    """Bring the index for search to the published file; the run is as good without it."""
    try:
        refresh_index(run.layout)
    except IndexFailed as error:
        get_run_logger().warning(f"the index for search is not up to date: {error}")


def require_loaded(done: Run, may_load_nothing: bool) -> Run:
    """Return the record of a successful run.

    Raises BatchRefused if a critical rule stopped the load, and NothingLoaded if none of the captures
    that the run saw is in the warehouse, unless `may_load_nothing` is true.
    """
    if done.status == "refused":
        raise BatchRefused(done.detail)
    if done.captures_seen == done.documents_quarantined > 0 and not may_load_nothing:
        raise NothingLoaded(f"all {done.captures_seen:,} captures are in quarantine")
    return done


def report(run: RunContext, done: Run, checked: Checked) -> None:
    """Show the result of a run in Prefect: in its name, its log, a summary and a link to the report.

    The report is built at the end of scheduled runs only; after others, `winnow report` builds it.
    """
    logger, warnings = get_run_logger(), checked.verdict.warnings
    make_searchable(run)
    for line in summary_lines(done):
        logger.info(line)
    for warning in warnings:
        logger.warning(warning)
    markdown = summary_markdown(done, warnings, str(run.layout.database))
    create_markdown_artifact(key="winnow-summary", markdown=markdown)
    if runtime.deployment.id:
        built = build_report(run.layout).absolute().as_uri()
        site = os.environ.get(SITE)  # browsers refuse a link from a server to a file
        link = f"{site}/runs/{run.run_id}.html" if site else built
        create_link_artifact(key="winnow-report", link=link, link_text="the report of this run")
    with get_client(sync_client=True) as client:
        name = f"{runtime.flow_run.name}: {name_outcome(done)}"
        client.update_flow_run(runtime.flow_run.id, name=name)
