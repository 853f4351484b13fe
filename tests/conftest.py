"""What the tests share: where the tools may keep state, and one warehouse of the samples."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

# Before Prefect is imported by any test: nothing of the user's own state is read or written.
os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="winnow-prefect-")
os.environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "90"
os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
os.environ["PREFECT_SERVER_LOGGING_LEVEL"] = "ERROR"
os.environ.pop("WINNOW_WAREHOUSE", None)
# The processes that tests start would each compile Winnow's modules again: half a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from hypothesis import settings

from tests.loading import SAMPLES, run
from warehouse.migration import create_database

settings.register_profile("winnow", derandomize=True, max_examples=60, deadline=None, database=None)
settings.load_profile("winnow")

PROSE = (
    "The office said on Monday that the campaign would last for a month and would look at every "
    "public account with more than a thousand followers. Number {n} was among the first to be shut.\n\n"
    "Users of the service said they had been given no warning, and that old messages were gone for "
    "good when they opened the application again in the evening.\n\n"
    "A spokeswoman for the company declined to say how many accounts were affected, or whether "
    "their owners would be able to appeal against the decision.\n"
)
JUNK = "Home\nNews\nSport\nContact us\nSubscribe\nLog in\nShare\nTweet\nPrint\n"


@pytest.fixture(scope="session", autouse=True)
def _remove_prefect_home():
    yield
    shutil.rmtree(os.environ["PREFECT_HOME"], ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _copy_empty_warehouse(tmp_path_factory):
    """Make the file of a new warehouse once: it takes 0.2 s, and the tests make hundreds."""
    made = tmp_path_factory.mktemp("empty") / "winnow.duckdb"

    def copy(path):
        if not made.exists():
            create_database(made)
        shutil.copy(made, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.store.create_database", copy)
        yield


@pytest.fixture(scope="session")
def samples(tmp_path_factory) -> Path:
    """A warehouse of the sample captures, loaded with its checks; to be read only."""
    database = tmp_path_factory.mktemp("samples") / "winnow.duckdb"
    run(database, SAMPLES, checked=True)
    return database


@pytest.fixture
def database(tmp_path) -> Path:
    """Where a test makes a warehouse of its own."""
    return tmp_path / "house" / "winnow.duckdb"


@pytest.fixture
def inbox(tmp_path) -> Path:
    """An empty folder for captures."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def prose():
    """A maker of short articles; each number gives another one."""
    return lambda n=0: PROSE.format(n=n)


@pytest.fixture(scope="session")
def junk():
    """A maker of pages that hold nothing but boilerplate."""
    return lambda n=0: JUNK + f"Page {n}\n"


@pytest.fixture(scope="session")
def prefect_database(tmp_path_factory) -> Path:
    """An empty database of Prefect, made once for all processes: it takes a server 6 s to make one."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    home = folder / "prefect-home"
    code = (
        "import asyncio; from prefect.server.database import provide_database_interface as database;"
        "asyncio.run(database().create_db())"
    )
    with FileLock(folder / "prefect-home.lock"):
        if not home.exists():
            environment = os.environ | {"PREFECT_HOME": str(home)}
            subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    return home / "prefect.db"


@pytest.fixture
def prefect_home(tmp_path, prefect_database) -> Path:
    """A folder of Prefect of its own, for a command that starts a server."""
    home = tmp_path / "prefect"
    home.mkdir()
    shutil.copy(prefect_database, home)
    return home
