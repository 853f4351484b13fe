"""Clean batches on the workers of a Dask cluster, on this machine or on many.

A worker cleans a batch as a run itself does, in processes with limits, and stages its rows. Every
machine sees the folder of the warehouse and its inputs under the same paths, and has the same version of
Winnow. All else is the run's own: it reads, checks, loads and publishes.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import cache
from multiprocessing import current_process
from threading import Lock
from typing import Any

from flows.steps.clean import clean_batch
from flows.steps.progress import Progress
from flows.steps.run_context import RunContext
from flows.steps.versions import cleaner_version
from warehouse.errors import WarehouseError
from warehouse.plan_cleaning import Batch

LOCAL = "local"
# Dask gives the batch of a worker that died to another one, so often; after that, the batch kills them.
DEATHS = 3
RETRIES = 2  # of a batch that failed with an exception, such as a disk that was away
SECONDS_TO_CONNECT = "20s"
# Dask forbids its workers to start processes, unless this is false where a worker starts.
DAEMON = "distributed.worker.daemon"
KEPT = "nothing is loaded, and the next run continues with the batches that are cleaned"

Work = Callable[[RunContext, Batch], int]


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
        tasks = [
            client.submit(work or clean_on_worker, run, batch, key=batch.key, retries=RETRIES)
            for batch in left
        ]
        try:
            for task in as_completed(tasks):
                task.result()
                done += sizes[task.key]
                progress(done)
        except KilledWorker as error:
            raise ClusterFailed(f"a batch ended {DEATHS + 1} workers: {error}; {KEPT}") from error
        except (CancelledError, OSError) as error:
            if isinstance(error, OSError) and client.status == "running":
                raise
            raise ClusterFailed(f"the Dask scheduler at {address} is gone; {KEPT}") from error


def clean_on_worker(run: RunContext, batch: Batch) -> int:
    """Clean a batch on a worker, with as many processes as it has threads, and stage its rows."""
    from distributed import get_worker

    worker: Any = get_worker()
    if current_process().daemon:
        raise ClusterFailed(
            "a Dask worker may start no processes: start it with DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )
    if (ours := cleaner_version(run.options)) != run.start.cleaner_version:
        wanted = run.start.cleaner_version
        raise ClusterFailed(f"a Dask worker has another Winnow: {ours} instead of {wanted}; install it")
    with _one_batch():  # a worker's threads share its cleaning processes
        if run.staging.batch(batch.key).exists():
            return 0
        return clean_batch(run, batch, worker.state.nthreads)


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
