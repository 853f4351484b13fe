"""Plan which captures a run must clean, and clean them in batches."""

from dataclasses import dataclass
from pathlib import Path

from flows.steps.corrected import mark_documents, recall
from flows.steps.progress import Progress
from flows.steps.refusals import refuse_rejected
from flows.steps.run_context import RunContext
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import Cleaned
from transforms.options import CleaningOptions
from warehouse.batch_writer import BatchWriter
from warehouse.load import RunStart
from warehouse.plan_cleaning import Batch, open_raw, plan_batches, read_plan
from warehouse.raw_store import read_contents
from warehouse.schema.rows.runs import Refusal
from warehouse.staging import adopt_batches
from warehouse.store import open_next


def plan(run: RunContext, everything: bool = False) -> list[Batch]:
    """Return the batches to clean; finished batches of a killed run are reused.

    With `everything`, documents that are already in the warehouse are cleaned again. Otherwise those
    are that are seen and of another cleaner version, and those with other corrections, seen or not.
    """
    batches: list[Batch] = []
    with open_next(run.layout) as db:
        if open_raw(db, run.staging, run.layout.raw_store):
            mark_documents(db, run)
            if not everything:
                recall(db, run)
            version, corrections = run.start.cleaner_version, run.corrections.digest
            batches = plan_batches(db, run.staging, run.run_id, version, everything, corrections)
    adopt_batches(run.layout, run.staging, [batch.key for batch in batches])
    return batches


@dataclass(frozen=True, slots=True)
class CleaningJob:
    """A batch with its captures, and all that cleaning them needs: no file of a warehouse is read."""

    key: str
    is_again: bool
    captures: list[CaptureToClean]
    start: RunStart
    options: CleaningOptions


def clean_batch(run: RunContext, batch: Batch, workers: int, progress: Progress = lambda _: None) -> int:
    """Clean a batch of the plan, stage its rows, and return the number of articles.

    `progress` is called with the number of captures that are done, after each.
    """
    job = read_job(run, batch)
    with run.staging.open_batch(batch.key) as writer:
        return clean_job(job, writer, workers, progress)


def clean_job(
    job: CleaningJob, writer: BatchWriter, workers: int, progress: Progress = lambda _: None
) -> int:
    """Clean the captures of a job in processes, write their rows, and return the number of articles.

    Documents that cannot be cleaned again stay as they are, and so does what is kept of their pages.
    """
    from flows.steps.cleaning_processes import clean_captures  # imported late, since it starts processes

    articles = 0
    outcomes = clean_captures(job.captures, workers, job.options)
    for number, (capture, outcome) in enumerate(zip(job.captures, outcomes, strict=True), start=1):
        if isinstance(outcome, Rejected):
            if not job.is_again:
                writer.add("quarantine", [_refuse(job.start, capture, outcome)])
        else:
            articles += len(outcome.articles)
            for name in Cleaned.__slots__:
                if not (job.is_again and name == "site_pages"):
                    writer.add(name, getattr(outcome, name))
        progress(number)
    return articles


def _refuse(start: RunStart, capture: CaptureToClean, why: Rejected) -> Refusal:
    mark = capture.corrections.mark()
    return refuse_rejected(capture.source_uri, capture.document_id, why, start, mark)


def read_job(run: RunContext, batch: Batch) -> CleaningJob:
    """Return a batch with its captures, and their bytes from the raw store."""
    rows = read_plan(batch)
    contents = read_contents(Path(str(rows[0]["raw_file"])), [str(row["document_id"]) for row in rows])
    captures = []
    for row in rows:
        known = {name: row[name] for name in row if name not in ("raw_file", "memory")}
        document_id, url = str(row["document_id"]), row["url"]
        captures.append(
            CaptureToClean(
                content=contents[document_id],
                cleaner_version=run.start.cleaner_version,
                corrections=run.corrections.concerning(document_id, str(url) if url else None),
                memory=tuple(row["memory"]),  # type: ignore[arg-type]
                **known,  # type: ignore[arg-type]
            )
        )
    return CleaningJob(batch.key, batch.is_again, captures, run.start, run.options)
