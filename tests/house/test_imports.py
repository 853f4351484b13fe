"""The folders may only lean on each other in one direction, and each framework has one home."""

import ast

import pytest

from tests.loading import ROOT

OURS = {"winnow", "flows", "transforms", "expectations", "warehouse"}
DECLARED = {
    "warehouse.schema.rows",
    "warehouse.schema.tables",
    "warehouse.schema.vocabulary",
    "warehouse.schema.column",
    "warehouse.schema.ddl",
    "warehouse.schema.invariants",
    "warehouse.connection",
}
MAY_IMPORT = {
    "warehouse": set(),
    "transforms": {
        "warehouse.schema.address",
        "warehouse.schema.rows",
        "warehouse.schema.staged_sketch",
        "warehouse.schema.vocabulary",
    },
    "expectations": DECLARED,
    "flows": OURS - {"winnow"},
    "winnow": {"transforms", "warehouse"},
}
# What starts the command line and the flows in a process of their own, and is not the library.
MAY_IMPORT_FLOWS = {"winnow/__main__.py", "winnow/flows.py"}
HOME = {
    "prefect": "flows",
    "duckdb": "warehouse",
    "great_expectations": "expectations",
    "sqlalchemy": "expectations",
    "duckdb_sqlalchemy": "expectations",
    "trafilatura": "transforms",
    "htmldate": "transforms",
    "lxml": "transforms",
    "selectolax": "transforms",
    "feedparser": "transforms",
    "pypdf": "transforms",
    "python_calamine": "transforms",
    "ftfy": "transforms",
}
FILES = sorted(path for home in OURS for path in (ROOT / home).rglob("*.py"))


def imports(tree):
    """Yield every module that is imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def problems(name, source):
    """Return the imports of a file that its folder may not have."""
    home, found = name.split("/")[0], []
    allowed = MAY_IMPORT[home] | ({"flows"} if name in MAY_IMPORT_FLOWS else set())
    for module in imports(ast.parse(source)):
        top = module.split(".")[0]
        room = module.rpartition(".")[0]
        if top in OURS - {home} and not {module, room, top} & allowed:
            found.append(f"{home} may not import {module}")
        if home != HOME.get(top, home):
            found.append(f"{top} belongs in {HOME[top]}/")
        if top in ("tests", "seeds"):
            found.append(f"{home} may not import {module}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_direction(path):
    assert problems(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("warehouse/a.py", "from transforms.clean import clean"),
        ("warehouse/a.py", "import flows.ingest"),
        ("transforms/a.py", "def f():\n    from warehouse.load import load"),
        ("transforms/a.py", "import duckdb"),
        ("transforms/a.py", "from prefect import task"),
        ("expectations/a.py", "from transforms.clean import clean"),
        ("expectations/a.py", "from warehouse.staging import Staging"),
        ("flows/a.py", "import great_expectations as gx"),
        ("flows/commands/sql.py", "import duckdb"),
        ("flows/a.py", "from tests.loading import run"),
        ("flows/a.py", "import winnow"),
        ("winnow/a.py", "from flows.ingest import ingest"),
        ("winnow/a.py", "import duckdb"),
    ],
)
def test_this_test_can_fail(name, source):
    assert problems(name, source)


def test_there_is_something_to_look_at():
    assert len(FILES) > 40


# The rooms of transforms/, from the ground up: a room imports only from those before it.
ROOMS = (
    "rule", "language", "corrections", "captures", "blocks", "metadata", "facts", "stories", "options",
    "scoring", "site_memory", "judging", "article", "clean", "rules",
)  # fmt: skip


def room_of(module):
    """Return the room of a module of transforms/, which is a folder or a file at its root."""
    return module.split(".")[1]


def test_rooms_of_transforms_lean_on_those_below():
    upwards = []
    for path in sorted((ROOT / "transforms").rglob("*.py")):
        name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        if name == "transforms.__init__":
            continue
        for module in imports(ast.parse(path.read_text(encoding="utf-8"))):
            if module.startswith("transforms.") and ROOMS.index(room_of(module)) > ROOMS.index(
                room_of(name)
            ):
                upwards.append(f"{name} imports {module}")
    assert upwards == []


# The same for flows/, except that a schedule is served for the flow that it runs.
FLOW_ROOMS = (
    "suppress_exit_messages", "stopping", "failures", "steps", "reports", "tasks", "outcome", "server",
    "maintain", "ingest", "commands", "generated",
)  # fmt: skip
SERVES = "flows.server.serve imports flows.ingest"


def test_rooms_of_flows_lean_on_those_below():
    upwards = set()
    for path in sorted((ROOT / "flows").rglob("*.py")):
        name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        if name == "flows.__init__":
            continue
        for module in imports(ast.parse(path.read_text(encoding="utf-8"))):
            is_ours = module.startswith("flows.")
            if is_ours and FLOW_ROOMS.index(room_of(module)) > FLOW_ROOMS.index(room_of(name)):
                upwards.add(f"{name} imports {module}")
    assert upwards == {SERVES}


def test_steps_of_a_run_do_not_know_prefect():
    for path in (ROOT / "flows" / "steps").glob("*.py"):
        assert "prefect" not in {
            name.split(".")[0] for name in imports(ast.parse(path.read_text("utf-8")))
        }
