"""Link the articles of a load with each other and with those that the warehouse already has.

Pairs and sketches are on disk, and few of them in memory at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from flows.steps.progress import Step
from flows.steps.sketch_file import SketchFile
from transforms.facts.extract import Facts
from transforms.stories.kept_sketch import keep_sketch
from transforms.stories.link import link
from transforms.stories.sketch import make_sketch
from warehouse.schema.staged_sketch import StagedSketch
from warehouse.schema.tables import TABLES, StoryLink
from warehouse.store import fetch_rows
from warehouse.story_pairs import (
    count_compared,
    count_pairs,
    find_pairs,
    read_compared,
    read_pairs,
    sort_pairs,
)

# A person whom another article introduces must not change what this one shares.
KNOWN = "SELECT entity_id, kind FROM entities WHERE NOT is_candidate"
FACTS = ("quotes", "quantities", "mentions")


def link_loaded(db: Any, folder: Path) -> Iterator[StoryLink]:
    """Yield the links of the articles that a load has just written, within its transaction.

    `folder` takes the sketches of the articles meanwhile.
    """
    find_pairs(db)
    return link_compared(db, _read_sketches(db), folder)


def link_compared(db: Any, sketches: Iterable[StagedSketch], folder: Path) -> Iterator[StoryLink]:
    """Yield the links of the pairs that were found; `sketches` are of their articles, by their ids.

    Copies of one text are compared with others once.
    """
    with TemporaryFile(dir=folder) as file:
        texts, digests = SketchFile(file), list[bytes]()
        for one in Step("Read articles for stories", count_compared(db)).over(sketches):
            texts.add(one.sketch)
            digests.append(one.digest)
        sort_pairs(db, digests)
        comparing = Step("Compare articles", count_pairs(db))
        for (text, other), pairs in groupby(comparing.over(read_pairs(db)), key=itemgetter(0, 1)):
            if found := link(texts.get(text), texts.get(other)):
                for _, _, one_id, other_id in pairs:
                    yield replace(found, article_id=one_id, other_article_id=other_id)


def _read_sketches(db: Any) -> Iterator[StagedSketch]:
    """Yield the sketches of the articles to compare: those that cleaning has staged, or made anew."""
    kinds = {row["entity_id"]: row["kind"] for row in fetch_rows(db, KNOWN)}
    for part in read_compared(db, ("articles", *FACTS)):
        facts = {table: _by_article(table, part[table]) for table in FACTS}
        made = [StagedSketch(**row) for row in part["staged_sketches"]]
        for row in part["articles"]:
            own = {table: tuple(rows.get(row["article_id"], ())) for table, rows in facts.items()}
            made.append(
                keep_sketch(make_sketch(TABLES["articles"](**row), Facts(**own, candidates=()), kinds))
            )
        yield from sorted(made, key=attrgetter("article_id"))


def _by_article(table: str, rows: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(TABLES[table](**row))
    return found
