"""Times as people read them on a terminal."""

from datetime import UTC, datetime, timedelta

UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def say_ago(age: timedelta) -> str:
    """Return an age in its largest unit; days from the third day on.

    >>> say_ago(timedelta(minutes=3, seconds=9)), say_ago(timedelta(hours=47)), say_ago(timedelta(0))
    ('3 minutes ago', '47 hours ago', 'just now')
    """
    seconds = int(age.total_seconds())
    for size, name in UNITS:
        number = seconds // size
        if number >= (2 if name == "day" else 1):
            return f"{number} {name}{'' if number == 1 else 's'} ago"
    return "just now"


def say_started(moment: datetime, now: datetime) -> str:
    """Return a moment in UTC to the minute; the year only if it is another than that of `now`.

    >>> say_started(datetime(2026, 11, 5, 3, 0, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC))
    ' 5 Nov 03:00'
    >>> say_started(datetime(2025, 11, 25, 3, 0, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC))
    '25 Nov 2025 03:00'
    """
    moment = moment.astimezone(UTC)
    year = "" if moment.year == now.year else f" {moment.year}"
    return f"{moment.day:2} {moment:%b}{year} {moment:%H:%M}"


def say_took(seconds: float | None) -> str:
    """Return a duration in its two largest units.

    >>> say_took(42.34), say_took(0.42), say_took(312), say_took(7380), say_took(None)
    ('42 s', '0.4 s', '5 min 12 s', '2 h 3 min', '')
    """
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
