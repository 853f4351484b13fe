"""Prefect: the flows, their schedules, and the command line."""

import os

# Winnow looks nothing up in the network, and Prefect reads these when it is first imported. A server
# that starts with the flow needs up to 20 s on a busy machine, which is also Prefect's own limit.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "90")
