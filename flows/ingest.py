"""The main flow: from captures to the published warehouse."""

import os
import secrets
from datetime import UTC, datetime
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

from flows.failures.notify import ALARM
from flows.failures.transient import InputVanished, is_passing_failure
from flows.quiet_exit import silence_last_words
from flows.reports.site import build_report, keep_validation
from flows.reports.summary import name_outcome, summary_lines, summary_markdown
from flows.steps.check import Checked, check_batches
from flows.steps.clean import clean_batch
from flows.steps.collect import Collected, collect_captures
from flows.steps.link import link_loaded
from flows.steps.progress import Step
from flows.steps.versions import cleaner_version, versions_json
from flows.steps.workers import default_workers
from transforms.captures.inputs import InputMissing, list_inputs
from transforms.facts.names.entities import read_entities
from transforms.options import DEFAULTS, CleaningOptions, renew
from warehouse.load import Load, RunStart, load
from warehouse.paths import DEFAULT_DATABASE, Layout
from warehouse.plan import Batch, plan_batches
from warehouse.quarantine import list_refused
from warehouse.raw_store import StoredCapture, clear_unfinished, read_captures
from warehouse.rebuild_diff import Changes, compare_published
from warehouse.schema.tables import Run
from warehouse.staging import Staging, adopt_batches
from warehouse.store import copy_published, only_run, open_next, publish

# In a process that Prefect has started for a run no command line does it.
if "PREFECT__FLOW_RUN_ID" in os.environ:
    silence_last_words()
# A cleaning process takes a second of the processor to load its models, a capture 20 to 50 ms.
CAPTURES_FOR_A_WORKER = 50
SAMPLES = Path(__file__).parent.parent / "seeds" / "captures"


class BatchRefused(Exception):
    """The batch broke a critical rule; the warehouse is as it was before."""


# Retries are for what may pass: a second try of a fault, or on a full disk, gives the same.
ON_IO: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": 2,
    "retry_condition_fn": is_passing_failure,
}
collect = task(name="collect captures", cache_policy=NO_CACHE, **ON_IO)(collect_captures)
clean = task(
    name="clean a batch", task_run_name="clean batch {batch.number}", cache_policy=NO_CACHE, **ON_IO
)(clean_batch)
check = task(name="check what is staged", cache_policy=NO_CACHE)(check_batches)

# Prefect takes what its form shows from here: bounds from the types, words from a docstring's Args.
Workers = Annotated[int | None, Field(ge=1, le=256)]


@flow(name="ingest", flow_run_name="ingest into {warehouse}", **ALARM)
def ingest(
    inputs: list[str],
    warehouse: Path = DEFAULT_DATABASE,
    workers: Workers = None,
    accept: bool = False,
    options: CleaningOptions = DEFAULTS,
) -> Run:
    """Load captures into a warehouse: read, clean, check, load, publish.

    Running it again on the same inputs changes nothing. Raises BatchRefused when the batch may not
    be loaded.

    Args:
        inputs: Files, folders, globs or URLs; none means the sample captures.
        warehouse: The DuckDB file; all else that the warehouse keeps stands beside it.
        workers: Cleaning processes; one a processor if not given.
        accept: Load a batch though it breaks a critical rule.
        options: How pages are cleaned.
    """
    options = renew(options)
    layout, start = Layout(Path(warehouse)), start_run("ingest", options)
    files = list_inputs(inputs or [sample_captures()])
    with only_run(layout):
        clear_unfinished(layout.raw_store)
        copy_published(layout)
        collected = collect(files, layout, start, Step("Read files", len(files)).advance)
        require_inputs(inputs, collected)
        clean_all(layout, start, workers or default_workers(), options)
        checked = check_all(layout, start)
        refusal = None if accept else "; ".join(checked.verdict.critical) or None
        run = load_all(layout, start, collected.skipped, checked, refusal, options)
        publish(layout)
        Staging.of(layout, start.run_id).remove()
    tell(run, checked, layout)
    if refusal:
        raise BatchRefused(refusal)
    return run


@flow(name="rebuild", flow_run_name="rebuild {warehouse}", **ALARM)
def rebuild(
    warehouse: Path = DEFAULT_DATABASE,
    workers: Workers = None,
    accept: bool = False,
    options: CleaningOptions = DEFAULTS,
) -> tuple[Run, Changes]:
    """Clean everything again from the raw store alone, and publish what it gives if little changed.

    Captures are taken as they were last seen. Raises BatchRefused when the batch breaks a critical
    rule or more changed than Changes.bounds allow; `accept` publishes it all the same. The
    warehouse is as it was before until then.

    Args:
        warehouse: The DuckDB file; all else that the warehouse keeps stands beside it.
        workers: Cleaning processes; one a processor if not given.
        accept: Publish though a critical rule is broken or much changed.
        options: How pages are cleaned.
    """
    options = renew(options)
    layout, start = Layout(Path(warehouse)), start_run("rebuild", options)
    with only_run(layout):
        clear_unfinished(layout.raw_store)
        copy_published(layout)
        captures = read_captures(layout.raw_store)
        run, checked = reclean(layout, start, captures, workers or default_workers(), options)
        changes = compare_published(layout)
        refusals = [*checked.verdict.critical, *changes.beyond_bounds()]
        if accept or not refusals:
            publish(layout)
        Staging.of(layout, start.run_id).remove()
    tell(run, checked, layout)
    if refusals and not accept:
        raise BatchRefused("; ".join(refusals))
    return run, changes


@flow(name="retry", flow_run_name="retry what {warehouse} refused", **ALARM)
def retry(
    warehouse: Path = DEFAULT_DATABASE, workers: Workers = None, options: CleaningOptions = DEFAULTS
) -> Run:
    """Clean again what is in quarantine and could be read, and load what is good now.

    What could not be read is read again by every run on its input.

    Args:
        warehouse: The DuckDB file; all else that the warehouse keeps stands beside it.
        workers: Cleaning processes; one a processor if not given.
        options: How pages are cleaned.
    """
    options = renew(options)
    layout, start = Layout(Path(warehouse)), start_run("retry", options)
    with only_run(layout):
        clear_unfinished(layout.raw_store)
        copy_published(layout)
        refused = list_refused(layout)
        captures = [one for one in read_captures(layout.raw_store) if one.document_id in refused]
        run, checked = reclean(layout, start, captures, workers or default_workers(), options)
        publish(layout)
        Staging.of(layout, start.run_id).remove()
    tell(run, checked, layout)
    return run


def reclean(
    layout: Layout,
    start: RunStart,
    captures: list[StoredCapture],
    workers: int,
    options: CleaningOptions,
) -> tuple[Run, Checked]:
    """Clean captures of the raw store again, whatever is known of them, and load them into the copy."""
    Staging.of(layout, start.run_id).write_seen(1, captures)
    clean_all(layout, start, workers, options, everything=True)
    checked = check_all(layout, start)
    return load_all(layout, start, 0, checked, None, options), checked


def sample_captures() -> str:
    """Return the folder of the sample captures, as seen from here if it lies below."""
    here = Path.cwd()
    return str(SAMPLES.relative_to(here) if SAMPLES.is_relative_to(here) else SAMPLES)


def start_run(flow_name: str, options: CleaningOptions) -> RunStart:
    """Name a run after the moment it begins."""
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    return RunStart(run_id, flow_name, now, cleaner_version(options), versions_json())


def require_inputs(inputs: list[str], collected: Collected) -> None:
    """Raise InputVanished if files could not be read because their folder or file system has gone."""
    if collected.refused["unreadable"] and inputs:
        try:
            list_inputs(inputs)
        except InputMissing as error:
            raise InputVanished(f"it vanished while it was read: {error}; nothing is loaded") from error


def clean_all(
    layout: Layout, start: RunStart, workers: int, options: CleaningOptions, everything: bool = False
) -> None:
    """Clean every batch of the run, telling the terminal and Prefect how far it is."""
    batches = plan(layout, start, everything)
    total = sum(batch.size for batch in batches)
    workers = min(workers, 1 + total // CAPTURES_FOR_A_WORKER)
    step, done = Step("Clean captures", total), 0
    artifact = create_progress_artifact(
        progress=0.0, key="winnow-progress", description="captures cleaned"
    )
    for batch in batches:
        if Staging.of(layout, start.run_id).batch(batch.key).exists():
            step.advance(batch.size)  # a killed run had done it
        else:
            clean(layout, start, batch, workers, options, step.advance)
        done += batch.size
        update_progress_artifact(artifact, progress=100 * done / total)  # type: ignore[arg-type]


def plan(layout: Layout, start: RunStart, everything: bool) -> list[Batch]:
    """Find out which captures must be cleaned, and take over what a killed run had cleaned of them."""
    staging, version = Staging.of(layout, start.run_id), start.cleaner_version
    with open_next(layout) as db:
        batches = plan_batches(db, staging, layout.raw_store, start.run_id, version, everything)
    adopt_batches(layout, staging, [batch.key for batch in batches])
    return batches


def check_all(layout: Layout, start: RunStart) -> Checked:
    """Check what is staged, and keep the results for the report."""
    checked = check(layout, start)
    keep_validation(layout, start.run_id, checked.verdict.documents)
    return checked


@task(name="load", cache_policy=NO_CACHE, **ON_IO)
def load_all(
    layout: Layout,
    start: RunStart,
    skipped: int,
    checked: Checked,
    refusal: str | None,
    options: CleaningOptions,
) -> Run:
    """Load what is good into the copy that is to be published."""
    staging = Staging.of(layout, start.run_id)
    brought = Load(
        start=start,
        records_skipped=skipped,
        broken=checked.broken,
        results=checked.verdict.results,
        refusal=refusal,
        entities=tuple(read_entities(options.entities).by_id.values()),
        link=link_loaded,
    )
    with open_next(layout) as db:
        return load(db, staging, brought, datetime.now(UTC))


def tell(run: Run, checked: Checked, layout: Layout) -> None:
    """Leave in Prefect what the run did: in its name, its log, a summary and a link to the report.

    The report itself is built at the end of scheduled runs; `winnow report` builds it after others.
    """
    logger, warnings = get_run_logger(), checked.verdict.warnings
    for line in summary_lines(run):
        logger.info(line)
    for warning in warnings:
        logger.warning(warning)
    markdown = summary_markdown(run, warnings, str(layout.database))
    create_markdown_artifact(key="winnow-summary", markdown=markdown)
    if runtime.deployment.id:
        report = build_report(layout).absolute().as_uri()
        create_link_artifact(key="winnow-report", link=report, link_text="the report of this run")
    with get_client(sync_client=True) as client:
        name = f"{runtime.flow_run.name}: {name_outcome(run)}"
        client.update_flow_run(runtime.flow_run.id, name=name)
