"""Run the main job on a schedule: a Prefect server, and a process that executes scheduled runs."""

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
from flows.server.prefect_home import make_prefect_home
from flows.server.waiting_runs import keep_naming
from transforms.captures.inputs import READ_AS_USUAL, ReadingOptions
from transforms.options import DEFAULTS, CleaningOptions
from warehouse.paths import Layout

# A server takes 3 to 8 s to start on an idle machine, and up to a minute on a busy one.
STARTUP_SECONDS = 90
# Prefect loads the flow from here, with the current folder first on sys.path. A file in flows/ would not
# work, since its imports from `flows` can find another package there.
ENTRYPOINT = "winnow.flows.ingest"
SERVER = {
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    # Delete runs and their logs after 90 days; Prefect's default is to keep them forever.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # Keep concurrency slots on disk: in memory, a restart would never free the occupied slot.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


def choose_api(host: str, port: int) -> tuple[str, bool]:
    """Return the URL of the Prefect API, and True if a server must be started for it.

    The URL is that of PREFECT_API_URL, or a local one. Prefect reads the variable when it is first
    imported, so this must be called before.
    """
    if configured := os.environ.get("PREFECT_API_URL"):
        return configured, False
    os.environ["PREFECT_API_URL"] = f"http://{host}:{port}/api"
    return os.environ["PREFECT_API_URL"], True


@contextmanager
def prefect_server(api: str, host: str, port: int) -> Iterator[None]:
    """Run a Prefect server during the block.

    Raises OSError if Prefect has no folder for its database.
    """
    make_prefect_home()
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

    Runs that were missed or interrupted before are caught up in a single run.
    """
    from prefect import serve
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from pydantic import TypeAdapter

    from flows.ingest import ingest

    name = deployment_name(warehouse)
    # By Prefect's types these can be coroutines; without an event loop they are not.
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
    identity: Any = deployment.apply()  # deletes all scheduled runs, including missed ones
    # Marked last: if the power fails again before the new run exists, this run still counts as missed.
    make_good(identity, [*begun, *missed])
    mark_broken_off(begun)
    # On SIGTERM Prefect's runner stops twice, and forgets to await the second.
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited")
    keep_naming(name, warehouse)
    serve(deployment, pause_on_shutdown=False, print_starting_message=False)


def deployment_name(warehouse: Path) -> str:
    """Return the name of a warehouse's schedule on the server: the name of its file.

    If a warehouse in another folder already has that name, a digest of the path is added.
    """
    own = f"{warehouse.stem}-{sha256(str(warehouse.absolute()).encode()).hexdigest()[:8]}"
    served = {name: _served_by(name) for name in (own, warehouse.stem)}
    is_taken = served[warehouse.stem] not in (None, str(warehouse.absolute()))
    return own if served[own] or is_taken else warehouse.stem


def _served_by(name: str) -> str | None:
    """Return the warehouse of a deployment, or None if the server has no deployment of that name."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            return str(client.read_deployment_by_name(f"ingest/{name}").parameters.get("warehouse"))
        except ObjectNotFound:
            return None


def _absolute(given: str) -> str:
    """Return an input as an absolute path; URLs are not changed."""
    return given if "://" in given else str(Path(given).absolute())


def _wait_until_healthy(server: subprocess.Popen[bytes], api: str) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise OSError(
                f"the Prefect server at {api} stopped at start with status {server.returncode}; "
                "if the port is in use, set --port"
            )
        try:
            with urllib.request.urlopen(f"{api}/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    raise OSError(f"the Prefect server at {api} did not start within {STARTUP_SECONDS} s")
