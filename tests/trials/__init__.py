"""Trials that take minutes: kills, full disks, many nights. `make help` lists them."""

import tests.conftest  # noqa: F401  (before Prefect is imported: its state goes to a folder of its own)
