"""The end of a run: whether it is a success, and what Prefect shows of it."""

import os

from prefect import get_run_logger, runtime
from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.client.orchestration import get_client

from flows.reports.live import SITE
from flows.reports.static_site import build_report
from flows.reports.summary import name_outcome, summary_lines, summary_markdown
from flows.steps.check import Checked
from flows.steps.run_context import RunContext
from warehouse.schema.rows.runs import Run
from warehouse.search.build import IndexFailed, refresh_index


class NothingLoaded(Exception):
    """The run saw captures, and all of them are in quarantine."""


class BatchRefused(Exception):
    """A critical check failed; the warehouse is unchanged."""


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
    logger, warnings = get_run_logger(), checked.warnings
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
