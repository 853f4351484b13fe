"""Make corrections of a document from what a person wants, with the evidence of their places."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from flows.steps.versions import cleaner_version
from transforms.article.correct import value_of
from transforms.article.corrected_lines import Target, list_targets
from transforms.article.rows import Reading
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import read_capture
from transforms.corrections.correction import (
    LINE_KINDS,
    LONGEST_LINE,
    LONGEST_NEIGHBOUR,
    Concerning,
    Correction,
    Corrections,
    is_same,
    one_line,
    shorten,
)
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.raw_store import find_capture
from warehouse.schema.vocabulary import CorrectionKind

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants changed: a line kept or removed, or a value set."""

    kind: CorrectionKind
    given: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, when, and why; whether for this capture alone or for its address."""

    by: str
    made_on: str
    reason: str
    is_for_address: bool = True


def find_stored(layout: Layout, document_id: str, corrections: Corrections) -> CaptureToClean:
    """Return a capture of the raw store with the corrections that concern it."""
    stored, content = find_capture(layout.raw_store, document_id)
    return CaptureToClean(
        **asdict(stored),
        content=content,
        first_run_id="",
        cleaner_version=cleaner_version(),
        corrections=corrections.concerning(document_id, stored.url),
    )


def make_correction(
    capture: CaptureToClean, reading: Reading, wish: Wish, author: Author, occurrence: int | None = None
) -> Correction:
    """Return the correction of a document that a person wants.

    Raises WarehouseError if the line is not there, or is there more than once and `occurrence` does
    not say which.
    """
    place: dict[str, object] = {}
    value = one_line(wish.given)
    if wish.kind in LINE_KINDS:
        targets = list_targets(reading.blocks, reading.judged)
        target = _choose(targets, value, occurrence)
        value = shorten(target.text, LONGEST_LINE)
        alike = [one for one in targets if is_same(value, one.text)]
        place["above"] = shorten(target.above, LONGEST_NEIGHBOUR)
        place["below"] = shorten(target.below, LONGEST_NEIGHBOUR)
        place["occurrence"] = 1 + alike.index(target)
    else:
        place["instead_of"] = value_of(reading, wish.kind)
    return Correction(
        kind=wish.kind,
        value=value,
        document=capture.document_id,
        by=author.by,
        reason=author.reason,
        address=capture.url if author.is_for_address else None,
        made_on=author.made_on,
        **place,  # type: ignore[arg-type]
    )


def read_uncorrected(capture: CaptureToClean) -> Reading:
    """Return the capture as the cleaner alone reads it; raises WarehouseError if it has no text."""
    reading = read_capture(replace(capture, corrections=Concerning(sites=capture.corrections.sites)))
    if isinstance(reading, Rejected):
        raise WarehouseError(f"{capture.source_uri}: {reading.detail}; there are no lines to correct")
    return reading


def _choose(targets: Sequence[Target], value: str, occurrence: int | None) -> Target:
    """Return the line with a text, or the only one that begins with it or contains it."""
    ways = (
        [one for one in targets if one.text == value],
        [one for one in targets if one.text.startswith(value)],
        [one for one in targets if value in one.text],
    )
    alike = next(filter(None, ways), [])
    if not alike or not value:
        raise WarehouseError(f"no line contains {value[:80]!r}; `winnow explain` shows the lines")
    if len({one.text for one in alike}) > 1:
        shown = "\n".join(f"  {shorten(one.text, 90)}" for one in alike[:SHOWN])
        raise WarehouseError(
            f"{len(alike)} lines contain {value[:80]!r}; give more of the one:\n{shown}"
        )
    if len(alike) > 1 and occurrence is None:
        shown = "\n".join(
            f"  --occurrence {n}: below {shorten(one.above, 60)!r}"
            for n, one in enumerate(alike[:SHOWN], start=1)
        )
        raise WarehouseError(f"{len(alike)} lines have this text; say which:\n{shown}")
    number = occurrence or 1
    if number > len(alike):
        raise WarehouseError(f"{len(alike)} lines have this text; there is no occurrence {number}")
    return alike[number - 1]
