"""Write the figures of the collections left out to the documentation."""

import re
from pathlib import Path
from statistics import mean
from typing import Any

from tests.benchmarks.collections import COLLECTIONS, SNIPPETS

NAMES = {
    "wcxb": "WCXB", "fundus": "Fundus", "scrapinghub": "Scrapinghub", "l3s": "L3S-GN1",
    "daniel": "DAnIEL", "cleaneval": "CleanEval", "mozilla": "Mozilla", "portal": "CleanPortalEval",
    SNIPPETS: "snippets",
}  # fmt: skip
GROUPS = ("languages", "kinds")
KINDS = ("best", "fast", "flat")
BETWEEN = re.compile(r"(?<=<!-- left out: begin -->\n).*(?=<!-- left out: end -->)", re.DOTALL)
FEWEST = 10  # documents of a language or kind of page that has a line of its own
Figures = dict[str, Any]


def write_tables(document: Path, figures: Figures) -> None:
    """Replace what stands between the marks of a document by the tables."""
    tables = "\n".join(
        (collection_table(figures), group_table(figures, "languages"), group_table(figures, "kinds"))
    )
    text = document.read_text(encoding="utf-8")
    document.write_text(BETWEEN.sub(lambda _: tables, text), encoding="utf-8")


def collection_table(figures: Figures) -> str:
    """Return the table of collections: house and labeller of each model, and the other tools."""
    found = figures["collections"]
    peers = list(found[COLLECTIONS[0]]["others"])
    heads = [f"{kind}, {way}" for kind in KINDS for way in ("house", "labeller")]
    lines = [
        f"| left out | pages | {' | '.join([*heads, *peers])} |",
        f"|---|---|{'---|' * (len(heads) + len(peers))}",
    ]
    rows = {name: _row(found[name], peers) for name in COLLECTIONS}
    for name, row in rows.items():
        lines.append(f"| {NAMES[name]} | {found[name]['best']['documents']} | {_cells(row)} |")
    labelled = [row for name, row in rows.items() if name != SNIPPETS]
    means = [mean(column) for column in zip(*labelled, strict=True)]
    lines.append(f"| mean without snippets | | {_cells(means)} |")
    return "\n".join(lines) + "\n"


def _row(figures: Figures, peers: list[str]) -> list[float]:
    own = [figures[kind][way] for kind in KINDS for way in ("house", "labeller")]
    return own + [figures["others"][peer] for peer in peers]


def _cells(values: list[float]) -> str:
    return " | ".join(f"{value:.3f}" for value in values)


def group_table(figures: Figures, groups: str) -> str:
    """Return the table of languages or of kinds of pages, by models that never saw their collections."""
    found = figures[groups]
    lines = [f"| {groups} | pages | {' | '.join(KINDS)} |", "|---|---|---|---|---|"]
    for name, row in found["best"].items():
        if row["documents"] >= FEWEST:
            cells = [found[kind].get(name, {"f1": 0.0})["f1"] for kind in KINDS]
            lines.append(f"| {name} | {row['documents']} | {_cells(cells)} |")
    return "\n".join(lines) + "\n"
