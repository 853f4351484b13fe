"""The notebook and the page about other tools: what they show runs on the samples."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.loading import ROOT

NOTEBOOK = ROOT / "examples" / "first-look.ipynb"
PAGE = (ROOT / "docs" / "from-other-tools.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|sh)\n(.*?)```", PAGE, re.DOTALL)
PROGRAMS = ("jq", "sqlite3")
SHIM = f'#!/bin/sh\nexec {sys.executable} -m winnow "$@"\n'
MACHINE = re.compile(r"/(?:home|root|tmp|Users|work)/")


@pytest.fixture
def folder(samples, tmp_path):
    """A folder with the warehouse of the samples, and `winnow` to be called from it."""
    (tmp_path / "warehouse").mkdir()
    shutil.copy(samples, tmp_path / "warehouse" / "winnow.duckdb")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "winnow").write_text(SHIM)
    (tmp_path / "bin" / "winnow").chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "block"), BLOCKS, ids=[f"{language}-{at}" for at, (language, _) in enumerate(BLOCKS)]
)
def test_block_of_the_page_runs(folder, language, block):
    if missing := [name for name in PROGRAMS if f"{name} " in block and not shutil.which(name)]:
        pytest.skip(f"{missing[0]} is not installed")
    if "polars" in block:
        pytest.importorskip("polars")
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    settings = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", block] if language == "python" else ["sh", "-ec", block]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or list(folder.glob("*.*"))


def test_page_has_blocks_of_every_kind():
    assert len(BLOCKS) >= 9
    assert {language for language, _ in BLOCKS} == {"python", "sh"}


def cells_of(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def value_of(source, names):
    """Run a cell and return the value of its last line, None if that has none."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def test_notebook_answers_five_questions_with_plots(samples, monkeypatch):
    pytest.importorskip("polars")
    altair = pytest.importorskip("altair")
    monkeypatch.setenv("WINNOW_WAREHOUSE", str(samples))
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    names, plots, tables = {}, [], []
    for cell in cells_of(notebook):
        value = value_of("".join(cell["source"]), names)
        (plots if isinstance(value, altair.Chart) else tables).append(value)
    names["db"].close()
    questions = [cell for cell in notebook["cells"] if "".join(cell["source"]).startswith("## ")]
    assert len(questions) - 1 == len(plots) == 5
    for plot in plots:
        assert len(next(iter(plot.to_dict()["datasets"].values()))) > 1
    assert all(len(table) > 1 for table in tables if table is not None)


def test_notebook_holds_no_output_and_no_path_of_a_machine():
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert all(not cell["outputs"] for cell in cells_of(json.loads(text)))
    assert not MACHINE.search(text)
