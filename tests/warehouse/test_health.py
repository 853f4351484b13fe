"""What `winnow status` tells a monitor: how old the last load is, what is usual, what is wrong."""

import json

import pytest
from click.testing import CliRunner

from flows.commands.main import winnow
from tests.loading import run
from warehouse.paths import Layout
from warehouse.store import only_run


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, prose):
    """Three loads: of one capture, of two more, and of three more."""
    folder = tmp_path_factory.mktemp("health")
    for n in range(6):
        (folder / f"{n}.txt").write_text(prose(n))
    for n in (1, 3, 6):
        run(folder / "w.duckdb", *[folder / f"{i}.txt" for i in range(n)])
    return folder / "w.duckdb"


def status(database, *arguments):
    answer = CliRunner().invoke(winnow, ["status", "--warehouse", str(database), "--json", *arguments])
    return answer.exit_code, json.loads(answer.stdout)


def test_all_is_well(warehouse):
    code, answer = status(warehouse, "--max-age", "1h")
    assert (code, answer["problems"], answer["is_running"]) == (0, [], False)
    assert 0 <= answer["age_seconds"] < 3600


def test_counts_stand_beside_the_usual(warehouse):
    _, answer = status(warehouse)
    counts = {row["count"]: (row["last"], row["usual"]) for row in answer["usual"]}
    assert counts["captures_seen"] == (6, 2.0)
    assert counts["documents_loaded"] == (3, 1.5)
    assert counts["documents_unchanged"] == (3, 0.5)


def test_overdue(warehouse):
    code, answer = status(warehouse, "--max-age", "0m")
    assert code == 1
    assert "overdue" in answer["problems"][0]


def test_run_that_was_killed_is_noticed_and_one_that_is_on_is_none(warehouse):
    layout = Layout(warehouse)
    left = layout.staging / "20260101T000000Z-0000"
    left.mkdir(parents=True)
    code, answer = status(warehouse)
    problem = "run 20260101T000000Z-0000 was killed or could not write"
    assert (code, answer["problems"]) == (1, [problem])
    with only_run(layout):
        code, answer = status(warehouse)
    assert (code, answer["problems"], answer["is_running"]) == (0, [], True)
    left.rmdir()


@pytest.mark.parametrize("age", ["26", "h", "1.5h", "-1h", "26 h"])
def test_age_that_is_none_is_a_wrong_call(warehouse, age):
    answer = CliRunner().invoke(winnow, ["status", "--warehouse", str(warehouse), "--max-age", age])
    assert answer.exit_code == 2
