"""Apply what people decided to a judged capture; nothing here is left to a score."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from transforms.article.assemble import split_judged
from transforms.article.corrected_lines import apply_lines, apply_settings
from transforms.article.rows import Reading
from transforms.captures.capture import CaptureToClean
from transforms.corrections.correction import LINE_KINDS, UNKNOWN, Concerning, Correction, SiteSettings
from transforms.judging.decide import Decision, decide
from transforms.judging.line import read_lines
from transforms.language.dates import Published
from transforms.metadata.site import find_folder, registrable_domain
from warehouse.schema.rows.documents import DocumentCorrection


def correct(reading: Reading, capture: CaptureToClean, keeps_comments: bool = False) -> Reading:
    """Return a reading with the settings of its site and the corrections of its document applied."""
    decided = _decided_at(capture, reading.url)
    if not decided.corrections and not decided.sites:
        return reading
    reading, outcomes = _correct_values(reading, capture, decided, keeps_comments)
    judged = apply_settings(reading.judged, decided.settings)
    judged, of_lines = apply_lines(reading.blocks, judged, decided.corrections)
    outcomes |= of_lines
    rows = [
        _row(capture.document_id, position, one, outcomes[one])
        for position, one in enumerate(decided.corrections)
    ]
    return replace(reading, judged=judged, decided=decided, corrections=tuple(rows))


def _decided_at(capture: CaptureToClean, url: str | None) -> Concerning:
    return capture.corrections.at(registrable_domain(url), find_folder(capture.source_uri))


def settings_of(capture: CaptureToClean, url: str | None) -> SiteSettings | None:
    """Return the settings of the site of a capture, given the address that its page says."""
    return _decided_at(capture, url).settings if capture.corrections.sites else None


def zone_of(capture: CaptureToClean, url: str | None) -> ZoneInfo | None:
    """Return the time zone that is set for the site of a capture."""
    settings = settings_of(capture, url)
    return settings.zone if settings else None


def _row(document_id: str, position: int, one: Correction, fault: str | None) -> DocumentCorrection:
    return DocumentCorrection(
        document_id=document_id,
        position=position,
        kind=one.kind,
        value=one.value,
        made_by=one.by,
        made_on=date.fromisoformat(one.made_on) if one.made_on else None,
        reason=one.reason,
        is_applied=fault is None,
        detail=fault,
    )


def _correct_values(
    reading: Reading, capture: CaptureToClean, decided: Concerning, keeps_comments: bool
) -> tuple[Reading, dict[Correction, str | None]]:
    """Replace title, authors and date; return why each correction does not apply, or None."""
    outcomes: dict[Correction, str | None] = {}
    own = sorted(decided.corrections, key=lambda one: one.document != capture.document_id)
    done: set[str] = set()
    for one in own:
        if one.kind in LINE_KINDS:
            continue
        fault = _find_fault(reading, capture, one)
        if fault is None and one.kind in done:
            fault = "a correction of this very document goes before it"
        outcomes[one] = fault
        if fault is None:
            done.add(one.kind)
            reading = _with_value(reading, one, keeps_comments)
    return reading, outcomes


def _find_fault(reading: Reading, capture: CaptureToClean, one: Correction) -> str | None:
    """Return why a value is not replaced: elsewhere at the address only a certain value is."""
    if one.document != capture.document_id and one.instead_of != value_of(reading, one.kind):
        return f"another capture, whose {one.kind} is {value_of(reading, one.kind) or 'not known'}"
    if one.kind == "date" and one.value != UNKNOWN and capture.captured_at:
        latest = capture.captured_at.date() + timedelta(days=1)  # time zones
        return "the page was captured before that day" if one.value > latest.isoformat() else None
    return None


def value_of(reading: Reading, kind: str) -> str | None:
    """Return the title, the authors or the date of a reading as a text."""
    published = reading.published.on.isoformat() if reading.published else None
    return {"title": reading.decision.title, "author": reading.author, "date": published}[kind]


def _with_value(reading: Reading, one: Correction, keeps_comments: bool) -> Reading:
    is_known = one.value != UNKNOWN
    if one.kind == "author":
        return replace(reading, author=one.value if is_known else None)
    if one.kind == "date":
        on = Published(date.fromisoformat(one.value), "day", "correction") if is_known else None
        return replace(reading, published=on)
    lines, scored = read_lines(reading.blocks), reading.scored
    remembered, author = scored.is_remembered, reading.author
    decision = decide(lines, scored.scores, one.value, keeps_comments, remembered, author)
    judged, dateline = split_judged(decision.judged)
    named = Decision(decision.judged, one.value, "correction")
    return replace(reading, decision=named, judged=judged, dateline=dateline)
