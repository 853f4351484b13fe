"""Describe in words what a run did."""

import re
from collections.abc import Iterable

from warehouse.schema.rows.runs import Run

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")


def summary_lines(run: Run) -> list[str]:
    """Return what a run did, a fact a line, for people."""
    seconds = (run.finished_at - run.started_at).total_seconds()
    if run.status == "refused":
        return [
            f"Run {run.run_id} was refused after {seconds:.1f} s. The warehouse is unchanged.",
            f"{run.captures_seen:,} captures seen, none loaded: {run.detail}",
        ]
    lines = [
        f"Run {run.run_id} took {seconds:.1f} s.",
        f"{run.captures_seen:,} captures seen = {run.documents_loaded:,} loaded"
        f" + {run.documents_unchanged:,} unchanged + {run.documents_quarantined:,} quarantined.",
    ]
    if run.files_unchanged:
        files = f"{run.files_unchanged:,} file{'' if run.files_unchanged == 1 else 's'}"
        lines.append(f"Did not read {files} again that had not changed (`--verify` reads all).")
    if run.records_skipped:
        lines.append(f"Skipped {run.skipped or f'{run.records_skipped:,} records without a page'}.")
    return lines


def name_outcome(run: Run) -> str:
    """Return what a run did in a few words, for its name."""
    if run.status == "refused":
        return "refused"
    return (
        f"{run.documents_loaded:,} loaded, {run.documents_unchanged:,} unchanged,"
        f" {run.documents_quarantined:,} quarantined"
    )


def summary_markdown(run: Run, warnings: Iterable[str], database: str) -> str:
    """Return what a run did as Markdown, with all that comes from data escaped."""
    parts = [f"# {escape(run.run_id)}: {run.status}", "", *map(escape, summary_lines(run))]
    parts += ["", f"Warehouse: `{database.replace('`', '')}`"]
    if listed := [f"- {escape(warning)}" for warning in warnings]:
        parts += ["", "Warnings:", "", *listed]
    return "\n".join(parts)


def escape(text: str) -> str:
    r"""Escape what Markdown or HTML would read as markup.

    >>> escape("<b>*x*")
    '\\<b\\>\\*x\\*'
    """
    return MARKDOWN.sub(r"\\\1", text)
