"""Link the articles of a load with each other and with those that the warehouse already has.

Pairs and sketches are on disk, and few of them in memory at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from flows.steps.progress import Step
from flows.steps.sketch_file import SketchFile
from transforms.facts.extract import Facts
from transforms.stories.kept_sketch import DIGEST_BYTES, keep_sketch
from transforms.stories.link import link
from transforms.stories.outline import OUTLINE, Outlines, may_be_linked
from transforms.stories.sketch import make_sketch
from warehouse.parts import in_parts
from warehouse.schema.rows.stories import StoryLink
from warehouse.schema.staged_sketch import StagedSketch
from warehouse.schema.tables import TABLES
from warehouse.store import fetch_rows
from warehouse.story_pairs import (
    count_compared,
    count_pairs,
    find_pairs,
    name_articles,
    read_pairs,
    read_staged_sketches,
    read_unstaged,
    sort_pairs,
)

# A person whom another article introduces must not change what this one shares.
KNOWN = "SELECT entity_id, kind FROM entities WHERE NOT is_candidate"
FACTS = ("quotes", "quantities", "mentions")
LINKS_AT_ONCE = 10_000  # named together


def link_loaded(db: Any, folder: Path) -> Iterator[StoryLink]:
    """Yield the links of the articles that a load has just written.

    `folder` takes the sketches of the articles meanwhile.
    """
    find_pairs(db)
    return link_compared(db, _read_sketches(db), folder)


def link_compared(
    db: Any, sketches: Iterable[tuple[int, StagedSketch]], folder: Path
) -> Iterator[StoryLink]:
    """Yield the links of the pairs that were found, given the sketches of their articles by number.

    Copies of one text are compared with others once.
    """
    count = count_compared(db)
    with TemporaryFile(dir=folder) as file:
        texts, digests = SketchFile(file, count), bytearray(DIGEST_BYTES * count)
        outlines = np.zeros(count, OUTLINE)
        for number, one in Step("Read articles for stories", count).over(sketches):
            texts.add(number, one.sketch)
            outlines[number] = np.frombuffer(one.outline, OUTLINE)[0]
            digests[DIGEST_BYTES * number : DIGEST_BYTES * (number + 1)] = one.digest
        sort_pairs(db, digests)
        for links in in_parts(_find_links(_read_likely(db, outlines), texts), LINKS_AT_ONCE):
            ids = name_articles(db, {number for _, *pair in links for number in pair})
            for found, first, second in links:
                yield replace(found, article_id=ids[first], other_article_id=ids[second])


def _find_links(
    pairs: Iterable[Sequence[int]], texts: SketchFile
) -> Iterator[tuple[StoryLink, int, int]]:
    """Yield the links of pairs that are sorted by their texts, with the numbers of their articles."""
    for (text, other), same in groupby(pairs, key=itemgetter(0, 1)):
        if found := link(texts.get(text), texts.get(other)):
            yield from ((found, one, another) for _, _, one, another in same)


def _read_likely(db: Any, outlines: Outlines) -> Iterator[list[int]]:
    """Yield the pairs that may be linked, given the outlines of the texts by number."""
    comparing, done = Step("Compare articles", count_pairs(db)), 0
    for pairs in read_pairs(db):
        yield from pairs[may_be_linked(outlines[pairs[:, 0]], outlines[pairs[:, 1]])].tolist()
        done += len(pairs)
        comparing.reach(done)


def _read_sketches(db: Any) -> Iterator[tuple[int, StagedSketch]]:
    """Yield the sketches of the articles to compare: those that cleaning has staged, and the others."""
    yield from read_staged_sketches(db)
    kinds = {row["entity_id"]: row["kind"] for row in fetch_rows(db, KNOWN)}
    for part in read_unstaged(db, ("articles", *FACTS)):
        facts = {table: _by_article(table, part[table]) for table in FACTS}
        for row in part["articles"]:
            number, article_id = row.pop("number"), row["article_id"]
            own = {table: tuple(rows.get(article_id, ())) for table, rows in facts.items()}
            sketch = make_sketch(TABLES["articles"](**row), Facts(**own, candidates=()), kinds)
            yield number, keep_sketch(sketch)


def _by_article(table: str, rows: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        del row["number"]
        found[row["article_id"]].append(TABLES[table](**row))
    return found
