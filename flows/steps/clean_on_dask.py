"""Clean batches on the workers of a Dask cluster, on this machine or on many.

A batch travels with its captures to a worker, which cleans it as a run itself does, in processes with
limits, and its rows travel back as Parquet. So a worker sees no file of the warehouse or of the inputs,
and needs nothing but the same version of Winnow. All else is the run's own: it reads, stages, checks,
loads and publishes.
"""

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from multiprocessing import current_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import zstandard

from flows.steps.clean import CleaningJob, clean_job, read_job
from flows.steps.progress import Progress
from flows.steps.run_context import RunContext
from flows.steps.versions import cleaner_version
from transforms.facts.names.user_entities import OwnList
from transforms.options import CleaningOptions
from warehouse.errors import WarehouseError
from warehouse.plan_cleaning import Batch
from warehouse.staging import Staging

LOCAL = "local"
# Dask gives the batch of a worker that died to another one, so often; after that, the batch kills them.
DEATHS = 3
RETRIES = 2  # of a batch that failed with an exception, such as a disk that was away
SECONDS_TO_CONNECT = "20s"
# Dask forbids its workers to start processes, unless this is false where a worker starts.
DAEMON = "distributed.worker.daemon"
KEPT = "nothing is loaded, and the next run continues with the batches that are cleaned"

# Of a worker's batches one waits while another is cleaned; the scheduler holds no more than these.
BATCHES_PER_WORKER = 2
LARGE_BATCH = "1GB"  # beyond this Dask warns: a batch is 64 MB before it is compressed


@dataclass(frozen=True, slots=True)
class SentJob:
    """A batch on its way to a worker; only the cleaner version that packed it unpacks it.

    `packed` has a CleaningJob and the content of the list of entities.
    """

    version: str
    options: CleaningOptions
    packed: bytes


Work = Callable[[SentJob], dict[str, bytes]]


class ClusterFailed(WarehouseError):
    """The Dask cluster cannot be used, or is gone; the message says what to do."""


def clean_on_cluster(
    address: str,
    run: RunContext,
    batches: Sequence[Batch],
    workers: int,
    progress: Progress = lambda _: None,
    work: Work | None = None,
) -> None:
    """Clean batches on the cluster of a scheduler's address, or on a `LOCAL` one of so many workers.

    `progress` is called with the number of captures that are done, after each batch. Raises
    ClusterFailed if the scheduler cannot be reached or ends, if a batch ends the workers that clean it,
    and if a worker is not made for this run.
    """
    from distributed import KilledWorker, as_completed

    left = [batch for batch in batches if not run.staging.batch(batch.key).exists()]
    sizes = {batch.key: batch.size for batch in left}
    done = sum(batch.size for batch in batches) - sum(sizes.values())
    progress(done)  # what a killed run has finished
    if not left:
        return
    with _connected(address, workers) as client:
        waiting, tasks = iter(left), as_completed()
        try:
            while True:
                room = BATCHES_PER_WORKER * max(1, len(client.ncores())) - tasks.count()
                for batch in islice(waiting, max(0, room)):
                    sent = pack(read_job(run, batch))
                    tasks.add(
                        client.submit(work or clean_on_worker, sent, key=batch.key, retries=RETRIES)
                    )
                if not tasks.count():
                    return
                task = next(tasks)
                run.staging.receive_batch(task.key, task.result())
                done += sizes[task.key]
                progress(done)
        except KilledWorker as error:
            raise ClusterFailed(f"a batch ended {DEATHS + 1} workers: {error}; {KEPT}") from error
        except (CancelledError, OSError) as error:
            if isinstance(error, OSError) and client.status == "running":
                raise
            raise ClusterFailed(f"the Dask scheduler at {address} is gone; {KEPT}") from error


def pack(job: CleaningJob) -> SentJob:
    """Return a job as it is sent: compressed, without a path of this machine."""
    own, listed = job.options.entities, b""
    options = replace(job.options, corrections=None)  # those of a capture travel with it
    if own:
        options, listed = replace(options, entities=OwnList(Path(), own.digest)), own.path.read_bytes()
    packed = zstandard.compress(pickle.dumps((replace(job, options=options), listed)))
    return SentJob(job.start.cleaner_version, options, packed)


def clean_on_worker(sent: SentJob) -> dict[str, bytes]:
    """Clean a batch on a worker, with as many processes as it has threads.

    Returns the files of the batch by name, as a run itself would stage them. Raises ClusterFailed if
    the worker may start no processes or has another cleaner.
    """
    from distributed import get_worker

    worker: Any = get_worker()
    if current_process().daemon:
        raise ClusterFailed(
            "a Dask worker may start no processes: start it with DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )
    if (ours := cleaner_version(sent.options)) != sent.version:
        raise ClusterFailed(
            f"a Dask worker has another Winnow: {ours} instead of {sent.version}; install it"
        )
    with _one_batch(), TemporaryDirectory() as folder:  # a worker's threads share its cleaning processes
        job, staging = _unpack(sent, Path(worker.local_directory)), Staging(Path(folder))
        with staging.open_batch(job.key) as writer:
            clean_job(job, writer, worker.state.nthreads)
        return {file.name: file.read_bytes() for file in staging.batch(job.key).iterdir()}


def _unpack(sent: SentJob, folder: Path) -> CleaningJob:
    """Return the job; its list of entities is written to a folder that lasts as long as the worker."""
    job: CleaningJob
    job, listed = pickle.loads(zstandard.decompress(sent.packed))
    if not (own := job.options.entities):
        return job
    path = folder / f"entities-{own.digest}.csv"
    if not path.exists():
        path.write_bytes(listed)
    return replace(job, options=replace(job.options, entities=OwnList(path, own.digest)))


@contextmanager
def _connected(address: str, workers: int) -> Iterator[Any]:
    """Yield a client of a cluster, which ends with the block if it is a local one."""
    import dask
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is an exception
    settings = {
        DAEMON: False,
        "logging": {"distributed": "critical"},  # of workers that start here
        "distributed.scheduler.allowed-failures": DEATHS,
        "distributed.admin.large-graph-warning-threshold": LARGE_BATCH,
        "distributed.comm.timeouts.connect": SECONDS_TO_CONNECT,
    }
    with dask.config.set(settings):
        if address == LOCAL:
            with (
                LocalCluster(workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(address, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError) as error:
            raise ClusterFailed(f"no Dask scheduler answers at {address}: {error}; {KEPT}") from error
        with client:
            yield client


@cache
def _one_batch() -> Lock:
    return Lock()
