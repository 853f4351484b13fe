"""Run the main job on a schedule: a Prefect server, and a process that runs what it schedules."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.server.missed_runs import find_owed, make_good, mark_broken_off
from flows.server.own_session import start_in_own_session, stop
from flows.server.waiting_runs import keep_naming
from transforms.captures.inputs import READ_AS_USUAL, ReadingOptions
from transforms.options import DEFAULTS, CleaningOptions
from warehouse.paths import Layout

# A server takes 3 to 8 s to start on a quiet machine, and up to a minute on a busy one.
STARTUP_SECONDS = 90
# Prefect loads the flow from here, with the current folder first on sys.path. A file of flows/ would not
# do: what it imports from `flows` may be another package there.
ENTRYPOINT = "winnow.flows.ingest"
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
    server = start_in_own_session(command, settings, stdout=subprocess.DEVNULL)
    try:
        _wait_until_healthy(server, api)
        yield
    finally:
        stop(server)


def serve_ingest(
    inputs: Sequence[str],
    warehouse: Path,
    workers: int | None,
    cron: str,
    timezone: str,
    options: CleaningOptions = DEFAULTS,
    reading: ReadingOptions = READ_AS_USUAL,
) -> None:
    """Serve the main flow until the process is stopped; runs that would overlap are cancelled.

    Runs that were missed or broken off meanwhile are made good by one.
    """
    from prefect import serve
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from pydantic import TypeAdapter

    from flows.ingest import ingest

    name = deployment_name(warehouse)
    # Prefect's types say that these may be coroutines; without an event loop they are not.
    deployment: Any = ingest.to_deployment(
        name=name,
        schedule=Cron(cron, timezone=timezone),
        parameters={
            "inputs": [_absolute(given) for given in inputs],
            "warehouse": str(warehouse.absolute()),
            "workers": workers,
            "options": TypeAdapter(CleaningOptions).dump_python(options, mode="json"),
            "reading": TypeAdapter(ReadingOptions).dump_python(reading, mode="json"),
        },
        tags=["winnow", warehouse.stem],
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )
    deployment.entrypoint = ENTRYPOINT
    begun, missed = find_owed(Layout(warehouse), name)
    identity: Any = deployment.apply()  # drops all runs that are scheduled, the missed ones too
    # Marked at last: if the power goes once more before the new run is there, it is owed still.
    make_good(identity, [*begun, *missed])
    mark_broken_off(begun)
    # On SIGTERM Prefect's runner stops twice, and forgets to await the second.
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited")
    keep_naming(name, warehouse)
    serve(deployment, pause_on_shutdown=False, print_starting_message=False)


def deployment_name(warehouse: Path) -> str:
    """Return the name of a warehouse's schedule on the server: that of its file.

    Where a warehouse in another folder has that name already, a digest of the path makes it its own.
    """
    own = f"{warehouse.stem}-{sha256(str(warehouse.absolute()).encode()).hexdigest()[:8]}"
    served = {name: _served_by(name) for name in (own, warehouse.stem)}
    is_taken = served[warehouse.stem] not in (None, str(warehouse.absolute()))
    return own if served[own] or is_taken else warehouse.stem


def _served_by(name: str) -> str | None:
    """Return the warehouse of a deployment, None if the server has no deployment of that name."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            return str(client.read_deployment_by_name(f"ingest/{name}").parameters.get("warehouse"))
        except ObjectNotFound:
            return None


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
