"""`winnow explain`: a document with each line kept or removed, and why."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from flows.commands.cleaning_options import corrections_option, read_decided
from flows.commands.options import complete_documents, json_option, of_warehouse, warehouse_option
from flows.commands.output import note, plain, print_json
from flows.commands.terminal.pager import paged, pager_option
from flows.commands.terminal.segments import print_evidence, print_folded
from transforms.captures.names import as_stored
from warehouse.errors import WarehouseError
from warehouse.naming import IS_NAMED
from warehouse.paths import Layout
from warehouse.store import fetch_rows, read_published

FIND = f"""
SELECT DISTINCT document_id FROM (
    SELECT document_id, source_uri FROM captures
    UNION ALL SELECT document_id, source_uri FROM quarantine WHERE document_id <> ''
), (SELECT $name AS name) WHERE {IS_NAMED} ORDER BY document_id
"""
# Of what was refused as it was read there is no document.
UNREAD = f"""
SELECT reason, detail FROM quarantine, (SELECT $name AS name)
WHERE document_id = '' AND resolved_at IS NULL AND {IS_NAMED} ORDER BY first_seen_at DESC LIMIT 1
"""
SEGMENTS = """
SELECT position, role, is_kept, rule, score, start_char, end_char FROM segments
WHERE document_id = $id ORDER BY position
"""
TEXT = "SELECT text FROM documents WHERE document_id = $id"
FACTS = """
SELECT d.source_uri, d.media_type, d.encoding, d.byte_length, a.title, a.title_source, a.author, a.site,
    a.published_on, a.published_source, a.dateline_place, a.dateline_date, a.language, a.word_count,
    a.kept_share, a.is_truncated, a.doubt
FROM documents AS d JOIN articles AS a ON article_id = document_id WHERE document_id = $id
"""
CORRECTIONS = """
SELECT kind || ': ' || value || ' (' || made_by || ': ' || reason || ')'
    || CASE WHEN is_applied THEN '' ELSE '; does not apply: ' || detail END AS correction
FROM document_corrections WHERE document_id = $id ORDER BY position
"""
REFUSED = """
SELECT source_uri, stage, reason, detail FROM quarantine WHERE document_id = $id AND resolved_at IS NULL
"""


@click.command()
@click.argument("document", shell_complete=complete_documents)
@warehouse_option
@click.option(
    "--why", is_flag=True, help="Every line with its rule and score, and the reasons for the score."
)
@corrections_option
@json_option
@pager_option
def explain(
    document: str, layout: Layout, why: bool, corrections: Path | None, as_json: bool, pager: bool
) -> None:
    """Show DOCUMENT line by line: kept (+), taken as data (=) or removed (-).

    DOCUMENT is an id, a prefix of one (four digits or more), or the path it was read from.
    """
    with read_published(layout) as db:
        document_id = find_document(db, document)
        facts = fetch_rows(db, FACTS, id=document_id)
        segments = _read_segments(db, document_id)
        refused = fetch_rows(db, REFUSED, id=document_id)
        decided = fetch_rows(db, CORRECTIONS, id=document_id)
    if why or as_json or not segments:  # a refused document is judged again
        anew = _explain_anew(layout, document_id, corrections)
        segments = _with_sentences(_with_reasons(segments, anew))
    if as_json:
        print_json(
            {
                "document_id": document_id,
                "facts": facts,
                "segments": segments,
                "refused": refused,
                "corrections": decided,
            }
        )
        return
    with paged(pager) as out:
        if why:
            _print_all_facts(document_id, [*facts, *refused, *decided], out)
            print_evidence(segments, out)
            return
        _print_head(document_id, facts, refused, out)
        for row in decided:
            out.print(Text("  " + plain(row["correction"]), "yellow"), soft_wrap=True)
        if print_folded(segments, out):
            of = of_warehouse(layout)
            note(out, f"`winnow explain{of} {document_id[:8]} --why` shows every line and the evidence.")


def _read_segments(db: Any, document_id: str) -> list[dict[str, Any]]:
    """Return the stored segments with their text; cut here, since DuckDB would count from its start."""
    text = next((row["text"] for row in fetch_rows(db, TEXT, id=document_id)), "")
    segments = fetch_rows(db, SEGMENTS, id=document_id)
    for segment in segments:
        segment["text"] = text[segment.pop("start_char") : segment.pop("end_char")]
    return segments


def _explain_anew(layout: Layout, document_id: str, corrections: Path | None) -> list[dict[str, Any]]:
    from flows.steps.explain import explain_document  # imports the cleaner

    return explain_document(layout, document_id, read_decided(layout, corrections))


def _with_reasons(stored: list[dict[str, Any]], anew: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stored segments with the reasons for their scores; a refused document is judged again.

    Segments of another cleaner version have no reasons.
    """
    if not stored:
        return anew
    reasons = {(one["position"], one["score"], one["text"]): one["reasons"] for one in anew}
    keys = ((one["position"], one["score"], one["text"]) for one in stored)
    return [one | {"reasons": reasons.get(key, [])} for one, key in zip(stored, keys, strict=True)]


def _with_sentences(segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return segments with the sentences of their rules, None for a rule that is no longer there."""
    from transforms.rules import RULES  # imports the cleaner

    return [
        one | {"rule_sentence": rule.sentence if (rule := RULES.get(one["rule"])) else None}
        for one in segments
    ]


def find_document(db: Any, name: str) -> str:
    """Return the id of the document that a person names; raises WarehouseError."""
    found = [row["document_id"] for row in fetch_rows(db, FIND, name=as_stored(name))]
    if not found:
        if unread := fetch_rows(db, UNREAD, name=as_stored(name)):
            raise WarehouseError("{}: it is in quarantine: {reason}: {detail}".format(name, **unread[0]))
        short = "an id needs four digits or more; " if len(name) < 4 else ""
        raise WarehouseError(
            f"{name}: no document has that id or source; {short}`winnow sql 'FROM captures'` lists them"
        )
    if len(found) > 1:
        shown = ", ".join(document_id[:12] for document_id in found[:5])
        raise WarehouseError(
            f"{name}: {len(found)} documents match ({shown} ...); use a longer id or path"
        )
    return str(found[0])


def _print_head(
    document_id: str, facts: Sequence[dict[str, Any]], refused: Sequence[dict[str, Any]], out: Console
) -> None:
    """Print what a document is, in a few lines."""
    for row in facts:
        day = row["published_on"] and f"{row['published_on']:%-d %b %Y}"
        told = [row["author"], day, row["site"], row["language"], f"{row['word_count']:,} words"]
        out.print(Text(plain(row["title"] or "(no title)"), "bold"), soft_wrap=True)
        out.print(Text("  " + plain(" · ".join(filter(None, told)))), soft_wrap=True)
        size = f"{row['media_type']}, {row['byte_length']:,} bytes"
        out.print(Text(plain(f"  {row['source_uri']} ({size})")), soft_wrap=True)
        out.print(Text(f"  {row['kept_share']:.0%} of its text is the article"), soft_wrap=True)
        for doubt in filter(None, (row["doubt"], row["is_truncated"] and "The article is cut short.")):
            out.print(Text(f"  {plain(doubt)}", "yellow"), soft_wrap=True)
    for row in refused:
        out.print(Text(plain(row["source_uri"]), "bold"), soft_wrap=True)
        told_why = f"  In quarantine: {row['reason']}: {row['detail']}"
        out.print(Text(plain(told_why), "yellow"), soft_wrap=True)
    out.print(Text(f"  {document_id}\n", "dim"), soft_wrap=True)


def _print_all_facts(document_id: str, facts: Sequence[dict[str, Any]], out: Console) -> None:
    """Print every column that has a value."""
    out.print(Text(document_id, style="bold"))
    for row in facts:
        for name, value in row.items():
            if value is not None:
                out.print(Text(f"  {name:17}", style="dim") + Text(plain(value)), soft_wrap=True)
    out.print()
