"""Write the files that are generated from the declared schema: python -m warehouse.schema.generated."""

import json
from dataclasses import asdict
from pathlib import Path

from warehouse.schema.ddl import schema_sql
from warehouse.schema.dictionary import dictionary_md
from warehouse.schema.examples import example
from warehouse.schema.tables import TABLES

ROOT = Path(__file__).parent.parent.parent


def examples_json() -> str:
    """Return an example row of each table as JSON."""
    rows = {name: asdict(example(name)) for name in TABLES}
    return json.dumps(rows, indent=2, default=str, ensure_ascii=False) + "\n"


GENERATED = {
    "warehouse/schema/schema.sql": schema_sql,
    "docs/data-dictionary.md": dictionary_md,
    "docs/example-rows.json": examples_json,
}

if __name__ == "__main__":
    for path, render in GENERATED.items():
        (ROOT / path).write_text(render(), encoding="utf-8")
