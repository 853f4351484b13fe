"""The nine collections of labelled pages: where they stand and how each is scored."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.gold import read_jsonl
from transforms.language.phrases import normalise

Record = dict[str, Any]

SNIPPETS = "snippets"  # only phrases of these are labelled
COLLECTIONS = (
    "wcxb", "fundus", "scrapinghub", "l3s", "daniel", "cleaneval", "mozilla", "portal", SNIPPETS,
)  # fmt: skip
# What the card of the models says of where their data come from.
SOURCES = {
    "wcxb": "WCXB, CC-BY-4.0",
    "fundus": "test pages of Fundus, MIT",
    "scrapinghub": "Scrapinghub article extraction benchmark, MIT",
    "l3s": "L3S-GN1, news of 2008, a research set; rights with its owners",
    "daniel": "DAnIEL, news in five languages, a research set; rights with its owners",
    "cleaneval": "CleanEval 2007, a research set; rights with its owners",
    "mozilla": "test pages of Mozilla's reader; rights with their owners",
    "portal": "CleanPortalEval, a research set; rights with its owners",
    SNIPPETS: "trafilatura's evaluation pages, labels Apache-2.0",
}
# The gold text of these begins with the headline, of DAnIEL in four pages of five. Winnow keeps it in
# a column of its own, so it is scored with the title in front.
KEEPS_HEADLINE = frozenset(("l3s", "daniel", "cleaneval", "portal"))
PAGE_FILES = ("train.html.jsonl.gz", "more.html.jsonl.gz")
FLAT_FILES = ("train.flat.jsonl.gz", "more.flat.jsonl.gz")
SNIPPET_FILE = "snippets.dev.html.jsonl.gz"
DATA_FILES = (*PAGE_FILES, *FLAT_FILES, SNIPPET_FILE)


def read_collected(bench: Path, names: Iterable[str]) -> list[Record]:
    """Return all records of some files of the benchmark."""
    return [record for name in names for record in read_jsonl(bench / name)]


def read_snippets(bench: Path, corrections: Path | None = None) -> list[Record]:
    """Return the pages of which only phrases are labelled; they have no gold text yet.

    With those that `winnow corrections export` wrote to the file `corrections`.
    """
    blank = {"set": SNIPPETS, "gold_text": ""}
    pages = read_collected(bench, [SNIPPET_FILE])
    return [page | blank for page in (*pages, *(read_jsonl(corrections) if corrections else ()))]


def put_title_in_front(collection: str, title: str | None, kept: Sequence[str]) -> list[str]:
    """Return the kept lines with the title first, where the gold text of a collection begins so.

    >>> put_title_in_front("l3s", "Rice is dear", ["Menu", "It costs 3."])
    ['Rice is dear', 'Menu', 'It costs 3.']
    >>> put_title_in_front("wcxb", "Rice is dear", ["It costs 3."])
    ['It costs 3.']
    """
    if collection not in KEEPS_HEADLINE or not title:
        return list(kept)
    is_there = normalise(title) in {normalise(line) for line in kept}
    return [*([] if is_there else [title]), *kept]


def weigh_collections(groups: Sequence[tuple[str, ...]], balance: float) -> list[float]:
    """Return the weight of each document: those of a large group count less.

    A group is named by its collection first. With a balance of 0 all documents count alike, with 1
    all collections do.

    >>> [round(weight, 2) for weight in weigh_collections([("a",), ("a",), ("a",), ("b",)], 1.0)]
    [0.67, 0.67, 0.67, 2.0]
    """
    sizes = Counter(groups)
    weights = [sizes[group] ** -balance for group in groups]
    mean = sum(weights) / max(len(weights), 1)
    return [weight / mean for weight in weights]
