"""The flow against a real embedded server: one for all tests, since it costs seconds."""

import json
import os
import secrets
import shutil
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.context import refresh_global_settings_context
from prefect.states import Pending, Running, Scheduled

from flows.commands.main import winnow
from flows.ingest import ingest, retry
from flows.outcome import BatchRefused
from flows.server.missed_runs import find_owed, make_good, mark_broken_off
from flows.server.serve import deployment_name, serve_ingest
from flows.server.temporary_server import starting_server
from flows.steps.check import Checked
from tests.loading import SAMPLES, Unchecked, ask, conserves, dump, run
from transforms.captures.inputs import InputMissing
from transforms.facts.names.user_entities import open_own_list
from transforms.options import CleaningOptions
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.store import only_run


@pytest.fixture(scope="module", autouse=True)
def server(prefect_database):
    """The server of the tests; commands take it as one that is configured, and start none."""
    shutil.copy(prefect_database, os.environ["PREFECT_HOME"])
    with starting_server():
        pass
    yield
    del os.environ["PREFECT_API_URL"]
    refresh_global_settings_context()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The samples, loaded by the flow."""
    database = tmp_path_factory.mktemp("flow") / "winnow.duckdb"
    return database, ingest([str(SAMPLES)], database, workers=1)


@pytest.fixture
def unchecked(monkeypatch):
    """Leave out the checks, which cost seconds, in flows whose test is not about them."""
    monkeypatch.setattr("flows.tasks.check", lambda *_: Checked(Unchecked(), ()))


def flow_runs(name):
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(like_=name)))


def artifacts(key):
    artifact = Artifact.get(key)
    assert artifact is not None, f"no artifact {key}"
    return artifact


def test_samples_are_loaded(loaded):
    database, done = loaded
    assert done.status == "completed"
    assert conserves(done)
    assert (done.captures_seen, done.documents_unchanged, done.records_skipped) == (32, 1, 4)
    assert done.documents_loaded >= 29
    assert ask(database, "SELECT run_id FROM runs") == [{"run_id": done.run_id}]


def test_flow_loads_what_the_steps_load_without_prefect(loaded, tmp_path):
    """The other tests call the steps; that is only right while the flow does the same."""
    database, _ = loaded
    run(tmp_path / "plain.duckdb", SAMPLES)
    plain, by_flow = dump(tmp_path / "plain.duckdb"), dump(database)
    for tables in (plain, by_flow):
        for rows in tables.values():
            for row in rows:
                for name in ("run_id", "first_run_id", "first_seen_at"):
                    row.pop(name, None)
    assert by_flow == plain


def test_run_is_named_and_completed(loaded):
    database, _ = loaded
    (found,) = flow_runs(f"ingest into {database}")
    assert found.state.is_completed()
    assert found.name.endswith(": 30 loaded, 1 unchanged, 1 quarantined")


def test_artifacts_tell_how_far_it_was_and_what_it_did(loaded):
    _, done = loaded
    assert float(artifacts("winnow-progress").data) == 100.0
    summary = artifacts("winnow-summary").data
    assert done.run_id in summary
    assert "32 captures seen" in summary


def test_checks_of_the_samples_hold(loaded):
    database, _ = loaded
    broken = "SELECT suite, expectation FROM expectation_results WHERE NOT success"
    assert ask(database, f"{broken} AND severity = 'critical'") == []
    assert ask(database, "SELECT count(*) > 80 AS many FROM expectation_results") == [{"many": True}]


@pytest.mark.usefixtures("unchecked")
def test_second_run_changes_nothing(loaded, tmp_path):
    database = tmp_path / "winnow.duckdb"
    shutil.copytree(loaded[0].parent, tmp_path, dirs_exist_ok=True)
    before = dump(database)
    done = ingest([str(SAMPLES)], database, workers=1)
    assert (done.documents_loaded, dump(database)) == (0, before)


def test_run_that_would_overlap_another_is_refused_with_the_reason(tmp_path, inbox, prose):
    (inbox / "a.txt").write_text(prose(1))
    database = tmp_path / "winnow.duckdb"
    with only_run(Layout(database)), pytest.raises(WarehouseError, match="another run is loading it"):
        ingest([str(inbox)], database, workers=1)
    (found,) = flow_runs(f"ingest into {database}")
    assert found.state.is_failed()
    assert "another run is loading it" in found.state.message


@pytest.fixture
def deployed(tmp_path, inbox):
    """The layout and the identity of a deployment like that of `winnow serve`."""
    database = tmp_path / f"{secrets.token_hex(4)}.duckdb"
    limit = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    parameters = {"inputs": [str(inbox)], "warehouse": str(database)}
    deployment = ingest.to_deployment(database.stem, parameters=parameters, concurrency_limit=limit)
    return Layout(database), deployment.apply()


@pytest.mark.parametrize(("seconds", "states"), [(-60, [Pending(), Running()]), (9, [Pending()])])
def test_run_that_a_power_cut_broke_off_gives_its_place_to_one_that_makes_it_good(
    deployed, tmp_path, monkeypatch, seconds, states
):
    """A run is prepared before it is due, so it can be interrupted before that time too."""
    layout, identity = deployed
    due = Scheduled(scheduled_time=datetime.now(UTC) + timedelta(seconds=seconds))
    monkeypatch.setenv("WINNOW_ON_FAILURE", f"cat >> {tmp_path}/told")
    with get_client(sync_client=True) as client:
        broken = client.create_flow_run_from_deployment(identity, state=due)
        for state in states:
            assert client.set_flow_run_state(broken.id, state).status == "ACCEPT"
        with only_run(layout):
            assert find_owed(layout, layout.database.stem) == ([], [])
        begun, missed = find_owed(layout, layout.database.stem)
        assert ([run.id for run in begun], missed) == ([broken.id], [])
        make_good(identity, begun)
        mark_broken_off(begun)
        assert client.read_flow_run(broken.id).state.is_crashed()
        assert "interrupted" in (tmp_path / "told").read_text()
        begun, (stands,) = find_owed(layout, layout.database.stem)
        assert begun == []
        assert stands.state.message.startswith("catches up the run of")
        assert client.set_flow_run_state(stands.id, Pending()).status == "ACCEPT"


def test_second_power_cut_while_the_first_is_settled_loses_no_night(deployed, inbox, monkeypatch):
    layout, identity = deployed
    monkeypatch.setattr("flows.server.serve.mark_broken_off", cut_power)
    with get_client(sync_client=True) as client:
        broken = client.create_flow_run_from_deployment(identity, state=Pending())
    for restart in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            serve_ingest([str(inbox)], layout.database, 1, "0 3 * * *", "UTC")
        begun, stand = find_owed(layout, layout.database.stem)
        assert [run.id for run in begun] == [broken.id]
        assert len(stand) == restart, "the first to begin loads; the limit cancels the others"


def test_two_warehouses_of_one_name_have_schedules_of_their_own(deployed, tmp_path):
    layout, _ = deployed
    elsewhere = tmp_path / "elsewhere" / layout.database.name
    assert deployment_name(layout.database) == layout.database.stem
    assert deployment_name(elsewhere).startswith(f"{layout.database.stem}-")
    ingest.to_deployment(
        deployment_name(elsewhere), parameters={"inputs": [], "warehouse": str(elsewhere)}
    ).apply()
    with get_client(sync_client=True) as client:
        client.delete_deployment(deployed[1])
    assert deployment_name(elsewhere).startswith(f"{layout.database.stem}-"), "it keeps its name"


@pytest.mark.usefixtures("unchecked")
def test_schedule_reads_its_list_of_entities_anew(deployed, inbox, tmp_path, prose, monkeypatch):
    (layout, identity), own = deployed, tmp_path / "own.csv"
    (inbox / "a.txt").write_text(prose(1).replace("The office", "The Lindow Times"))
    own.write_text("entity_id,name,kind,aliases,wikidata_id\n")
    monkeypatch.setattr("flows.server.serve.mark_broken_off", cut_power)
    options = CleaningOptions(comments="keep", entities=open_own_list(own))
    with pytest.raises(KeyboardInterrupt):
        serve_ingest([str(inbox)], layout.database, 1, "0 3 * * *", "UTC", options)
    own.write_text(own.read_text() + "lindow-times,Lindow Times,outlet,,\n")
    with get_client(sync_client=True) as client:
        ingest(**ingest.validate_parameters(client.read_deployment(identity).parameters))
    (run,) = ask(layout.database, "SELECT DISTINCT cleaner_version FROM documents")
    assert ".best-keep" in run["cleaner_version"]
    (found,) = ask(layout.database, "SELECT surface FROM mentions WHERE entity_id = 'lindow-times'")
    assert found["surface"] == "Lindow Times"


def cut_power(_begun):
    raise KeyboardInterrupt


def test_alarm_that_cannot_be_given_does_not_keep_the_schedule_from_starting(deployed, monkeypatch):
    layout, identity = deployed
    monkeypatch.setenv("WINNOW_ON_FAILURE", "http://127.0.0.1:9/")
    with get_client(sync_client=True) as client:
        broken = client.create_flow_run_from_deployment(identity, state=Pending())
        mark_broken_off(find_owed(layout, layout.database.stem)[0])
        assert client.read_flow_run(broken.id).state.is_crashed()


@pytest.fixture
def receiver():
    """A web hook of this machine's own: its address, and what it was told."""
    told = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    hook = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=hook.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{hook.server_port}/hook", told
    hook.shutdown()


def test_refused_batch_fails_and_is_loaded_when_accepted(tmp_path, prose, junk, receiver, monkeypatch):
    address, told = receiver
    monkeypatch.setenv("WINNOW_ON_FAILURE", address)
    inbox, database = tmp_path / "inbox", tmp_path / "news.duckdb"
    inbox.mkdir()
    (inbox / "a.txt").write_text(prose(1))
    for n in range(24):
        (inbox / f"junk-{n}.txt").write_text(junk(n))
    arguments = ["run", str(inbox), "--warehouse", str(database), "--workers", "1", "--json"]
    refused = CliRunner().invoke(winnow, arguments)
    assert refused.exit_code == 1
    assert "96% of 25 captures contain no article; the limit is 50%" in refused.stderr
    (found,) = flow_runs(f"ingest into {database}")
    assert found.state.is_failed()
    assert "96% of 25 captures contain no article" in found.state.message
    assert found.name == f"ingest into {database}: refused"
    assert set(found.tags) == {"winnow", "news"}
    (failure,) = told
    assert (failure["flow"], failure["state"]) == ("ingest", "Failed")
    assert "96% of 25 captures contain no article" in failure["text"]
    tables = dump(database)
    assert tables.pop("schema_versions")
    assert not any(tables.values())
    status = CliRunner().invoke(winnow, ["status", "--warehouse", str(database), "--json"])
    assert status.exit_code == 1
    assert "96% of 25 captures contain no article" in json.loads(status.stdout)["problems"][0]
    accepted = CliRunner().invoke(winnow, [*arguments, "--accept"])
    assert accepted.exit_code == 0, accepted.output
    assert len(told) == 1
    done = json.loads(accepted.stdout)
    assert (done["status"], done["documents_loaded"]) == ("completed", 1)
    assert (done["captures_seen"], done["documents_quarantined"]) == (25, 24)
    assert len(ask(database, "FROM articles")) == 1


def test_missing_path_is_a_wrong_call_and_told_by_the_command_that_is_set(tmp_path, monkeypatch):
    command = f"{sys.executable} -c 'import sys; print(sys.stdin.read())' > {tmp_path / 'told.json'}"
    monkeypatch.setenv("WINNOW_ON_FAILURE", "")
    arguments = ["run", str(tmp_path / "nowhere"), "--warehouse", str(tmp_path / "w.duckdb")]
    answer = CliRunner().invoke(winnow, [*arguments, "--on-failure", command])
    assert answer.exit_code == 2
    told = json.loads((tmp_path / "told.json").read_text())
    assert told["state"] == "NotStarted"
    assert str(tmp_path / "nowhere") in told["message"]
    assert "no file there to read" in answer.stderr
    assert not (tmp_path / "w.duckdb").exists()


def test_missing_input_fails_before_anything_is_done(tmp_path):
    with pytest.raises(InputMissing):
        ingest([str(tmp_path / "nowhere")], tmp_path / "w.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_retry_may_be_all_refused_again_but_obeys_the_other_critical_rules(tmp_path, junk, monkeypatch):
    """What is in quarantine was refused before: the share of refused captures says nothing there."""
    database = tmp_path / "winnow.duckdb"
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n in range(25):
        (inbox / f"{n}.txt").write_text(junk(n))
    run(database, inbox)
    done = retry(database, workers=1)
    assert (done.status, done.documents_quarantined) == ("completed", 25)
    before = dump(database)
    broken = Unchecked(critical=("a rule that must hold",))
    monkeypatch.setattr("flows.tasks.check", lambda *_: Checked(broken, ()))
    with pytest.raises(BatchRefused, match="a rule that must hold"):
        retry(database, workers=1)
    assert dump(database) == before


@pytest.mark.usefixtures("unchecked")
def test_corrections_are_applied_by_a_flow_of_their_own(tmp_path, inbox, prose):
    database = tmp_path / "winnow.duckdb"
    (inbox / "a.txt").write_text(prose(1))
    run(database, inbox)
    (document,) = ask(database, "SELECT document_id FROM documents")
    entry = (
        f"- {{title: Accounts are shut, document: {document['document_id']}, by: Ines, reason: none}}"
    )
    Layout(database).corrections.write_text(f"corrections:\n{entry}\n")
    arguments = ["corrections", "apply", "--warehouse", str(database)]
    answer = CliRunner().invoke(winnow, arguments)
    assert (answer.exit_code, "1 captures seen = 1 loaded" in answer.output) == (0, True)
    assert ask(database, "SELECT title FROM articles") == [{"title": "Accounts are shut"}]
    assert ask(database, "SELECT flow FROM runs ORDER BY started_at DESC LIMIT 1") == [
        {"flow": "correct"}
    ]
    assert "0 captures seen" in CliRunner().invoke(winnow, arguments).output


@pytest.mark.usefixtures("unchecked")
def test_run_that_loads_nothing_of_what_it_saw_is_no_success(tmp_path, junk, prose):
    inbox, database = tmp_path / "inbox", tmp_path / "winnow.duckdb"
    inbox.mkdir()
    (inbox / "a.txt").write_text(junk(1))
    arguments = ["run", str(inbox), "--warehouse", str(database), "--workers", "1"]
    alone = CliRunner().invoke(winnow, arguments)
    assert alone.exit_code == 1
    assert "Nothing was loaded: all 1 captures are in quarantine" in alone.stderr
    assert len(ask(database, "FROM quarantine")) == 1
    assert CliRunner().invoke(winnow, [*arguments, "--accept"]).exit_code == 0
    (inbox / "b.txt").write_text(prose(1))
    assert CliRunner().invoke(winnow, arguments).exit_code == 0
