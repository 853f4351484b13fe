"""The words of the site: roles, reasons, languages, days and numbers as people read them."""

import json
from datetime import UTC, date, datetime
from functools import cache

from babel import Locale

ROLES = {
    "title": "Title",
    "byline": "Author",
    "dateline": "Dateline",
    "published": "Date",
    "heading": "Heading",
    "paragraph": "Paragraph",
    "list_item": "List item",
    "block_quote": "Block quote",
    "caption": "Caption",
    "comment_prompt": "Comment form",
    "comment": "Comment",
    "navigation": "Navigation",
    "related": "Related articles",
    "sidebar": "Sidebar",
    "share": "Share buttons",
    "author_bio": "About the author",
    "advert": "Advert",
    "legal": "Legal notice",
    "duplicate": "Duplicate",
    "blank": "Blank",
    "other": "Other",
}
# A word or two for a label, and a sentence.
REASONS = {
    "unreadable": ("unreadable", "the file could not be read"),
    "truncated": ("cut short", "the file breaks off"),
    "bad_member": ("bad archive member", "a member of an archive could not be read"),
    "bad_record": ("bad archive record", "a record of an archive could not be read"),
    "empty": ("empty", "there is nothing in it"),
    "binary": ("not text", "it is not text"),
    "unsupported_type": ("unsupported type", "it is a kind of file that Winnow does not read"),
    "too_large": ("too large", "it is larger than the limit"),
    "too_deep": ("nested too deep", "its markup is nested too deep"),
    "timed_out": ("timed out", "cleaning took too long"),
    "worker_died": ("process died", "cleaning it ended the process"),
    "cleaner_failed": ("cleaner failed", "the cleaner failed: a bug in Winnow"),
    "no_article": ("no article", "no article was found in it"),
    "contract_broken": ("failed validation", "its rows broke the contract of their table"),
}
# What a person can do about it.
REMEDIES = {
    "unreadable": "See that the file is there and may be read. Each run tries it again.",
    "truncated": "Fetch it again: it ends before its own end.",
    "bad_member": "Unpack the archive with another tool; its other members are loaded.",
    "bad_record": "Have the archive written again; its other records are loaded.",
    "empty": "Fetch it again, or dismiss it.",
    "binary": "Save it as HTML or text, or dismiss it.",
    "unsupported_type": "Save it as HTML or text, or dismiss it.",
    "too_large": "Cut it into parts, or dismiss it.",
    "too_deep": "Save it from a browser, which mends its markup, or dismiss it.",
    "timed_out": "Try it again: the machine may have been busy.",
    "worker_died": "Try it again: memory may have been short.",
    "cleaner_failed": "Report it: no page may make the cleaner fail. An update cleans it again.",
    "no_article": "See how each line was judged. If it has an article, keep its lines by a correction;"
    " if there is none, dismiss it.",
    "contract_broken": "See which rule its rows broke. It is cleaned again after an update.",
}
STAGES = {"read": "reading", "decode": "decoding", "clean": "cleaning", "contract": "checking its rows"}
SOURCES = {
    "record": "the archive record",
    "markup": "the markup",
    "heading": "a heading",
    "first_line": "the first line",
    "repeated_line": "a repeated line",
    "correction": "a correction",
    "json-ld": "JSON-LD",
    "meta": "a meta tag",
    "url": "the address",
    "byline": "the byline",
    "dateline": "the dateline",
    "text": "the text",
    "updated": "the time of the last change",
}
DATA_ROLES = ("title", "byline", "published")  # removed from the text, kept in a field


def say_reason(reason: str) -> str:
    """Return a reason of the quarantine as a label."""
    return REASONS.get(reason, (reason.replace("_", " "), ""))[0]


def say_role(role: str) -> str:
    """Return a role as a label."""
    return ROLES.get(role, role.replace("_", " "))


@cache
def say_language(code: str | None) -> str:
    """Return the English name of a language.

    >>> say_language("zh"), say_language("und"), say_language(None)
    ('Chinese', 'language unknown', 'language unknown')
    """
    if code in (None, "", "und"):
        return "language unknown"
    return str(Locale("en").languages.get(str(code), code))


def say_day(day: date | datetime | None, precision: str | None = "day") -> str:
    """Return a day, as far as it is known.

    >>> say_day(date(2014, 5, 28)), say_day(date(2014, 5, 1), "month"), say_day(None)
    ('28 May 2014', 'May 2014', 'no date')
    """
    if day is None:
        return "no date"
    return {"month": f"{day:%B %Y}", "year": f"{day:%Y}"}.get(
        precision or "day", f"{day.day} {day:%b %Y}"
    )


def say_time(moment: datetime) -> str:
    """Return a moment in UTC, to the minute.

    >>> say_time(datetime(2026, 11, 25, 4, 12, tzinfo=UTC))
    '25 Nov 2026, 04:12'
    """
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def say_short(moment: datetime) -> str:
    """Return the day of a moment in UTC, of the last weeks.

    >>> say_short(datetime(2026, 11, 25, 4, 12, tzinfo=UTC))
    '25 Nov'
    """
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b}"


def say_number(value: float | None) -> str:
    """Return a number with separators, whole where it is whole.

    >>> say_number(1234.0), say_number(0.25), say_number(None)
    ('1,234', '0.25', '–')
    """
    if value is None:
        return "–"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.4g}"


def say_large(value: float) -> str:
    """Return a figure as a headline has it.

    >>> say_large(355_000_000.0), say_large(40.0), say_large(1_250_000.0)
    ('355 million', '40', '1.25 million')
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {name}"
    return say_number(value)


def say_percent(share: float | None) -> str:
    """Return a share in per cent; what is not quite none or all is not rounded to it.

    >>> say_percent(0.5), say_percent(0.9999), say_percent(None)
    ('50.0 %', '> 99.9 %', '–')
    """
    if share is None:
        return "–"
    if 0 < share < 0.001 or 0.999 < share < 1:
        return "< 0.1 %" if share < 0.5 else "> 99.9 %"
    return f"{100 * share:.1f} %"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "article"), count(1200, "story", "stories")
    ('1 article', '1,200 stories')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def say_observed(value: str | None) -> str:
    """Return what a check observed, kept as JSON, as people write it.

    >>> say_observed('"a.example: 0 articles"'), say_observed("0.254321"), say_observed(None)
    ('a.example: 0 articles', '0.254', '–')
    """
    try:
        found = json.loads(value) if value else None
    except ValueError:  # the table keeps the first 200 characters
        return str(value)
    if found is None:
        return "–"
    return f"{found:.3g}" if isinstance(found, float) else str(found)
