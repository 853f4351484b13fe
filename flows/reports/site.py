"""The data-quality reports: what each run's checks found, kept and shown as a static site."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.paths import Layout
from warehouse.schema.tables import Reason
from warehouse.store import fetch_rows, read_published

KEPT_VALIDATIONS = 30  # runs; a month of nights
TEMPLATES = Path(__file__).parent / "templates"

# What the index shows, each with its question. Shares are of articles, from 0 to 1.
QUERIES = {
    # What did the last runs bring, and how many of their checks did not hold?
    "runs": """
        SELECT r.*, e.checks, e.broken FROM runs AS r LEFT JOIN (
            SELECT run_id, count(*) AS checks, count(*) FILTER (WHERE NOT success) AS broken
            FROM expectation_results GROUP BY run_id
        ) AS e USING (run_id) ORDER BY started_at DESC, run_id DESC LIMIT 30""",
    # How much is there?
    "totals": """
        SELECT (SELECT count(*) FROM documents) AS documents, count(*) AS articles,
            count(DISTINCT site) AS sites, coalesce(sum(word_count), 0)::BIGINT AS words,
            (SELECT count(*) FROM quarantine WHERE resolved_at IS NULL) AS quarantined
        FROM articles""",
    # What do the articles have, and what do they lack?
    "quality": """
        SELECT count(title) AS titled, count(author) AS signed, count(published_on) AS dated,
            count(*) FILTER (WHERE published_precision = 'day') AS dated_to_the_day,
            count(*) FILTER (WHERE language IS NULL OR language = 'und') AS unsure,
            count(*) FILTER (WHERE is_truncated) AS truncated, avg(kept_share) AS kept_share
        FROM articles""",
    # What did the last run break?
    "broken": """
        SELECT suite, expectation, column_name, severity, observed, element_count, unexpected_count,
            sample, coalesce(starts_with(observed, '"could not be checked'), false) AS is_crash
        FROM expectation_results WHERE NOT success AND run_id = (
            SELECT run_id FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 1
        ) ORDER BY suite = 'batch' DESC, severity, suite, expectation""",
    # What is refused and still open, and why?
    "quarantine": """
        SELECT reason, count(*) AS captures, min(first_seen_at) AS since,
            list({'source_uri': source_uri, 'detail': detail}
                ORDER BY first_seen_at DESC, source_uri)[:5] AS sample
        FROM quarantine WHERE resolved_at IS NULL GROUP BY reason ORDER BY captures DESC, reason""",
    # Where do the articles come from?
    "sites": """
        SELECT site, count(*) AS articles, sum(word_count)::BIGINT AS words,
            count(title) / count(*) AS titled, count(published_on) / count(*) AS dated,
            count(*) OVER () AS of_sites
        FROM articles GROUP BY site ORDER BY articles DESC, site NULLS LAST LIMIT 50""",
    # Which languages are they in?
    "languages": """
        SELECT coalesce(language, 'und') AS language, count(*) AS articles,
            sum(word_count)::BIGINT AS words
        FROM articles GROUP BY ALL ORDER BY articles DESC, language""",
    # What is not in the articles' text, by what it is on its page?
    "roles": """
        SELECT role, count(*) AS segments, sum(end_char - start_char)::BIGINT AS characters,
            count(DISTINCT document_id) AS documents,
            role IN ('title', 'byline', 'published') AS is_metadata
        FROM segments WHERE NOT is_kept AND role <> 'blank'
        GROUP BY role ORDER BY characters DESC, role""",
    # And by the rule that decided?
    "rules": """
        SELECT rule, string_agg(DISTINCT role, ', ' ORDER BY role) AS roles, count(*) AS segments,
            sum(end_char - start_char)::BIGINT AS characters, count(DISTINCT document_id) AS documents
        FROM segments WHERE NOT is_kept AND role <> 'blank'
        GROUP BY rule ORDER BY characters DESC, rule""",
    # Where was most removed, and where least? The outliers are where a cleaner's faults show.
    "least_kept": """
        SELECT article_id, title, a.site, language, word_count, kept_share, source_uri
        FROM articles AS a JOIN documents ON document_id = article_id
        ORDER BY kept_share, article_id LIMIT 10""",
    "most_kept": """
        SELECT article_id, title, a.site, language, word_count, kept_share, source_uri
        FROM articles AS a JOIN documents ON document_id = article_id
        ORDER BY kept_share DESC, article_id LIMIT 10""",
}
REASONS: dict[Reason, str] = {
    "unreadable": "the file could not be read",
    "truncated": "the file breaks off",
    "bad_member": "a member of an archive could not be read",
    "bad_record": "a record of an archive could not be read",
    "empty": "there is nothing in it",
    "binary": "it is not text",
    "unsupported_type": "it is of a kind that Winnow does not read",
    "too_large": "it is larger than the limit",
    "too_deep": "its markup is nested too deep",
    "timed_out": "cleaning took too long",
    "worker_died": "cleaning it ended the process",
    "cleaner_failed": "the cleaner failed: a fault of Winnow's",
    "no_article": "no article was found in it",
    "contract_broken": "what was made of it broke the contract of its table",
}


def keep_validation(layout: Layout, run_id: str, documents: dict[str, Any]) -> None:
    """Keep Great Expectations' own results of a run beside the warehouse, the last ones only."""
    folder = layout.reports / "validations"
    _write(folder / f"{run_id}.json", json.dumps(documents, default=str))
    for old in sorted(folder.glob("*.json"))[:-KEPT_VALIDATIONS]:
        old.unlink()


def prune_reports(layout: Layout, before: datetime) -> int:
    """Remove validations and pages of runs before a time, known by the names of the runs; count them."""
    first_kept = f"{before:%Y%m%dT%H%M%SZ}"
    files = [*layout.reports.glob("validations/*.json"), *layout.reports.glob("checks/*.html")]
    old = [file for file in files if file.stem < first_kept]
    for file in old:
        file.unlink()
    return len(old)


def build_report(layout: Layout) -> Path:
    """Build the report site from the published warehouse and return the path of its first page.

    The site needs no network and runs no script. Pages of checks are made once and go when the
    validation they show is no longer kept.
    """
    with read_published(layout) as db:
        found = {name: fetch_rows(db, query) for name, query in QUERIES.items()}
    pages, written_at = _environment(), datetime.now(UTC)
    site = layout.reports
    site.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATES / "style.css", site / "style.css")
    unreadable = _write_checks(site, layout.database.name, pages)
    checked = sorted((page.stem for page in (site / "checks").glob("*.html")), reverse=True)
    last = next(iter(found["runs"]), None)
    html = pages.get_template("index.html").render(
        found | {"totals": found["totals"][0], "quality": found["quality"][0]},
        last=last,
        verdict=verdict(last, found["broken"]),
        reasons=REASONS,
        checked=checked,
        unreadable=unreadable,
        database=layout.database.name,
        written_at=written_at,
        root="",
    )
    _write(site / "index.html", html)
    return site / "index.html"


def verdict(last: dict[str, Any] | None, broken: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Say how the last run ended: a level (good, fair, poor), a headline and a sentence."""
    if last is None:
        return "fair", "Nothing has been loaded yet", "The warehouse has tables, but no run has ended."
    if last["status"] == "refused":
        told = "The warehouse is as the runs before it left it. What stopped it: "
        return "poor", "The last run was refused", told + (last["detail"] or "not recorded")
    if not conserves(last):
        return "poor", "The last run lost captures", "Its counts do not add up to what it has seen."
    if broken:
        told = "A check of rows that fails keeps their documents out; a warning lets the batch through."
        return "fair", f"Loaded, but {_count(len(broken), 'check')} did not hold", told
    if not last["checks"]:
        return "fair", "Loaded without checks", "The last run recorded no result of any check."
    return "good", "Loaded, and every check held", f"{_count(last['checks'], 'check')} of the last run."


def conserves(run: dict[str, Any]) -> bool:
    """Return True if what a run has seen is what it loaded, left unchanged and refused."""
    parts = run["documents_loaded"] + run["documents_unchanged"] + run["documents_quarantined"]
    return bool(run["captures_seen"] == parts)


def _write_checks(site: Path, database: str, pages: Environment) -> list[str]:
    """Make the pages that are missing, remove those without a validation; return what is unreadable."""
    kept = {file.stem: file for file in (site / "validations").glob("*.json")}
    made = {page.stem: page for page in (site / "checks").glob("*.html")}
    for run_id in made.keys() - kept.keys():
        made[run_id].unlink()
    unreadable = []
    for run_id in sorted(kept.keys() - made.keys()):
        try:
            documents = json.loads(kept[run_id].read_text(encoding="utf-8"))
        except ValueError:  # a full disk may have cut it; the other pages are still worth having
            unreadable.append(run_id)
            continue
        _write(site / "checks" / f"{run_id}.html", _checks_page(pages, run_id, database, documents))
    return unreadable


def _checks_page(pages: Environment, run_id: str, database: str, documents: dict[str, Any]) -> str:
    from expectations.data_docs import describe_validation  # Great Expectations takes seconds to import

    return pages.get_template("checks.html").render(
        run_id=run_id,
        suites=describe_validation(documents),
        database=database,
        written_at=datetime.now(UTC),
        root="../",
    )


def _environment() -> Environment:
    """Return the templates; all that is put into them is escaped."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"utc": _utc, "number": _number, "percent": _percent, "values": _values}
    pages.globals["count"] = _count
    return pages


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _percent(share: float | None) -> str:
    """Return a share in per cent; what is not quite none or all is not rounded to it."""
    if share is None:
        return "–"
    if 0 < share < 0.001 or 0.999 < share < 1:
        return "< 0.1 %" if share < 0.5 else "> 99.9 %"
    return f"{100 * share:.1f} %"


def _values(listed: str | None) -> Iterator[str]:
    """Yield the values of a sample kept as a JSON list."""
    yield from map(str, json.loads(listed) if listed else ())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: a page cut by a kill would never be made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    # A lone surrogate in a sample must not cost the report.
    part.write_text(text, encoding="utf-8", errors="replace")
    part.replace(path)
