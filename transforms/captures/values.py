"""Read the values of fields as containers write them: texts, titles, names, dates and times."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from transforms.language.well_formed import replace_surrogates

LONGEST_AUTHOR = 200  # characters, of all names
BYLINE_START = re.compile(r"by\s+", re.IGNORECASE)
# Titles of JSON and feeds are often written as HTML.
TAG_IN_TITLE = re.compile(
    r"</?(?:a|b|i|u|q|em|strong|span|sub|sup|mark|small|br|wbr)\b[^<>]{0,200}>", re.IGNORECASE
)
USER = re.compile(r"(?<=://)[^/?#@\s]*@")
CLOCK = re.compile(r"\d{10}(?:\d{3})?")  # seconds or milliseconds
OF_A_POST = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d? [\d:]{8} ")  # Fri May 30 09:15:00 +0000 2014
LATEST_SECONDS = 1e11  # greater numbers of a clock count milliseconds


def as_text(value: object) -> str | None:
    """Return a value as stripped text; None if it is missing or empty."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return (replace_surrogates(value).strip() or None) if isinstance(value, str) else None


def without_password(url: str) -> str:
    """Return a URL without the name and password of a user.

    >>> without_password("https://jane:secret@post.example/@doe"), without_password("a@b.example")
    ('https://post.example/@doe', 'a@b.example')
    """
    return USER.sub("", url)


def as_title(value: object) -> str | None:
    """Return a title as text: without the tags and the entities of HTML.

    >>> as_title("Rice &amp; tea: <em>dear</em>\\n"), as_title(7), as_title("1 < 2")
    ('Rice & tea: dear', None, '1 < 2')
    """
    text = as_text(value)
    return " ".join(unescape(TAG_IN_TITLE.sub("", text)).split()) or None if text else None


def as_names(value: object) -> str | None:
    """Return the names of authors in one line, from text, a list, or objects with a name.

    >>> as_names(["Jane Doe", {"name": "Li Roe"}])
    'Jane Doe, Li Roe'
    """
    if isinstance(value, dict):
        value = value.get("name") or value.get("display_name") or value.get("screen_name")
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_names, value[:20]))) or None
    text = as_text(value)
    is_name = text and len(text) <= LONGEST_AUTHOR and "@" not in text and "://" not in text
    return BYLINE_START.sub("", text, count=1) if is_name and text else None


def as_date(value: object) -> str | None:
    """Return a date as text; one that counts seconds, or is written as X writes it, in ISO 8601.

    >>> as_date("May 30, 2014"), as_date("1401441300"), as_date("Fri May 30 09:15:00 +0000 2014")
    ('May 30, 2014', '2014-05-30T09:15:00+00:00', '2014-05-30T09:15:00+00:00')
    """
    text = value.isoformat() if type(value) is date else as_text(value)
    if text and not CLOCK.fullmatch(text) and not OF_A_POST.match(text):
        return text
    moment = read_moment(float(text) if text and CLOCK.fullmatch(text) else text or value)
    return moment.isoformat() if moment else text


def read_moment(value: object) -> datetime | None:
    """Return a time in UTC from ISO 8601, a mail date, a Unix time or a datetime.

    One without a zone is taken as UTC.

    >>> read_moment("2017-09-08T06:30:00Z").isoformat()
    '2017-09-08T06:30:00+00:00'
    >>> read_moment("Fri, 08 Sep 2017 08:30:00 +0200") == read_moment(1504852200)
    True
    >>> read_moment("last week") is None
    True
    """
    try:
        found = _to_datetime(value)
        return (found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)) if found else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _to_datetime(value: object) -> datetime | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value if abs(value) < LATEST_SECONDS else value / 1000
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        text = value.strip()
        return datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    return value if isinstance(value, datetime) else None
