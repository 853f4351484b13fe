"""Orchestration: the Prefect flows, their steps and schedules, and the command line."""

import os

# Prefect reads these when it is first imported. Winnow makes no network requests of its own. A server
# that starts with the flow needs up to 20 s on a busy machine, which is also Prefect's default limit.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "90")
