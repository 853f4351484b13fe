"""The day on which a page's article was published."""

import re
from datetime import date

from htmldate import find_date as find_page_date

from transforms.dates import PATTERNS, find_date
from transforms.metadata.head import Head
from transforms.metadata.json_ld import first_text
from warehouse.schema import DateSource

METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "publishdate", "publish-date", "publish_date", "published-date", "w-published-date",
    "parsely-pub-date", "sailthru.date", "citation_online_date", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "pubdate",
    "cxenseparse:recs:publishtime", "date", "ms.date",
)  # fmt: skip
FIRST_POSTED = re.compile(
    r"datePublished|dateCreated|pubdate|\bpublished\b|entry-date|post-date", re.IGNORECASE
)
UPDATED = re.compile(
    r"(?:updated?|modified|reviewed|edited|revised|aktualisiert|mis à jour|actualizado|aggiornato|"
    r"bijgewerkt|aktualizacja|обновлено)(?:\son|\sam|\sle|\sel)?[\s:,|]*$",
    re.IGNORECASE,
)
IN_URL = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d)[/-](?P<day>\d\d)(?!\d)")
STAMP = re.compile(r"(?P<year>(?:19|20)\d\d)-?(?P<month>\d\d)-?(?P<day>\d\d)(?!\d)")


def find_published(head: Head, html: str) -> tuple[date, DateSource] | None:
    """Return the day of publication and where it stood, or None.

    First come JSON-LD and meta elements, which are made to be read by machines, then times marked as
    the first ones, then the date beside the heading and the address; htmldate, which knows many
    habits of pages, comes last, and without its search of the whole text, which takes the dates of
    other stories. The time of the last change is not taken where another one is given.
    """
    places: tuple[tuple[date | None, DateSource], ...] = (
        (_day(first_text(head.nodes, "datePublished")), "json-ld"),
        (next(filter(None, map(_day, (head.meta(name) for name in METAS))), None), "meta"),
        (_from_times(head), "markup"),
        (_in_url(head.url), "url"),
        (_near_heading(head), "byline"),
    )
    found = next(((day, source) for day, source in places if day), None)
    return found or _by_htmldate(html, head.url)


def _by_htmldate(html: str, url: str | None) -> tuple[date, DateSource] | None:
    day = find_page_date(html, extensive_search=False, original_date=True, url=url)
    return (date.fromisoformat(day), "markup") if day else None


def _day(text: str | None) -> date | None:
    """Return the day of a time stamp or a written date.

    >>> _day("2014-05-30T09:15:00+08:00"), _day("May 30, 2014"), _day("20140530"), _day("soon")
    (datetime.date(2014, 5, 30), datetime.date(2014, 5, 30), datetime.date(2014, 5, 30), None)
    """
    if not text:
        return None
    stamp = STAMP.match(text.strip())
    return _to_date(stamp) if stamp else find_date(text)


def _to_date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _from_times(head: Head) -> date | None:
    first = (time for time in head.times if FIRST_POSTED.search(time.marks))
    return next(filter(None, (_day(time.stamp) or _day(time.text) for time in first)), None)


def _in_url(url: str | None) -> date | None:
    found = IN_URL.search(url or "")
    return _to_date(found) if found else None


def _near_heading(head: Head) -> date | None:
    """Return the first date after the heading that is not one of a change."""
    found = sorted(match.span() for pattern in PATTERNS for match in pattern.finditer(head.near))
    for start, end in found:
        if not UPDATED.search(head.near[:start]) and (day := find_date(head.near[start:end])):
            return day
    return None
