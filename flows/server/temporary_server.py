"""Run a temporary Prefect server for one command, if no server is configured.

Prefect can start one itself, but only when the flow begins, and it imports the whole server into this
process. This one starts while the flow and the checks are imported, on a free port, and it ends with
the command, even if that is killed.
"""

import atexit
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flows.server.own_session import stop
from flows.server.prefect_home import make_prefect_home

SECONDS_TO_STOP = 2.0


@contextmanager
def starting_server() -> Iterator[None]:
    """Start a server, unless one is configured, while the block imports what needs it.

    After the block Prefect can use it until the process ends. Enter the block before any import of
    Prefect: exit handlers run in reverse order, and Prefect sends data to the server until its own
    handlers have run. Raises OSError if Prefect has no folder for its database, or if the server does
    not start; its error is then on standard error.
    """
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    make_prefect_home()
    # Started by its file and without the current folder on sys.path, which can have another flows/.
    command = [sys.executable, "-P", __file__]
    settings = {"PREFECT_SERVER_LOGGING_LEVEL": "ERROR"} | os.environ
    server = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=settings,
        start_new_session=True,  # Ctrl-C is for the run, which still needs the server
    )
    atexit.register(stop, server, SECONDS_TO_STOP)
    yield
    _use(server)


def _use(server: "subprocess.Popen[bytes]") -> None:
    """Set Prefect's API URL to the server, unless a profile or settings file configures another."""
    import prefect.context
    from prefect.settings import PREFECT_API_URL

    if PREFECT_API_URL.value():
        stop(server)
        return
    assert server.stdout is not None
    port = server.stdout.readline().decode().strip()
    if not port:
        raise OSError(f"Prefect's temporary server stopped at start with status {server.wait()}")
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    prefect.context.refresh_global_settings_context()


def main() -> None:
    """Serve the API on a free port, printed on standard output, until standard input is closed."""
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # collections would take a fifth of the time of the imports
    import uvicorn
    from prefect.server.api.server import create_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            gc.freeze()
            gc.enable()
            print(self.servers[0].sockets[0].getsockname()[1], flush=True)  # noqa: T201

    app = create_app(ephemeral=True)
    Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=5)).run()


def _end_with_parent() -> None:
    """End this process when the process that started it has ended."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
