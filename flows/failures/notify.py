"""Send a notification when a run fails, to the web hook or command in WINNOW_ON_FAILURE."""

import json
import os
import subprocess
import urllib.request
from typing import Any

from flows.stopping import keep_handlers

TARGET = "WINNOW_ON_FAILURE"
SECONDS = 30.0


def alarm(flow: Any, run: Any, state: Any) -> None:
    """Send a notification that a flow run failed or crashed. Prefect calls it and logs its errors."""
    tell_failure(flow.name, run.name, state.name, state.message or "")


# The arguments of @flow for every flow of this project.
HOOKS: dict[str, Any] = {"on_running": [keep_handlers], "on_failure": [alarm], "on_crashed": [alarm]}


def tell_failure(flow: str, run: str, state: str, message: str) -> None:
    """Send the failure and its reason to the configured target, if there is one.

    A URL gets JSON by POST; a shell command gets the same JSON on standard input. Its `text` is a
    sentence for chat services. Raises OSError or a subprocess error.
    """
    target = os.environ.get(TARGET)
    if not target:
        return
    text = f"Winnow: {run}: {state}: {message}"
    body = json.dumps({"text": text, "flow": flow, "run": run, "state": state, "message": message})
    if target.startswith(("http://", "https://")):
        request = urllib.request.Request(
            target, body.encode(), {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=SECONDS).close()
    else:
        subprocess.run(target, shell=True, input=body, text=True, timeout=SECONDS, check=True)
