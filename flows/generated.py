"""Write the files that are generated from declarations in the code: python -m flows.generated."""

import json
from dataclasses import asdict
from pathlib import Path

from transforms.rules import ROOMS, Room
from warehouse.schema.ddl import schema_sql
from warehouse.schema.dictionary import dictionary_md
from warehouse.schema.examples import example
from warehouse.schema.tables import TABLES

ROOT = Path(__file__).parent.parent
RULES_HEAD = """# Rules

Generated from the rules.py of each room by `make generated`; do not edit.

The column `rule` of `segments`, `quotes` and `quantities` names the rule that decided or found a row.
`winnow explain --why` shows a document with the rule of each line. Every example runs as a test.
"""


def examples_json() -> str:
    """Return an example row of each table as JSON."""
    rows = {name: asdict(example(name)) for name in TABLES}
    return json.dumps(rows, indent=2, default=str, ensure_ascii=False) + "\n"


def rules_md() -> str:
    """Return all rules with their sentences and examples as Markdown, by room."""
    return "\n".join([RULES_HEAD, *map(_room_md, ROOMS)])


def _room_md(room: Room) -> str:
    head = [f"## {room.folder}", "", f"In `{room.table}.rule`:", ""]
    rows = (f"| {rule.name} | {rule.sentence} | `{_one_line(rule.example)}` |" for rule in room.rules)
    return "\n".join([*head, "| rule | what it does | example |", "|---|---|---|", *rows, ""])


def _one_line(text: str) -> str:
    """Return an example in one line, for a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ⏎ ")


GENERATED = {
    "warehouse/schema/schema.sql": schema_sql,
    "docs/data-dictionary.md": dictionary_md,
    "docs/example-rows.json": examples_json,
    "docs/rules.md": rules_md,
}

if __name__ == "__main__":
    for path, render in GENERATED.items():
        (ROOT / path).write_text(render(), encoding="utf-8")
