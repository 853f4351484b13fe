"""`import winnow` is quick and quiet, and takes Winnow's packages whatever else has their names."""

import subprocess
import sys

import pytest

import winnow
from tests.loading import ROOT
from winnow.own_packages import import_own

HEAVY = ("prefect", "great_expectations", "sqlalchemy", "duckdb", "pyarrow", "trafilatura", "numpy")


def python(code, cwd):
    """Run code in a process of its own that finds Winnow in the repository."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.append({str(ROOT)!r})\n{code}"],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.fixture
def project(tmp_path):
    """A folder with packages of somebody else that have the names of Winnow's."""
    for name in ("flows", "transforms", "warehouse", "expectations"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"OWNER = 'the user of {name}'")
    return tmp_path


def loaded(code):
    """Return the heavy libraries that some code imports; it may not print anything."""
    found = python(f"{code}\nprint([name for name in {HEAVY} if name in sys.modules])", ROOT)
    assert found.stderr == ""
    return found.stdout.splitlines()[-1]


def test_import_loads_nothing_heavy_and_prints_nothing():
    assert loaded("import winnow") == "[]"


def test_cleaning_needs_no_orchestration_and_no_database():
    assert loaded("import winnow; winnow.clean(b'Home')") == "['numpy']"


def test_opening_needs_the_database_alone():
    code = "import winnow\ntry: winnow.open('none.duckdb')\nexcept winnow.WarehouseError: pass"
    assert loaded(code) == "['duckdb']"


def test_help_needs_no_library_at_all():
    code = (
        "import winnow.__main__\n"
        "sys.argv = ['winnow', '--help']\n"
        "try: winnow.__main__.main()\n"
        "except SystemExit: pass"
    )
    assert loaded(code) == "[]"


def test_commands_that_query_need_the_database_alone():
    code = (
        "from flows.commands.main import winnow\n"
        "for name in ('sql', 'status', 'explain'): winnow.get_command(None, name)"
    )
    assert loaded(code) == "['duckdb']"


def test_folder_of_the_user_does_not_hide_the_library(project):
    done = python("import winnow; print(winnow.clean(b'Home').rejected.reason)", project)
    assert (done.stdout.strip(), done.stderr) == ("no_article", "")


def test_user_keeps_flows_beside_the_library(project):
    done = python("import winnow, flows; print(flows.OWNER)", project)
    assert (done.stdout.strip(), done.stderr) == ("the user of flows", "")


@pytest.mark.parametrize("name", ["transforms", "warehouse"])
def test_package_of_the_user_that_came_first_is_named(project, name):
    done = python(f"import {name}; import winnow", project)
    assert f"Winnow needs its package {name!r}, but {project / name}" in done.stderr


def test_command_line_in_a_folder_with_such_packages(project):
    done = python("import runpy; sys.argv = ['winnow', '--help']; runpy.run_module('winnow')", project)
    assert done.stderr == ""


def test_own_packages_are_not_imported_twice():
    before = sys.modules["transforms"]
    import_own("transforms", "warehouse")
    assert sys.modules["transforms"] is before


def test_every_public_name_is_described():
    assert sorted(winnow.__all__) == winnow.__all__
    assert [name for name in winnow.__all__ if not getattr(winnow, name).__doc__] == []
