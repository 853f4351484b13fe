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

# A server takes 3 to 8 s to start on a quiet machine, and up to a minute on a busy one.
STARTUP_SECONDS = 90
# Prefect keeps runs and their logs for ever unless told to remove those of 90 days ago.
SERVER = {
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
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

    Runs that were missed meanwhile are made good by one.
    """
    from prefect import serve
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from prefect.states import Scheduled

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
    missed = _missed_run(warehouse.stem)
    identity: Any = deployment.apply()  # drops all runs that are scheduled, the missed ones too
    if missed:
        due: Any = Scheduled(message=f"makes good the run that was due at {missed}")
        with get_client(sync_client=True) as client:
            client.create_flow_run_from_deployment(identity, state=due)
    serve(deployment, pause_on_shutdown=False, print_starting_message=False)


def _missed_run(deployment: str) -> datetime | None:
    """Return when the newest run was due that nobody has started, or None."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas import filters
    from prefect.client.schemas.objects import StateType
    from prefect.client.schemas.sorting import FlowRunSort

    due: Any = filters.FlowRunFilterExpectedStartTime.model_validate({"before_": datetime.now(UTC)})
    with get_client(sync_client=True) as client:
        waiting = client.read_flow_runs(
            flow_filter=filters.FlowFilter(name=filters.FlowFilterName(any_=["ingest"])),
            deployment_filter=filters.DeploymentFilter(
                name=filters.DeploymentFilterName(any_=[deployment])
            ),
            flow_run_filter=filters.FlowRunFilter(
                state=filters.FlowRunFilterState(
                    type=filters.FlowRunFilterStateType(any_=[StateType.SCHEDULED])
                ),
                expected_start_time=due,
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
            limit=1,
        )
    return waiting[0].expected_start_time if waiting else None


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
