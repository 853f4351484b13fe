"""Names for runs that wait: Prefect gives them random ones, and a flow names a run when it starts."""

import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

SECONDS = 60  # between two looks; runs are scheduled hours ahead


def keep_naming(deployment: str, warehouse: Path) -> None:
    """Name the waiting runs of a deployment now and then, in a thread that ends with the process."""
    Thread(target=_name_for_ever, args=(deployment, warehouse), daemon=True).start()


def _name_for_ever(deployment: str, warehouse: Path) -> None:
    from httpx import HTTPError
    from prefect.exceptions import PrefectException

    while True:
        with suppress(HTTPError, PrefectException):  # the server may be away for the moment
            name_waiting(deployment, warehouse)
        time.sleep(SECONDS)


def name_waiting(deployment: str, warehouse: Path) -> None:
    """Name each waiting run after what it will do, and when."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import StateType

    from flows.server.missed_runs import read_runs

    for run in read_runs(deployment, {}, StateType.SCHEDULED):
        name = waiting_name(warehouse, run.expected_start_time)
        if run.name != name:
            with get_client(sync_client=True) as client:
                client.update_flow_run(run.id, name=name)


def waiting_name(warehouse: Path, due: Any) -> str:
    """Return the name of a run that waits.

    >>> waiting_name(Path("srv/news.duckdb"), None)
    'ingest into news.duckdb'
    """
    when = f", due {due:%Y-%m-%d %H:%M} UTC" if due else ""
    return f"ingest into {warehouse.name}{when}"
