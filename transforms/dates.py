"""Absolute dates as pages write them; an ambiguous or impossible one is none."""

import re
from datetime import date

from transforms.months import month_numbers

MONTH = "(?i:" + "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True)) + ")"
YEAR = "(?:19|20)[0-9]{2}"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<year>{YEAR})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
        rf"(?<!\d)(?P<year>{YEAR})\s*[年년]\s*(?P<month>\d\d?)\s*[月월]\s*(?P<day>\d\d?)\s*[日일]",
        rf"\b(?P<name>{MONTH})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>{YEAR})\b",
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|of\s+)?"
        rf"(?P<name>{MONTH})\.?,?\s+(?:de\s+)?(?P<year>{YEAR})\b",
        rf"(?<!\d)(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>{YEAR})(?!\d)",
        rf"(?<!\d)(?P<one>\d\d?)/(?P<two>\d\d?)/(?P<year>{YEAR})(?!\d)",
    )
)


def find_date(text: str) -> date | None:
    """Return the first full date in a text, or None.

    "03/04/2014" may be two dates and is none; "14/03/2014" can be only one.

    >>> find_date("Posted on March 14, 2014 by Lu"), find_date("03/04/2014"), find_date("14/03/2014")
    (datetime.date(2014, 3, 14), None, datetime.date(2014, 3, 14))
    """
    found = [match for pattern in PATTERNS if (match := pattern.search(text))]
    return _to_date(min(found, key=lambda match: match.start())) if found else None


def _to_date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if (one > 12) == (two > 12) and one != two:
            return None
        day, month = (one, two) if one > 12 else (two, one)
    else:
        name = parts.get("name")
        month = month_numbers()[name.casefold()] if name else int(parts["month"])
        day = int(parts["day"])
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None
