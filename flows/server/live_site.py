"""The live site beside a served schedule: a thread of its process, ended with it."""

import os
import socket
from threading import Thread

from flows.reports.live import SITE
from warehouse.paths import Layout


def bind_port(port: int) -> socket.socket | None:
    """Return a socket bound to a port of 127.0.0.1, None if the port is in use or not allowed."""
    bound = socket.socket()
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        return None
    return bound


def start_site(layout: Layout, port: int) -> str | None:
    """Start the live site on 127.0.0.1 and return its address, None if the port is in use.

    It answers before there is a warehouse, and follows each one that is published.
    """
    import uvicorn

    from flows.reports.live.app import make_app

    if (listening := bind_port(port)) is None:
        return None
    os.environ[SITE] = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(make_app(layout), log_level="warning"))
    Thread(target=server.run, args=([listening],), daemon=True).start()
    return os.environ[SITE]
