"""The labelled stories of tests/cases/stories, and how well links and groups fit them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from tests.linking import link_sketches
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.language.detect import detect_language
from transforms.stories.sketch import Sketch, make_sketch
from warehouse.schema.examples import example
from warehouse.schema.rows.stories import StoryLink
from warehouse.story_groups import Link, group

CASES = Path(__file__).parent.parent / "cases" / "stories"
SETS = ("first", "second", "third", "fourth")  # each written without a look at the others


@dataclass(frozen=True)
class Case:
    """A labelled article, and its sketch."""

    name: str
    event: str
    language: str
    sketch: Sketch


@dataclass(frozen=True)
class Scores:
    """How well links and groups fit the labels."""

    links: int
    false_links: int
    held: int  # links within a story, with which they hold
    false_held: int
    b_cubed_precision: float
    b_cubed_recall: float
    pairs_across_languages: int
    found_across_languages: int

    @property
    def b_cubed_f1(self) -> float:
        """The harmonic mean of B-cubed precision and recall."""
        both = self.b_cubed_precision + self.b_cubed_recall
        return 2 * self.b_cubed_precision * self.b_cubed_recall / both if both else 0.0


def read_cases(name: str) -> list[Case]:
    """Return the labelled articles of one set."""
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Case(
            row["id"],
            row["event"],
            row["language"],
            sketch_text(f"{n:03x}".ljust(64, "0"), row["text"], row["published_on"]),
        )
        for n, row in enumerate(rows)
    ]


def sketch_text(article_id: str, text: str, day: str | None) -> Sketch:
    """Return what is compared of a text of that day (YYYY-MM-DD, or longer)."""
    known, language = read_entities(), detect_language(text).code
    article = example(
        "articles",
        article_id=article_id,
        text=text,
        language=language,
        published_on=date.fromisoformat(day[:10]) if day and len(day) >= len("2015-11-01") else None,
    )
    return make_sketch(article, extract_facts(article_id, text, known, language), known.kinds)


def score(cases: Sequence[Case], links: Sequence[StoryLink] | None = None) -> Scores:
    """Return how well links, and the groups that they make, fit the labels of articles.

    The links are those that a load makes, unless others are given.
    """
    if links is None:
        links = link_sketches([case.sketch for case in cases])
    by_id = {case.sketch.article_id: case for case in cases}
    story = group(
        Link(one.article_id, one.other_article_id, one.similarity, one.is_copy) for one in links
    )
    stories = {name: story.get(name, name) for name in by_id}
    wrong = [one for one in links if by_id[one.article_id].event != by_id[one.other_article_id].event]
    held, false_held = (
        sum(stories[one.article_id] == stories[one.other_article_id] for one in some)
        for some in (links, wrong)
    )
    across = [
        (one, other)
        for one, other in combinations(cases, 2)
        if one.event == other.event and one.language != other.language
    ]
    found = [pair for pair in across if len({stories[case.sketch.article_id] for case in pair}) == 1]
    events = {name: case.event for name, case in by_id.items()}
    return Scores(
        len(links), len(wrong), held, false_held, *b_cubed(stories, events), len(across), len(found)
    )


def b_cubed(found: Mapping[str, str], labelled: Mapping[str, str]) -> tuple[float, float]:
    """Return precision and recall, averaged over all articles (Bagga and Baldwin 1998)."""
    ours, theirs = _members(found), _members(labelled)
    shares = [(len(ours[found[one]] & theirs[labelled[one]]), one) for one in found]
    precision = sum(both / len(ours[found[one]]) for both, one in shares) / len(shares)
    recall = sum(both / len(theirs[labelled[one]]) for both, one in shares) / len(shares)
    return precision, recall


def _members(groups: Mapping[str, str]) -> Mapping[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for one, name in groups.items():
        members[name].add(one)
    return members


def describe(name: str, scores: Scores) -> Iterable[str]:
    """Yield the scores in words."""
    links = ((scores.links, scores.false_links, "all"), (scores.held, scores.false_held, "in stories"))
    found, across = scores.found_across_languages, scores.pairs_across_languages
    b_cubed = f"precision {scores.b_cubed_precision:.3f}, recall {scores.b_cubed_recall:.3f}"
    yield f"{name}: B-cubed {b_cubed}, F1 {scores.b_cubed_f1:.3f}"
    for all_links, wrong, what in links:
        right = all_links - wrong
        yield f"  links, {what}: {all_links}, {right} right (precision {right / max(1, all_links):.3f})"
    yield f"  pairs across languages in one story: {found} of {across} ({found / max(1, across):.3f})"
