"""Run the main job on a schedule: a Prefect server, and a process that runs what it schedules."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.alarm import tell_failure
from warehouse.health import is_locked
from warehouse.layout import Layout

# A server takes 3 to 8 s to start on a quiet machine, and up to a minute on a busy one.
STARTUP_SECONDS = 90
SERVER = {
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    # Runs and their logs are kept for ever unless those older than 90 days are asked to go.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # Who runs is remembered in memory otherwise, and after a restart nobody gives the place free.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


def choose_api(host: str, port: int) -> tuple[str, bool]:
    """Return the address of the Prefect API and whether a server must be started for it.

    It is the one that PREFECT_API_URL names, or one here. Prefect reads the variable when it is
    first imported, so this comes before.
    """
    if configured := os.environ.get("PREFECT_API_URL"):
        return configured, False
    os.environ["PREFECT_API_URL"] = f"http://{host}:{port}/api"
    return os.environ["PREFECT_API_URL"], True


@contextmanager
def prefect_server(api: str, host: str, port: int) -> Iterator[None]:
    """Run a Prefect server as long as the block lasts."""
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    settings = SERVER | os.environ | {"PREFECT_SERVER_UI_API_URL": api}
    server = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
    try:
        _wait_until_healthy(server, api)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def serve_ingest(
    inputs: Sequence[str], warehouse: Path, workers: int | None, cron: str, timezone: str
) -> None:
    """Serve the main flow until the process is stopped; runs that would overlap are cancelled.

    Runs that were missed or broken off meanwhile are made good by one.
    """
    from prefect import serve
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron

    from flows.ingest import ingest

    # Prefect's types say that these may be coroutines; without an event loop they are not.
    deployment: Any = ingest.to_deployment(
        name=warehouse.stem,
        schedule=Cron(cron, timezone=timezone),
        parameters={
            "inputs": [_absolute(given) for given in inputs],
            "warehouse": str(warehouse.absolute()),
            "workers": workers,
        },
        tags=["winnow", warehouse.stem],
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )
    begun, missed = find_owed(Layout(warehouse))
    identity: Any = deployment.apply()  # drops all runs that are scheduled, the missed ones too
    # Marked at last: if the power goes once more before the new run is there, it is owed still.
    make_good(identity, [*begun, *missed])
    mark_broken_off(begun)
    serve(deployment, pause_on_shutdown=False, print_starting_message=False)


def find_owed(layout: Layout) -> tuple[list[Any], list[Any]]:
    """Return the runs that were broken off, and those that were due and never begun.

    After a power cut Prefect still takes the former for running, and would refuse every other. A run is
    prepared some seconds before it is due, so one that is not due yet may have been broken off too.
    None are while somebody holds the warehouse's lock.
    """
    from prefect.client.schemas.objects import StateType

    if is_locked(layout):
        return [], []
    due = {"expected_start_time": {"before_": datetime.now(UTC)}}
    begun = _read_runs(layout, {}, StateType.PENDING, StateType.RUNNING)
    return begun, _read_runs(layout, due, StateType.SCHEDULED)


def _read_runs(layout: Layout, which: dict[str, Any], *states: Any) -> list[Any]:
    """Return the runs of a warehouse's schedule that are in one of the states."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas import filters

    with get_client(sync_client=True) as client:
        runs: list[Any] = client.read_flow_runs(
            flow_filter=filters.FlowFilter.model_validate({"name": {"any_": ["ingest"]}}),
            deployment_filter=filters.DeploymentFilter.model_validate(
                {"name": {"any_": [layout.database.stem]}}
            ),
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


def _absolute(given: str) -> str:
    """Return an input that means the same from any folder; addresses are left alone."""
    return given if "://" in given else str(Path(given).absolute())


def _wait_until_healthy(server: subprocess.Popen[bytes], api: str) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise OSError(
                f"the Prefect server at {api} ended at once with status {server.returncode}; "
                "is the port in use? --port takes another"
            )
        try:
            with urllib.request.urlopen(f"{api}/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    raise OSError(f"the Prefect server at {api} did not start within {STARTUP_SECONDS} s")
