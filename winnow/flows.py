"""The flows as entrypoints of Prefect deployments: `winnow.flows.ingest`.

They run in processes that Prefect starts, in any folder. Not for import into flows of your own: from
then on `flows` is Winnow's package in that process.
"""

from winnow.own_packages import import_own

import_own("flows", "expectations")

from flows.ingest import ingest, rebuild, retry
from flows.maintain import maintain

__all__ = ["ingest", "maintain", "rebuild", "retry"]
