"""Catch up missed and interrupted runs of a schedule with a single run."""

import subprocess
from datetime import UTC, datetime
from typing import Any

from flows.failures.notify import tell_failure
from warehouse.health import is_locked
from warehouse.paths import Layout


def find_owed(layout: Layout, deployment: str) -> tuple[list[Any], list[Any]]:
    """Return the interrupted runs of a deployment, and the runs that were due but never started.

    After a power cut Prefect still shows interrupted runs as running, and would refuse all others. A run
    is prepared some seconds before it is due, so one that is not due yet can be interrupted too. While
    another process holds the warehouse's lock, no run counts as interrupted.
    """
    from prefect.client.schemas.objects import StateType

    if is_locked(layout):
        return [], []
    due = {"expected_start_time": {"before_": datetime.now(UTC)}}
    begun = read_runs(deployment, {}, StateType.PENDING, StateType.RUNNING)
    return begun, read_runs(deployment, due, StateType.SCHEDULED)


def read_runs(deployment: str, which: dict[str, Any], *states: Any) -> list[Any]:
    """Return the runs of a deployment of the main flow that have one of the states."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas import filters

    with get_client(sync_client=True) as client:
        runs: list[Any] = client.read_flow_runs(
            flow_filter=filters.FlowFilter.model_validate({"name": {"any_": ["ingest"]}}),
            deployment_filter=filters.DeploymentFilter.model_validate({"name": {"any_": [deployment]}}),
            flow_run_filter=filters.FlowRunFilter.model_validate(
                which | {"state": {"type": {"any_": states}}}
            ),
        )
    return runs


def make_good(deployment: Any, owed: list[Any]) -> None:
    """Schedule one immediate run in place of all unfinished ones, with the newest run's parameters."""
    from prefect.client.orchestration import get_client
    from prefect.states import Scheduled

    if not owed:
        return
    newest = max(run.expected_start_time or run.created for run in owed)
    due: Any = Scheduled(message=f"catches up the run of {newest:%Y-%m-%d %H:%M} UTC")
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(deployment, state=due)


def mark_broken_off(begun: list[Any]) -> None:
    """Mark runs as crashed in Prefect, and send the failure notifications."""
    from prefect.client.orchestration import get_client
    from prefect.logging import get_logger
    from prefect.states import Crashed

    message = "interrupted: its process was killed"
    for run in begun:
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(run.id, Crashed(message=message))
        try:
            tell_failure("ingest", run.name, "Crashed", message)
        except (OSError, subprocess.SubprocessError) as error:  # the network may not be up yet
            get_logger("winnow").error(
                "could not send the notification for %s (%s): %s", run.name, message, error
            )
