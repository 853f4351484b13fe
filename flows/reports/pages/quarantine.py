"""The quarantine: what was refused, by reason, and each capture with its text and what to do."""

import shlex
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flows.reports.kept import read_refused
from flows.reports.pages.parts import parts_of, place_of
from flows.reports.pages.site import Page, Site, name_capture
from flows.reports.queries import quarantine as ask
from flows.reports.queries.included import REFUSED
from flows.reports.words import REASONS, REMEDIES
from transforms.blocks.decode import decode
from warehouse.raw_store import find_contents

TEXT_SHOWN, BYTES_SHOWN = 20_000, 256
MOST_BYTES = 200_000  # of a capture that are looked at
OF_A_BATCH = 1_000  # captures of a refused batch that have a page


def list_all(site: Site, _part: int) -> Page:
    """Return the page of the reasons."""
    groups = site.rows(ask.GROUPS)
    settled = site.rows(ask.SETTLED)[0]["n"]
    total = sum(row["captures"] for row in groups)
    return Page("quarantine.html", {"groups": groups, "total": total, "settled": settled})


def show(site: Site, key: str, part: int) -> Page | None:
    """Return the page of a reason or of a capture, None if there is no such reason or capture."""
    if key.startswith("c-"):
        return show_capture(site, key)
    if key not in REASONS:
        return None
    total = site.rows(ask.COUNTED, reason=key)[0]["n"]
    rows = site.rows(ask.OF_REASON, reason=key, **place_of(part, ask.PER_PAGE))
    context = {"reason": key, "rows": rows, "total": total, "part": part}
    return Page("reason.html", context, parts_of(total, ask.PER_PAGE))


def show_capture(site: Site, key: str) -> Page | None:
    """Return the page of a refused capture, None if there is none of that name."""
    row = site.row(ask.CAPTURE, key=key)
    is_batch = row is None
    row = row or list_of_batches(site).get(key)
    if row is None:
        return None
    content = _content(site, row["document_id"])
    text = _readable(content)
    context = {
        "row": {"resolved_at": None, "forgiven_at": None, "first_seen_at": None} | row,
        "is_batch": is_batch,
        "text": text[:TEXT_SHOWN],
        "is_cut": len(text) > TEXT_SHOWN,
        "length": len(text),
        "bytes": content[:BYTES_SHOWN].hex(" "),
        "remedy": REMEDIES.get(row["reason"], ""),
        "commands": list(_commands(row, is_batch)),
    }
    return Page("capture.html", context)


def list_of_batches(site: Site) -> dict[str, dict[str, Any]]:
    """Return the captures that the last refused batches refused, by the names of their pages."""

    def find() -> dict[str, dict[str, Any]]:
        runs = [row["run_id"] for row in site.rows(ask.REFUSED_RUNS)]
        rows = (
            row | {"run_id": run_id}
            for run_id in runs
            for row in read_refused(site.layout, run_id)[:OF_A_BATCH]
        )
        return {name_capture(row): row for row in rows}

    return site.once("captures of refused batches", find)


def _commands(row: dict[str, Any], is_batch: bool) -> Iterator[tuple[str, str]]:
    """Yield commands that help, each with what it does."""
    source = shlex.quote(row["source_uri"])
    if row["document_id"] and not is_batch:
        yield (
            "Each line, and what spoke for and against it:",
            f"winnow explain {row['document_id'][:12]} --why",
        )
    if is_batch:
        yield "Load the batch without it being stopped:", "winnow run INPUTS --accept"
        return
    yield "All that waits in quarantine, once more:", "winnow quarantine retry"
    yield "Dismiss it:", f"winnow quarantine forgive {source}"


def _content(site: Site, document_id: str) -> bytes:
    """Return the beginning of a capture, empty if the store does not have it.

    The static form has many such pages, and reads the store once for all.
    """
    if not document_id:
        return b""
    if site.is_live:
        return _begin(find_contents(site.layout.raw_store, [document_id]).get(document_id, b""))

    def find() -> dict[str, bytes]:
        rows = [*site.rows(ask.NEWEST, limit=REFUSED), *islice(list_of_batches(site).values(), REFUSED)]
        contents = find_contents(site.layout.raw_store, {row["document_id"] for row in rows} - {""})
        return {one: _begin(content) for one, content in contents.items()}

    return site.once("contents of quarantine", find).get(document_id, b"")


def _begin(content: bytes) -> bytes:
    """Return the beginning of a capture, cut where no character is parted."""
    if len(content) <= MOST_BYTES:
        return content
    head = content[:MOST_BYTES]
    return head.rpartition(b"\n")[0] or head.rpartition(b" ")[0] or head


def _readable(content: bytes) -> str:
    """Return a refused capture as text, empty where it is not text."""
    decoded = decode(content) if content else None
    text = getattr(decoded, "text", "") or content.decode("utf-8", "replace")
    shown = sum(char.isprintable() or char in "\r\n\t" for char in text)
    return text if shown > 0.9 * len(text) else ""
