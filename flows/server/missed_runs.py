"""Runs of a schedule that were missed or broken off, and the one that makes them good."""

import subprocess
from datetime import UTC, datetime
from typing import Any

from flows.failures.notify import tell_failure
from warehouse.health import is_locked
from warehouse.paths import Layout


def find_owed(layout: Layout, deployment: str) -> tuple[list[Any], list[Any]]:
    """Return the runs of a deployment that were broken off, and those that were due and never begun.

    After a power cut Prefect still takes the former for running, and would refuse every other. A run is
    prepared some seconds before it is due, so one that is not due yet may have been broken off too.
    None are while somebody holds the warehouse's lock.
    """
    from prefect.client.schemas.objects import StateType

    if is_locked(layout):
        return [], []
    due = {"expected_start_time": {"before_": datetime.now(UTC)}}
    begun = read_runs(deployment, {}, StateType.PENDING, StateType.RUNNING)
    return begun, read_runs(deployment, due, StateType.SCHEDULED)


def read_runs(deployment: str, which: dict[str, Any], *states: Any) -> list[Any]:
    """Return the runs of a deployment of the main flow that are in one of the states."""
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
    """Let one run, at once, stand for all that never ended; it loads what the newest would have."""
    from prefect.client.orchestration import get_client
    from prefect.states import Scheduled

    if not owed:
        return
    newest = max(run.expected_start_time or run.created for run in owed)
    due: Any = Scheduled(message=f"makes good the run of {newest:%Y-%m-%d %H:%M} UTC")
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(deployment, state=due)


def mark_broken_off(begun: list[Any]) -> None:
    """Tell Prefect, and whoever is told of failures, that these runs ended."""
    from prefect.client.orchestration import get_client
    from prefect.logging import get_logger
    from prefect.states import Crashed

    message = "broken off: its process ended without a word"
    for run in begun:
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(run.id, Crashed(message=message))
        try:
            tell_failure("ingest", run.name, "Crashed", message)
        except (OSError, subprocess.SubprocessError) as error:  # the network may not be up yet
            get_logger("winnow").error(
                "nobody could be told that %s was %s: %s", run.name, message, error
            )
