"""Entrypoints of Prefect deployments: `winnow.flows.ingest`.

Prefect imports them in its own processes, in any folder. Do not import this module in your own flows:
after that, `flows` is Winnow's package in that process.
"""

from winnow.own_packages import import_own

import_own("flows", "expectations")

from flows.ingest import ingest, rebuild, retry
from flows.maintain import maintain

__all__ = ["ingest", "maintain", "rebuild", "retry"]
