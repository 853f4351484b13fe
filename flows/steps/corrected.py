"""Find the documents that corrections concern, so that the next run cleans them again."""

from flows.steps.run_context import RunContext
from transforms.corrections.correction import FOLDER, Corrections
from transforms.metadata.site import find_folder
from warehouse.corrected import Decided, KnownDocument, list_outdated, write_marks
from warehouse.parts import in_parts
from warehouse.raw_store import CAPTURES_PER_FILE
from warehouse.store import Connection

RECALLED = 900_001  # number of the first list of captures that a run takes from the raw store


def mark_documents(db: Connection, run: RunContext) -> None:
    """Create the table `marks`, by which the plan knows which documents must be cleaned again."""
    write_marks(db, describe(run.corrections), lambda known: mark_of(run.corrections, known))


def recall(db: Connection, run: RunContext) -> None:
    """Take the captures with new, changed or withdrawn corrections from the raw store into the run."""
    for number, part in enumerate(in_parts(list_outdated(db), CAPTURES_PER_FILE), RECALLED):
        run.staging.write_seen(number, part)


def describe(corrections: Corrections) -> Decided:
    """Return what corrections name."""
    folders = [site for site in corrections.sites if site.startswith(FOLDER)]
    return Decided(
        documents=corrections.by_document.keys(),
        addresses=corrections.by_address.keys(),
        sites=corrections.sites.keys(),
        has_folders=bool(folders),
    )


def mark_of(corrections: Corrections, known: KnownDocument) -> str:
    """Return the mark of a document; of a refused one the site is not known for sure."""
    concerning = corrections.concerning(known.document_id, known.url)
    if known.is_refused:
        return concerning.mark()
    return concerning.at(known.site, find_folder(known.source_uri)).mark()
