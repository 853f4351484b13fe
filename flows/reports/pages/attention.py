"""What needs attention, the worst first, each with a sentence and the page to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from flows.reports.check_words import say_check
from flows.reports.pages.checks import WITHOUT_ADDRESS, check_key, read_sample
from flows.reports.pages.verdict import is_conserved
from flows.reports.words import count, say_observed, say_reason, say_short

# As many gaps between runs as a pattern needs, and how many of the usual are too long.
FEWEST_GAPS, LATE = 4, 2.5
HISTORY_TITLES = {
    "volume": "brought an unusual number of articles",
    "kept_share": "lost or kept more text than usual",
    "untitled_share": "gave titles less often than usual",
    "undated_share": "gave dates less often than usual",
    "language_share": "has an unusual share",
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: a level, what it is, a sentence, the page, and numbers to draw.

    Where `folder` is empty, `key` is the address of a list.
    """

    level: str
    title: str
    text: str
    folder: str
    key: str
    action: str
    bars: tuple[int, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    about: str | None = None


def find_attention(
    runs: Sequence[dict[str, Any]],
    failed: Sequence[dict[str, Any]],
    sites: Sequence[dict[str, Any]],
    refused: Sequence[dict[str, Any]],
) -> list[Item]:
    """Return what needs attention after the last of the runs, the worst first."""
    if not runs:
        return []
    silent = list(_silent(sites))
    told = {item.key for item in silent}  # a silent site once, not by its check too
    checks = (item for item in _of_checks(failed) if item.about not in told)
    order = {"bad": 0, "warn": 1, "todo": 2}
    items = [
        *_of_run(runs[0]),
        *_overdue(runs, datetime.now(UTC)),
        *checks,
        *silent,
        *_quarantined(refused),
    ]
    return sorted(items, key=lambda item: order[item.level])


def _of_run(last: dict[str, Any]) -> Iterator[Item]:
    if last["status"] == "refused":
        text = f"{last['detail'] or 'No reason was recorded'}. The warehouse is unchanged."
        yield Item("bad", "The batch was refused", text, "runs", last["run_id"], "See what caused it")
    elif not is_conserved(last):
        text = "The counts of the run do not add up to what it saw."
        yield Item("bad", "Captures were lost", text, "runs", last["run_id"], "Open the run")


def _overdue(runs: Sequence[dict[str, Any]], now: datetime) -> Iterator[Item]:
    """Yield that no run has ended for much longer than usual, where there are enough to tell."""
    starts = [run["started_at"] for run in runs]
    gaps = [late - early for late, early in pairwise(starts)]
    if len(gaps) < FEWEST_GAPS or now - starts[0] < max(LATE * median(gaps), timedelta(days=1)):
        return
    text = f"Runs usually come every {_say_gap(median(gaps))}; is the schedule running?"
    title = f"No run for {_say_gap(now - starts[0])}"
    yield Item("bad", title, text, "", "runs.html", "See the runs")


def _say_gap(gap: timedelta) -> str:
    """Return a time between runs in days, or in hours where it is short.

    >>> _say_gap(timedelta(days=3)), _say_gap(timedelta(hours=24)), _say_gap(timedelta(hours=1))
    ('3 days', '24 hours', '1 hour')
    """
    if gap >= timedelta(days=2):
        return count(gap.days, "day")
    return count(round(gap.total_seconds() / 3600), "hour")


def _of_checks(failed: Sequence[dict[str, Any]]) -> Iterator[Item]:
    for row in failed:
        key = check_key(row)
        level = "bad" if row["severity"] == "critical" and row["suite"] == "batch" else "warn"
        if row["suite"] == "history":
            measure = row["expectation"].removesuffix("_is_usual")
            for told in read_sample(row):
                place, _, numbers = told.partition(": ")
                named = place if place != WITHOUT_ADDRESS else f"Captures {place}"
                title = f"{named} {HISTORY_TITLES.get(measure, 'differs from the usual')}"
                yield Item(level, title, f"{numbers}.", "checks", key, "See the check", about=place)
        else:
            expected = say_check(row["expectation"])
            title = f"Check failed: {expected[:1].lower()}{expected[1:]}"
            yield Item(level, title, _observed(row), "checks", key, "See the rows")


def _observed(row: dict[str, Any]) -> str:
    """Return what a failed check saw, in a sentence."""
    if row["unexpected_count"] and row["element_count"]:
        rows = count(row["unexpected_count"], "row")
        told = f"{rows} of {row['element_count']:,} in {row['suite']} failed"
        return f"{told}; their documents are in quarantine."
    return f"Observed: {say_observed(row['observed'])}."


def _silent(sites: Sequence[dict[str, Any]]) -> Iterator[Item]:
    """Yield the sites that usually bring articles and have brought none for some nights."""
    for row in sites:
        if row["silent"]:
            title = f"{row['site']} has been silent for {count(row['silent'], 'night')}"
            usual = count(round(row["usual"]), "article")
            since = say_short(row["last_came_at"])
            text = f"Nothing since {since}. It usually brings about {usual} a night."
            nights = tuple(row["nights"][-16:])
            yield Item("warn", title, text, "sites", row["site"], "Open the site", bars=nights)


def _quarantined(refused: Sequence[dict[str, Any]]) -> Iterator[Item]:
    if not refused:
        return
    total = sum(row["captures"] for row in refused)
    pairs = tuple((say_reason(row["reason"]), row["captures"]) for row in refused)
    title = f"{count(total, 'capture')} went to quarantine"
    text = "Nothing is lost: their bytes are kept."
    yield Item("todo", title, text, "", "quarantine.html", "Review them", pairs=pairs)
