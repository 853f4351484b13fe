"""Tell that a run failed: to a web hook, or by a command, whichever WINNOW_ON_FAILURE names."""

import json
import os
import subprocess
import urllib.request
from typing import Any

TARGET = "WINNOW_ON_FAILURE"
SECONDS = 30.0


def alarm(flow: Any, run: Any, state: Any) -> None:
    """Tell that a flow run failed or crashed; Prefect calls it, and logs what it raises."""
    tell_failure(flow.name, run.name, state.name, state.message or "")


# What a flow is decorated with to be heard.
ALARM: dict[str, Any] = {"on_failure": [alarm], "on_crashed": [alarm]}


def tell_failure(flow: str, run: str, state: str, message: str) -> None:
    """Send what failed, and why, to the target that is set; nothing if none is.

    An address gets JSON by POST; a command, run by the shell, has the same on standard input. `text`
    says it in a sentence, which is what chat services show. Raises OSError or a subprocess error.
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
