"""Apply each correction again to the documents that it concerns, to see whether it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from flows.steps.corrected import describe
from flows.steps.decide import find_stored
from transforms.article.corrected_lines import list_selected
from transforms.article.rows import Reading
from transforms.article.rules import CORRECTION
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import read_capture
from transforms.corrections.correction import (
    FOLDER,
    LINE_KINDS,
    Correction,
    Corrections,
    Selector,
    SiteSettings,
    one_line,
)
from transforms.metadata.site import find_folder
from warehouse.corrected import list_named, list_newest_of
from warehouse.paths import Layout
from warehouse.store import read_published

MOST_OF_SITE = 100  # documents of a site, the newest ones, in which the lines of its settings are sought
NOT_THERE = "no document of this warehouse has that id or address"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A correction, a document that it concerns (empty if there is none), and why it does not apply."""

    correction: Correction
    document_id: str
    fault: str | None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line or path in the settings of a site that no line matches, in so many documents."""

    site: str
    selector: Selector
    documents: int


def review(layout: Layout, corrections: Corrections) -> list[Reviewed]:
    """Return each correction with each document that it concerns, in the order of the file."""
    found: dict[Correction, list[Reviewed]] = {one: [] for one in corrections.corrections}
    for capture, reading in read_corrected(layout, corrections):
        for one, fault in _outcomes(capture, reading):
            found[one].append(Reviewed(one, capture.document_id, fault))
    return [
        outcome for one, listed in found.items() for outcome in listed or [Reviewed(one, "", NOT_THERE)]
    ]


def list_unmatched(layout: Layout, corrections: Corrections) -> list[Unmatched]:
    """Return the lines and paths of the settings of sites that name no line of the newest documents."""
    return [
        Unmatched(settings.site, selector, documents)
        for settings in corrections.sites.values()
        for selector, documents in _unmatched_of(layout, corrections, settings)
    ]


def _unmatched_of(
    layout: Layout, corrections: Corrections, settings: SiteSettings
) -> Iterator[tuple[Selector, int]]:
    left, documents = [*settings.boilerplate, *settings.text], 0
    for document_id in _newest_of(layout, settings.site) if left else []:
        reading = _read_stored(layout, document_id, corrections)
        if reading is not None and not isinstance(reading[1], Rejected):
            documents += 1
            matched = list_selected(reading[1].judged, left)
            left = [selector for selector in left if selector not in matched]
        if not left:
            return
    yield from ((selector, documents) for selector in left)


def _newest_of(layout: Layout, site: str) -> list[str]:
    """Return the ids of the newest documents of a site, or of a folder of captures without address."""
    folder = site.removeprefix(FOLDER) if site.startswith(FOLDER) else None
    with read_published(layout) as db:
        listed = list_newest_of(db, None if folder else site)
        wanted = (one for one, place in listed if folder is None or find_folder(place) == folder)
        return list(islice(wanted, MOST_OF_SITE))


def read_corrected(
    layout: Layout, corrections: Corrections
) -> Iterator[tuple[CaptureToClean, Reading | Rejected]]:
    """Yield each document with corrections of its own, as it is read now; one is in memory at a time."""
    with read_published(layout) as db:
        named = list_named(db, describe(corrections))
    for document_id in named:
        if read := _read_stored(layout, document_id, corrections):
            yield read


def _read_stored(
    layout: Layout, document_id: str, corrections: Corrections
) -> tuple[CaptureToClean, Reading | Rejected] | None:
    """Return a document as it is read now; None if it was removed from the raw store."""
    try:
        capture = find_stored(layout, document_id, corrections)
    except KeyError:
        return None
    return capture, read_capture(capture)


def _outcomes(
    capture: CaptureToClean, reading: Reading | Rejected
) -> Iterator[tuple[Correction, str | None]]:
    decided = capture.corrections.corrections
    if isinstance(reading, Rejected):
        yield from ((one, reading.detail) for one in decided)
    else:
        yield from zip(decided, (row.detail for row in reading.corrections), strict=True)


def list_examples(layout: Layout, corrections: Corrections) -> Iterator[dict[str, Any]]:
    """Yield each document with corrected lines as an example for training, in the form of snippets.

    An example is a page with the lines that must be kept (`with_`) and removed (`without`). A text
    becomes a page of paragraphs.
    """
    for capture, reading in read_corrected(layout, corrections):
        if isinstance(reading, Rejected):
            continue
        applied = [one for one, fault in _outcomes(capture, reading) if fault is None]
        lines = {kind: list(_decided(reading, kind, applied)) for kind in LINE_KINDS}
        if any(lines.values()):
            yield {
                "id": capture.document_id,
                "url": reading.url,
                "html": _page_of(reading),
                "with_": lines["keep"],
                "without": lines["remove"],
            }


def _decided(reading: Reading, kind: str, applied: list[Correction]) -> Iterator[str]:
    """Yield the texts of the lines that a person kept or removed, in full."""
    if any(one.kind == kind for one in applied):
        for one in reading.judged:
            if one.rule == CORRECTION and one.is_kept == (kind == "keep"):
                yield one_line(one.block.text)


def _page_of(reading: Reading) -> str:
    if reading.decoded.media_type == "text/html":
        return reading.decoded.text
    return "\n".join(f"<p>{escape(block.text)}</p>" for block in reading.blocks)
