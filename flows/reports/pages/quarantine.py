"""The quarantine: what was refused, by reason, with the beginning of the text that was refused."""

from collections.abc import Iterator
from typing import Any

from flows.reports.pages.site import Page, Site
from flows.reports.queries import quarantine as ask
from flows.reports.words import REASONS
from warehouse.raw_store import find_contents

TEXT_SHOWN = 600  # characters
TEXTS_SHOWN = 5  # a page: each may mean reading a file of the raw store


def list_all(site: Site, _part: int) -> Page:
    """Return the page of the reasons."""
    groups = site.rows(ask.GROUPS)
    settled = site.rows(ask.SETTLED)[0]["n"]
    total = sum(row["captures"] for row in groups)
    return Page("quarantine.html", {"groups": groups, "total": total, "settled": settled})


def show(site: Site, key: str, part: int = 1) -> Page | None:
    """Return the page of a reason, None if there is no such reason."""
    if key not in REASONS:
        return None
    total = site.rows(ask.COUNTED, reason=key)[0]["n"]
    rows = site.rows(ask.OF_REASON, reason=key, limit=ask.PER_PAGE, offset=ask.PER_PAGE * (part - 1))
    parts = max(1, -(-total // ask.PER_PAGE))
    context = {
        "reason": key,
        "rows": list(_with_text(site, rows)),
        "total": total,
        "part": part,
        "parts": parts,
    }
    return Page("reason.html", context, parts)


def _with_text(site: Site, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    ids = [row["document_id"] for row in rows if row["document_id"]][:TEXTS_SHOWN]
    contents = find_contents(site.layout.raw_store, ids)
    for row in rows:
        content = contents.get(row["document_id"])
        yield row | {"text": _readable(content) if content else None}


def _readable(content: bytes) -> str | None:
    """Return the beginning of a refused capture, None where it is not text."""
    text = content[: 4 * TEXT_SHOWN].decode("utf-8", "replace")
    readable = sum(char.isprintable() or char in "\r\n\t" for char in text)
    return text[:TEXT_SHOWN] if text and readable > 0.9 * len(text) else None
