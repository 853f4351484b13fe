"""The live site beside a served schedule: a thread of its process, ended with it."""

import os
import socket
from threading import Thread

from flows.reports.site import SITE
from warehouse.paths import Layout


def start_site(layout: Layout, port: int) -> str | None:
    """Start the live site on 127.0.0.1 and return its address, None if the port is in use.

    It answers before there is a warehouse, and follows each one that is published.
    """
    import uvicorn

    from flows.reports.live.app import make_app

    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        return None
    os.environ[SITE] = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(make_app(layout), log_level="warning"))
    Thread(target=server.run, args=([listening],), daemon=True).start()
    return os.environ[SITE]
