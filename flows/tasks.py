"""The steps of a run as tasks of Prefect, with their retries and their progress."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import TagsContext

from flows.failures.transient import is_passing_failure
from flows.reports.kept import MOST_REFUSED, keep_refused, keep_validation
from flows.steps.check import Checked, check_batches
from flows.steps.checking_process import checker
from flows.steps.clean import clean_batch, plan
from flows.steps.clean_on_dask import clean_on_cluster
from flows.steps.cleaning_processes import default_workers, start_pool
from flows.steps.collect import collect_captures
from flows.steps.fork_server import end_fork_server
from flows.steps.free_memory import give_memory_back
from flows.steps.load import load_staged
from flows.steps.progress import Step
from flows.steps.remember import plan_remembered
from flows.steps.run_context import RunContext, loading
from warehouse.plan_cleaning import Batch
from warehouse.staged_checks import list_refusals

# A cleaning process is forked with its models in 20 to 50 ms of CPU time, which is what a capture takes.
CAPTURES_FOR_A_WORKER = 10
MANY_CAPTURES = 1_000  # their load needs the memory of the fork server and of the checker
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


@contextmanager
def loading_with_tasks(run: RunContext) -> Iterator[RunContext]:
    """Do what `loading` does, around tasks.

    The tags of the run are not theirs: for each of its tags a task asks the server for leave, and waits.
    """
    with TagsContext(current_tags=set()), loading(run):
        yield run


def clean_all(
    run: RunContext, workers: int | None, everything: bool = False, dask: str | None = None
) -> None:
    """Clean every batch of the run, then those documents again of which their sites say more now."""
    first = plan(run, everything)
    clean_batches(run, first, workers, "Clean captures", dask)
    if again := plan_remembered(run):
        clean_batches(run, again, workers, "Compare pages of sites", dask)


def clean_batches(
    run: RunContext, batches: list[Batch], workers: int | None, name: str, dask: str | None = None
) -> None:
    """Clean batches, and show the progress on the terminal and in Prefect."""
    total = sum(batch.size for batch in batches)
    step, workers, done = Step(name, total), workers or default_workers(), 0
    if dask:
        clean_far(dask, run, batches, workers, step.reach)
        return
    workers = min(workers, 1 + total // CAPTURES_FOR_A_WORKER)
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
    """Check the staged rows, keep the results for the report, and free memory for the load."""
    checked = check(run, may_be_all_refused)
    if checked.cleaned >= MANY_CAPTURES:
        checker().end()
        end_fork_server()
        give_memory_back()
    keep_validation(run.layout, run.run_id, checked.verdict.documents)
    if checked.verdict.critical:
        keep_refused(run.layout, run.run_id, list_refusals(run.staging, MOST_REFUSED))
    return checked
