"""The wheel, installed: it works in a folder that has packages with the names of Winnow's.

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
    return folder


def call(project, *command, **settings):
    """Run a command in the project, as its user does, and return what it prints."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=project,
        env=kept | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
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


def test_run_status_and_sql(programs, project):
    done = json.loads(call(project, programs / "winnow", "run", *CAPTURES, "--workers", 1, "--json"))
    assert done["documents_loaded"] == len(CAPTURES)
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
