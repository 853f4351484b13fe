"""Render the declared tables as a data dictionary in Markdown."""

from inspect import cleandoc

from warehouse.schema.column import checks_of, fields_of
from warehouse.schema.ddl import SQL_TYPES, column_checks
from warehouse.schema.tables import TABLES


def dictionary_md() -> str:
    """Return the data dictionary as Markdown."""
    out = [
        "# Data dictionary",
        "",
        "Generated from `warehouse/schema/rows/` by `make generated`; do not edit.",
        "",
        "Spans count Unicode code points from 0 and exclude the end:",
        "`substring(text, start_char + 1, end_char - start_char)` is the piece they mark.",
    ]
    for name, table in TABLES.items():
        out += ["", f"## {name}", "", cleandoc(table.__doc__ or ""), ""]
        out += [
            "| column | type | null | key | rules | meaning | example |",
            "|---|---|---|---|---|---|---|",
        ]
        for c in fields_of(table):
            null, key = ("yes" if c.nullable else "no"), ("key" if c.rule.key else "")
            rules = "; ".join(f"`{check.condition}`" for check in column_checks(c)).replace("|", "\\|")
            about = c.rule.about.replace("docs/rules.md", "[docs/rules.md](rules.md)")
            cells = (c.name, SQL_TYPES[c.type], null, key, rules, about, f"`{c.rule.example!r}`")
            out.append(f"| {' | '.join(cells)} |")
        if checks := checks_of(table):
            out += ["", "Of a whole row:", ""]
            out += [f"- {check.name}: `{check.condition}`: {check.reason}" for check in checks]
    return "\n".join(out) + "\n"
