"""The queries of docs/queries.md with what they give: `python -m tests.cookbook` writes it anew."""

import re
import tempfile
from pathlib import Path

from tests.loading import ROOT, SAMPLES, ask, run

PAGE = ROOT / "docs" / "queries.md"
RECIPE = re.compile(r"```sql\n(?P<query>.*?)```\n\n```\n(?P<output>.*?)```\n", re.DOTALL)
WIDEST = 60  # characters of a cell


def render(rows: list[dict]) -> str:
    """Return rows as an aligned table of plain text."""
    if not rows:
        return "(no rows)\n"
    cells = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(cells[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def _cell(value) -> str:
    text = "" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def rewrite(page: str, database: Path) -> str:
    """Return the page with the output of each query as it is now."""
    return RECIPE.sub(
        lambda found: (
            f"```sql\n{found['query']}```\n\n```\n{render(ask(database, found['query']))}```\n"
        ),
        page,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "winnow.duckdb"
        run(warehouse, SAMPLES)
        PAGE.write_text(rewrite(PAGE.read_text(encoding="utf-8"), warehouse), encoding="utf-8")
