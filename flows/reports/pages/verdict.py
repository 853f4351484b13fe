"""How the last run ended, in a level and a sentence that are true of it."""

from collections.abc import Iterator
from typing import Any, Literal

from flows.reports.words import count

Level = Literal["good", "warn", "bad"]


def judge(last: dict[str, Any] | None) -> tuple[Level, str]:
    """Return how the last run ended: a level and a headline.

    Good is only a run that loaded something, lost nothing and failed no check.
    """
    if last is None:
        return "warn", "Nothing has been loaded yet"
    if trouble := _find_trouble(last):
        return "bad", trouble[0]
    if not last["documents_loaded"]:
        return "warn", "The last run found nothing new"
    if last["critical"]:
        return "warn", f"Loaded, but {count(last['failed'], 'check')} failed"
    if last["failed"]:
        return "warn", f"Loaded, with {count(last['failed'], 'warning')}"
    if not last["checks"]:
        return "warn", "Loaded without checks"
    return "good", "The last run worked, and every check passed"


def temper(
    level: Level, headline: str, to_look_at: int, problem: str | None = None
) -> tuple[Level, str]:
    """Return how the last run ended, not as good while problems or warnings remain.

    The worst problem, such as runs that do not come, is named.

    >>> temper("good", "The last run worked, and every check passed", 2)
    ('warn', 'The last run worked, with two things to look at')
    >>> temper("good", "The last run worked, and every check passed", 1, "No run for 3 days")
    ('bad', 'No run for 3 days; the last one worked')
    """
    if level != "good" or not to_look_at:
        return level, headline
    if problem:
        return "bad", f"{problem}; the last one worked"
    number = ("one", "two", "three", "four", "five")[to_look_at - 1] if to_look_at < 6 else to_look_at
    return "warn", f"The last run worked, with {number} thing{'s' if to_look_at > 1 else ''} to look at"


def judge_briefly(run: dict[str, Any]) -> tuple[Level, str]:
    """Return in a few words how a run ended, for a list of runs: a level and what happened.

    >>> counts = ("captures_seen", "documents_loaded", "documents_unchanged", "documents_quarantined")
    >>> run = dict(zip(counts, (3, 2, 0, 1))) | {"status": "completed", "checks": 9, "failed": 0}
    >>> judge_briefly(run)
    ('good', 'Loaded')
    >>> judge_briefly(run | {"status": "refused"})
    ('bad', 'Refused: nothing loaded')
    """
    if trouble := _find_trouble(run):
        return "bad", trouble[1]
    if not run["documents_loaded"]:
        return "warn", "Nothing new"
    if run["failed"]:
        return "warn", f"Loaded, {count(run['failed'], 'check')} failed"
    return ("good", "Loaded") if run["checks"] else ("warn", "Loaded without checks")


def _find_trouble(run: dict[str, Any]) -> tuple[str, str] | None:
    """Return what makes a run a failure, as a headline and in a few words, None if nothing does."""
    if run["status"] == "refused":
        return "The last run was refused", "Refused: nothing loaded"
    if not is_conserved(run):
        return "The last run lost captures", "Captures lost"
    if not run["captures_seen"]:
        return "The last run saw no captures", "Saw no captures"
    if run["documents_quarantined"] == run["captures_seen"]:
        return "Everything the last run saw was refused", "All quarantined"
    return None


def is_conserved(run: dict[str, Any]) -> bool:
    """Return True if what a run has seen is what it loaded, left unchanged and refused."""
    parts = run["documents_loaded"] + run["documents_unchanged"] + run["documents_quarantined"]
    return bool(run["captures_seen"] == parts)


def tell(last: dict[str, Any] | None, brought: int, sites: int) -> str:
    """Return what the last run did in a few sentences; `brought` of `sites` gave new articles."""
    return " ".join(_sentences(last, brought, sites))


def _sentences(last: dict[str, Any] | None, brought: int, sites: int) -> Iterator[str]:
    if last is None:
        yield "The warehouse has tables, but no run has ended."
        return
    if last["status"] == "refused":
        yield f"{last['detail'] or 'The reason was not recorded'}."
        yield "The warehouse is unchanged."
        return
    of_sites = f" from {brought} of {sites} sites" if brought and sites > 1 else ""
    told = count(last["documents_loaded"], "capture") if last["documents_loaded"] else "nothing"
    yield f"It loaded {told}{of_sites}."
    yield "Every capture is accounted for." if is_conserved(last) else "The counts do not add up."
    yield from _of_checks(last)


def _of_checks(last: dict[str, Any]) -> Iterator[str]:
    if not last["checks"]:
        yield "No result of a check was recorded."
    elif not last["failed"]:
        yield f"All {last['checks']:,} checks passed."
    else:
        passed = last["checks"] - last["failed"]
        kind = "warnings, which do not block the load" if not last["critical"] else "listed below"
        yield f"{passed:,} of {last['checks']:,} checks passed; those that failed are {kind}."
