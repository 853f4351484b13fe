"""The wheel, installed: it works without network, in a folder with packages of the names of Winnow's.

Every project with Prefect flows has a flows/ of its own, which comes first on sys.path in processes that
start there.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest

from tests.loading import ROOT, SAMPLES

CAPTURES = ("en-modern-article.html", "en-weekly-sidebar.txt")
DATA = "seeds/reference seeds/languages seeds/models seeds/captures warehouse/views".split()
DATA.append("flows/reports/templates")
# `unshare` gives a command a network of its own with nothing in it but the loopback device, which
# Prefect's temporary server needs.
ALONE = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def can_be_alone():
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def alone():
    """What stands before a command to take its network away; nothing where that is not allowed."""
    return ALONE if can_be_alone() else []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory):
    """The folder of programs of an environment: the wheel, and the libraries that the tests run with.

    The path file makes the libraries importable, but not what is installed there as editable.
    """
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=True)
    programs = environment / "bin"
    pip = [programs / "python", "-m", "pip", "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, wheel], check=True, capture_output=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"])
    return programs


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with two captures, and packages that would end each process that imports them."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("flows", "transforms", "warehouse", "expectations"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise RuntimeError('not of Winnow')")
    for name in CAPTURES:
        shutil.copy(SAMPLES / name, folder)
    page = folder / "en-modern-article.html"
    outside = "<script src='https://cdn.example/a.js'></script><img src='https://cdn.example/a.png'>"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", f"{outside}</body>"))
    return folder


def call(project, *command, **settings):
    """Run a command in the project, as a user without settings does, and return what it prints."""
    own = ("PYTHONPATH", "PREFECT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    kept["PREFECT_HOME"] = str(project / ".prefect")
    done = subprocess.run(
        [str(part) for part in command],
        cwd=project,
        env=kept | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # What people see is what Winnow says: no warnings and no last words of libraries.
    assert "Traceback" not in done.stderr
    assert "leaked" not in done.stderr
    return done.stdout


def test_wheel_has_the_data_and_the_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    data = (
        "seeds/reference",
        "seeds/languages",
        "seeds/models",
        "seeds/captures",
        "warehouse/views",
        "flows/reports/templates",
    )
    kept = {f.relative_to(ROOT).as_posix() for folder in data for f in (ROOT / folder).rglob("*.*")}
    assert kept <= names
    assert {"winnow/py.typed", "transforms/py.typed", "warehouse/py.typed"} <= names


def test_there_is_no_network(alone):
    if not alone:
        pytest.skip("needs unshare and ip, and leave to make a network namespace")
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"
    done = subprocess.run([*alone, sys.executable, "-c", code], capture_output=True, check=False)
    assert b"unreachable" in done.stderr


def test_run_doctor_status_and_sql(programs, project, alone):
    winnow = [*alone, programs / "winnow"]
    done = json.loads(call(project, *winnow, "run", *CAPTURES, "--workers", 1, "--json"))
    assert done["documents_loaded"] == len(CAPTURES)
    call(project, *winnow, "doctor")
    status = json.loads(call(project, programs / "winnow", "status", "--json"))
    assert status["totals"][0]["articles"] == len(CAPTURES)
    # With the folder on PYTHONPATH its packages come before the installed ones in every process.
    query = "SELECT count(*) AS articles FROM articles"
    for command in ([programs / "winnow"], [programs / "python", "-m", "winnow"]):
        rows = json.loads(call(project, *command, "sql", query, "--json", PYTHONPATH="."))
        assert rows == [{"articles": len(CAPTURES)}]


def test_prefect_finds_the_flows(programs, project):
    code = (
        "from prefect.flows import load_flow_from_entrypoint as load\n"
        "for name in ('ingest', 'rebuild', 'maintain'):\n"
        "    print(load(f'winnow.flows.{name}', use_placeholder_flow=False).name)"
    )
    found = call(project, programs / "python", "-c", code)
    assert found.split() == ["ingest", "rebuild", "maintain"]
