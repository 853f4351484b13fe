"""Find the date on which a page's article was published."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from htmldate import find_date as find_page_date

from transforms.blocks.page import Page
from transforms.language.dates import (
    MONTH,
    PATTERNS,
    Dated,
    Published,
    find_date,
    find_spans,
    month_comes_first,
    order_of_dates,
    read_partial,
    read_stamp,
)
from transforms.language.months import month_of
from transforms.language.word_lists import listed_pattern
from transforms.metadata.head import Head, Heading
from transforms.metadata.json_ld import first_text
from transforms.metadata.script_dates import find_in_scripts
from warehouse.schema.vocabulary import DateSource

Candidate = tuple[Dated | None, DateSource]
METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "publishdate", "publish-date", "publish_date", "published-date", "w-published-date",
    "parsely-pub-date", "sailthru.date", "citation_online_date", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "pubdate",
    "published", "cxenseparse:recs:publishtime", "date", "ms.date",
)  # fmt: skip
CHANGED_METAS = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "updated")
FIRST_POSTED = re.compile(
    r"datePublished|dateCreated|pubdate|\bpublished\b|entry-date|post-date", re.IGNORECASE
)
UPDATED = re.compile(
    rf"{listed_pattern('updated')}(?:\s(?:on|by\s.*|am|le|el))?[\s:,|]*$",
    re.IGNORECASE,
)
# "Joined: 14 Feb 2011": the date of something else.
OF_SOMETHING_ELSE = re.compile(
    rf"\b{listed_pattern('other_date_label')}(?:\s(?:on|am|le|el))?[\s:,|]*$", re.I
)
# "on April 11, updated April 12": what stands behind is the date of a change.
CHANGE_BEHIND = re.compile(rf"[,;|(·–-]\s*(?:last\s)?{listed_pattern('updated')}\b", re.IGNORECASE)
IN_URL = re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d|{MONTH})[/-](?P<day>\d\d)(?!\d)")
MOST_LINES_OF_MONTH = 3  # below the heading; farther down a month belongs to the text
MOST_WORDS = 12  # in a line with the date; longer lines are sentences that mention a date
ALONE = 2  # words before the date in a line that is only a date: "Published on", "Friday,"
DATE_LABEL = re.compile(
    rf"{listed_pattern('date_label')}(?:\son)?\s?:?",
    re.IGNORECASE,
)


def find_published(head: Head, heading: Heading | None, page: Page) -> Published | None:
    """Return the date of publication and its source, or None if the page gives none.

    Sources in order: JSON-LD, meta elements, time elements marked as publication, the URL, the date
    next to the heading, elements whose class names a date, htmldate, without its search of the whole
    text, which finds dates of other stories, and scripts. If the date next to the heading or in the URL
    is earlier than the one found, the earliest is returned, since a page cannot print a later date than
    its own. A time of modification is used only if there is no other date; the source is then "updated".
    """
    month_first = _month_first(head)
    shown = _near_heading(heading, month_first)
    in_url = _in_url(head.url)
    near: list[Candidate] = [(in_url, "url"), (shown, "byline")]
    candidates = chain(_stated(head, month_first), near, _written(head, heading, month_first))
    found = next((Published(one.on, one.precision, source) for one, source in candidates if one), None)
    if found is None:
        return _by_htmldate(page, head, heading, month_first)
    days = [found]
    if found.precision == "day" and in_url:
        days.append(Published(in_url.on, "day", "url"))
    if found.precision == "day" and shown and shown.precision == "day":
        days.append(Published(shown.on, "day", "byline"))
    return min(days, key=lambda one: one.on)


def _stated(head: Head, month_first: bool | None) -> Iterator[Candidate]:
    """Yield the dates that the page's markup states, each when it is asked for."""
    yield read_stamp(first_text(head.nodes, "datePublished"), month_first, head.zone), "json-ld"
    yield _first(read_stamp(head.meta(name), month_first, head.zone) for name in METAS), "meta"
    yield _from_times(head), "markup"


def _written(head: Head, heading: Heading | None, month_first: bool | None) -> Iterator[Candidate]:
    """Yield the dates that the page shows apart from a line of their own near the heading."""
    yield _from_marks(head, month_first) or _from_labels(head, month_first), "markup"
    yield _in_byline(heading, month_first), "byline"


def _month_first(head: Head) -> bool | None:
    """Return True if numeric dates have the month first: by the page's other dates, or CLDR's locale."""
    shown = order_of_dates(head.lines)
    return month_comes_first(head.language) if shown is None else shown


def _by_htmldate(
    page: Page, head: Head, heading: Heading | None, month_first: bool | None
) -> Published | None:
    found = None
    if page.lxml is not None:
        found = find_page_date(page.lxml, extensive_search=False, original_date=True, url=head.url)
    if found and month_first is None and _is_ambiguous(heading):
        return None
    changes = list(_changes(head, heading))
    if not found:
        if one := find_in_scripts(page.html, head.zone):
            return Published(one.on, one.precision, "markup")
        return next((Published(one.on, one.precision, "updated") for one in changes), None)
    day = date.fromisoformat(found)
    changed = {one.on for one in changes}
    return Published(day, "day", "updated" if day in changed else "markup")


def _changes(head: Head, heading: Heading | None) -> Iterator[Dated]:
    """Yield the dates of modification on a page, the visible ones first."""
    for line in (*heading.after, *heading.before, *head.dates) if heading else head.dates:
        for match in (found for pattern in PATTERNS for found in pattern.finditer(line)):
            if UPDATED.search(line[: match.start()]) and (day := find_date(match[0])):
                yield Dated(day, "day")
    stamps = (first_text(head.nodes, "dateModified"), *(head.meta(name) for name in CHANGED_METAS))
    yield from filter(None, (read_stamp(stamp, None) for stamp in stamps))


def _first(found: Iterable[Dated | None]) -> Dated | None:
    return next(filter(None, found), None)


def _to_date(match: re.Match[str]) -> date | None:
    try:
        month = match["month"]
        number = int(month) if month.isdigit() else month_of(month)
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None


def _from_times(head: Head) -> Dated | None:
    first = (time for time in head.times if FIRST_POSTED.search(time.marks))
    return _first(
        read_stamp(time.stamp, None, head.zone) or read_stamp(time.text, None) for time in first
    )


def _in_url(url: str | None) -> Dated | None:
    found = IN_URL.search(url or "")
    day = _to_date(found) if found else None
    return Dated(day, "day") if day else None


def _near_heading(heading: Heading | None, month_first: bool | None) -> Dated | None:
    """Return the date that is a line below or above the heading, unless it is a modification date."""
    if heading is None:
        return None
    days = (_in_lines(lines, month_first, ALONE) for lines in (heading.after, heading.before))
    months = (read_partial(line) for line in heading.after[:MOST_LINES_OF_MONTH])
    return _first(days) or _first(one for one in months if one and one.precision == "month")


def _in_byline(heading: Heading | None, month_first: bool | None) -> Dated | None:
    """Return the date near the heading in a line with other words, such as a byline."""
    return _in_lines(heading.after, month_first, MOST_WORDS) if heading else None


def _from_marks(head: Head, month_first: bool | None) -> Dated | None:
    return _first(_in_lines(text.split("\n"), month_first, MOST_WORDS) for text in head.dates)


def _from_labels(head: Head, month_first: bool | None) -> Dated | None:
    """Return the date in the line after a label such as "Date", anywhere on the page."""
    pairs = zip(head.lines, head.lines[1:], strict=False)
    found = (
        _in_lines([line], month_first, ALONE) for label, line in pairs if DATE_LABEL.fullmatch(label)
    )
    return _first(found)


def _is_ambiguous(heading: Heading | None) -> bool:
    """Return True if the date near the heading is ambiguous ("03/04/2014")."""
    lines = heading.after if heading else ()
    ways = [[_in_lines([line], is_first, ALONE) for is_first in (True, False)] for line in lines]
    return any(one != other for one, other in ways)


def _in_lines(lines: Iterable[str], month_first: bool | None, most_before: int) -> Dated | None:
    """Return the first date with few words before it, unless they mark a modification ("Updated")."""
    last = ""
    for line in (CHANGE_BEHIND.split(line, maxsplit=1)[0] for line in lines):
        is_short = len(line.split()) <= MOST_WORDS
        for start, end in find_spans(line) if is_short else ():
            before = line[:start] if line[:start].strip() else f"{last} "
            is_near = len(line[:start].split()) <= most_before
            if (
                is_near
                and not UPDATED.search(before)
                and not OF_SOMETHING_ELSE.search(before)
                and (day := find_date(line[start:end], month_first))
            ):
                return Dated(day, "day")
        last = line
    return None
