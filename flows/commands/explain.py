"""`winnow explain`: a document with each line kept or removed, and why."""

import shutil
import textwrap
from collections.abc import Sequence
from typing import Any

import click
from rich.text import Text

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import console, plain, print_json
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.store import fetch_rows, read_published

FIND = """
SELECT DISTINCT document_id FROM (
    SELECT document_id, source_uri FROM captures
    UNION ALL SELECT document_id, source_uri FROM quarantine WHERE document_id <> ''
) WHERE starts_with(document_id, lower($name)) AND length($name) >= 4
   OR source_uri = $name OR ends_with(source_uri, '/' || $name) ORDER BY document_id
"""
SEGMENTS = """
SELECT position, role, is_kept, rule, score, start_char, end_char FROM segments
WHERE document_id = $id ORDER BY position
"""
TEXT = "SELECT text FROM documents WHERE document_id = $id"
FACTS = """
SELECT d.source_uri, d.media_type, d.encoding, d.byte_length, a.title, a.title_source, a.author,
    a.published_on, a.published_source, a.dateline_place, a.dateline_date, a.language, a.word_count,
    a.kept_share, a.is_truncated, a.doubt
FROM documents AS d JOIN articles AS a ON article_id = document_id WHERE document_id = $id
"""
REFUSED = """
SELECT source_uri, stage, reason, detail FROM quarantine WHERE document_id = $id AND resolved_at IS NULL
"""
# Metadata is removed from the text but stored in separate columns.
METADATA_ROLES = ("title", "byline", "published")


@click.command()
@click.argument("document")
@warehouse_option
@json_option
def explain(document: str, layout: Layout, as_json: bool) -> None:
    """Show DOCUMENT line by line: kept, taken as metadata or removed, and the rule that decided.

    DOCUMENT is an id, a prefix of one (four digits or more), or the path it was read from.
    """
    with read_published(layout) as db:
        document_id = _find(db, document)
        facts = fetch_rows(db, FACTS, id=document_id)
        stored = _read_segments(db, document_id)
        refused = fetch_rows(db, REFUSED, id=document_id)
    segments = _with_sentences(_with_reasons(stored, layout, document_id))
    if as_json:
        print_json(
            {"document_id": document_id, "facts": facts, "segments": segments, "refused": refused}
        )
        return
    _print_facts(document_id, [*facts, *refused])
    explained: set[str] = set()
    for segment in segments:
        if segment["role"] != "blank":
            _print_segment(segment, is_first=segment["rule"] not in explained)
            explained.add(segment["rule"])


def _read_segments(db: Any, document_id: str) -> list[dict[str, Any]]:
    """Return the stored segments with their text; cut here, since DuckDB would count from its start."""
    text = next((row["text"] for row in fetch_rows(db, TEXT, id=document_id)), "")
    segments = fetch_rows(db, SEGMENTS, id=document_id)
    for segment in segments:
        segment["text"] = text[segment.pop("start_char") : segment.pop("end_char")]
    return segments


def _with_reasons(
    stored: list[dict[str, Any]], layout: Layout, document_id: str
) -> list[dict[str, Any]]:
    """Return the stored segments with the reasons for their scores; a refused document is judged again.

    Segments of another cleaner version have no reasons.
    """
    from flows.steps.explain import explain_document  # imports the cleaner

    anew = explain_document(layout, document_id)
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


def _find(db: Any, name: str) -> str:
    found = [row["document_id"] for row in fetch_rows(db, FIND, name=name)]
    if not found:
        raise WarehouseError(
            f"{name}: no document has that id or source; `winnow sql 'FROM captures'` lists them"
        )
    if len(found) > 1:
        shown = ", ".join(document_id[:12] for document_id in found[:5])
        raise WarehouseError(
            f"{name}: {len(found)} documents match ({shown} ...); use a longer id or path"
        )
    return str(found[0])


def _print_facts(document_id: str, facts: Sequence[dict[str, Any]]) -> None:
    out = console()
    out.print(Text(document_id, style="bold"))
    for row in facts:
        for name, value in row.items():
            if value is not None:
                out.print(Text(f"  {name:17}", style="dim") + Text(plain(value)), soft_wrap=True)
    out.print()


def _print_segment(segment: dict[str, Any], *, is_first: bool) -> None:
    """Print a segment: a sign, its role, rule and score, its coloured text, and the reasons.

    The sentence of a rule is printed with the first segment that it decided.
    """
    if segment["is_kept"]:
        sign, style = "+", "green"
    elif segment["role"] in METADATA_ROLES:
        sign, style = "=", "cyan"
    else:
        sign, style = "-", "red"
    out = console()
    label = f"{sign} {segment['role']:15}{segment['rule']} ({segment['score']:.2f})"
    sentence = f"  {segment['rule_sentence']}" if is_first and segment["rule_sentence"] else ""
    out.print(Text(label, style=f"bold {style}") + Text(sentence, style="dim"), soft_wrap=True)
    width = max(40, min(shutil.get_terminal_size().columns, 110)) - 4
    for line in segment["text"].strip().split("\n"):
        for piece in textwrap.wrap(plain(line), width) or [""]:
            out.print(Text(f"    {piece}", style=style if sign != "+" else ""), soft_wrap=True)
    if segment["reasons"]:
        out.print(Text(f"    {'; '.join(segment['reasons'])}", style="dim italic"), soft_wrap=True)
