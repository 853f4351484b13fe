"""A run on a Dask cluster has the rows of any other; dead workers and schedulers are survived."""

import os
import pickle
import signal
import time
from dataclasses import replace
from functools import partial
from threading import Thread

import pytest
import zstandard

from flows.steps import clean_on_dask as dask_cleaning
from flows.steps import collect
from flows.steps.check import Checked
from flows.steps.clean import plan, read_job
from flows.steps.clean_on_dask import DAEMON, ClusterFailed, clean_on_cluster, clean_on_worker, pack
from flows.steps.load import load_staged
from flows.steps.remember import plan_remembered
from flows.steps.run_context import loading
from flows.steps.versions import cleaner_version
from tests.flows.test_commands import process
from tests.loading import SAMPLES, Unchecked, begin, dump
from transforms.captures.inputs import list_inputs
from transforms.facts.names.user_entities import COLUMNS, open_own_list
from transforms.options import CleaningOptions
from warehouse.connection import connect
from warehouse.staged_views import create_staged_views
from warehouse.store import publish

distributed = pytest.importorskip("distributed", reason="needs winnow[dask]: make test-cluster")


def cluster_of(workers):
    import dask

    with dask.config.set({DAEMON: False}):
        return distributed.LocalCluster(
            workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        )


@pytest.fixture(scope="module")
def cluster():
    with cluster_of(2) as started:
        yield started


@pytest.fixture
def planned(monkeypatch, database):
    """A run that has read the samples, and its batches: several small ones."""
    monkeypatch.setattr(collect, "CAPTURES_PER_FILE", 12)
    with loading(begin(database)) as run:
        collected = collect.collect_captures(run, list_inputs([str(SAMPLES)]))
        yield run, plan(run), collected


def die_once(mark, sent):
    """Kill the worker the first time; its batch is then another one's."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return clean_on_worker(sent)


def wait_long(_sent):
    time.sleep(60)


def without_first_runs(tables):
    return {
        name: [{column: row[column] for column in row if column != "first_run_id"} for row in rows]
        for name, rows in tables.items()
        if name != "quarantine"  # its rows name the run
    }


def test_rows_are_those_of_a_local_run_though_a_worker_dies(
    cluster, planned, samples, database, tmp_path
):
    run, batches, collected = planned
    assert len(batches) > 2
    seen, mark = [], tmp_path / "died"
    work = partial(die_once, mark)
    clean_on_cluster(cluster.scheduler_address, run, batches, 2, seen.append, work)
    assert mark.exists()
    assert seen[-1] == sum(batch.size for batch in batches)
    clean_on_cluster(cluster.scheduler_address, run, plan_remembered(run), 2)
    load_staged(run, Checked(Unchecked(), ()), skipped=collected.skipped)
    publish(run.layout)
    assert without_first_runs(dump(database)) == without_first_runs(dump(samples))


def test_worker_gets_no_path_of_the_run_s_machine(planned, database, tmp_path):
    run, batches, _ = planned
    listed = tmp_path / "entities.csv"
    listed.write_text(f"{','.join(COLUMNS)}\nacme,Acme Widgets,company,,\n")
    options = CleaningOptions(entities=open_own_list(listed), corrections=tmp_path / "own.yaml")
    run = replace(run, options=options)
    sent = pack(read_job(run, batches[0]))
    written = pickle.dumps(sent) + zstandard.decompress(sent.packed)
    assert b"Acme Widgets" in written
    assert str(tmp_path).encode() not in written
    assert str(database.parent).encode() not in written


def test_own_list_of_entities_travels_with_the_batch(cluster, planned, tmp_path):
    run, batches, _ = planned
    listed = tmp_path / "entities.csv"
    listed.write_text(f"{','.join(COLUMNS)}\nmonth,month-long campaign,platform,,\n")
    options = CleaningOptions(entities=open_own_list(listed))
    start = replace(run.start, cleaner_version=cleaner_version(options))
    clean_on_cluster(cluster.scheduler_address, replace(run, start=start, options=options), batches, 2)
    with connect(run.staging.spill) as db:
        create_staged_views(db, run.staging)
        found = db.execute("SELECT count(*) FROM staged_mentions WHERE entity_id = 'month'").fetchall()
    assert found[0][0] > 0


def test_worker_with_another_cleaner_is_refused(cluster, planned):
    run, batches, _ = planned
    other = replace(run, start=replace(run.start, cleaner_version="another"))
    with pytest.raises(ClusterFailed, match="another Winnow"):
        clean_on_cluster(cluster.scheduler_address, other, batches[:1], 2)


def test_scheduler_that_ends_is_told_and_finished_batches_are_kept(planned, monkeypatch):
    run, batches, _ = planned
    monkeypatch.setattr(dask_cleaning, "SECONDS_TO_CONNECT", "1s")
    with cluster_of(1) as short:
        clean_on_cluster(short.scheduler_address, run, batches[:1], 1)
        ending = Thread(target=lambda: (time.sleep(1), short.close()))
        ending.start()
        with pytest.raises(ClusterFailed, match="is gone; nothing is loaded"):
            clean_on_cluster(short.scheduler_address, run, batches[1:], 1, work=wait_long)
        ending.join()
    assert [run.staging.batch(batch.key).exists() for batch in batches[:2]] == [True, False]


def test_address_without_scheduler_is_told(planned, monkeypatch):
    run, batches, _ = planned
    monkeypatch.setattr(dask_cleaning, "SECONDS_TO_CONNECT", "1s")
    with pytest.raises(ClusterFailed, match="no Dask scheduler answers at tcp:"):
        clean_on_cluster("tcp://127.0.0.1:9", run, batches, 1)


def test_rebuild_on_a_cluster_gives_what_the_run_gave(tmp_path, samples):
    database = tmp_path / "w.duckdb"
    for command in (["run", str(SAMPLES)], ["rebuild"]):
        ended = process(*command, "--dask", "local", "--workers", "2", "--warehouse", database)
        assert ended.returncode == 0, ended.stderr
    assert "0 lost, 0 changed" in ended.stdout
    assert without_first_runs(dump(database)) == without_first_runs(dump(samples))
