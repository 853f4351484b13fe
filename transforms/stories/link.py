"""Link articles that report the same events, each link with its evidence in words.

Whether two articles are linked depends only on these two, so that no other article can change it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.stories.sketch import PASSAGE, PERMUTATIONS, Sketch, significant_digits
from warehouse.schema.tables import StoryLink

SAME_TEXT = 0.5  # of the runs of five words; edited reprints keep more than half
# Probability that one common item means the same events; several combine as 1 - (1 - a)(1 - b)...
# Set on the five sample captures: three share quotations; two others share the service, a figure of its
# users and the vocabulary of censorship, but report different events.
LINKED = 0.5
PASSAGE_WEIGHT, LONG_PASSAGE_WEIGHT = 0.45, 0.7
LONG_PASSAGE = 8  # words in a row
FIGURE_WEIGHTS = {
    1: 0.02,
    2: 0.04,
}  # by significant digits: "300 million" and "50 %" occur in any article
EXACT_FIGURE_WEIGHT = 0.12
TERM_WEIGHT, MOST_TERMS = 0.012, 15
ENTITY_WEIGHTS = {"person": 0.12, "organisation": 0.1, "company": 0.04, "platform": 0.03}
OTHER_ENTITY_WEIGHT = 0.02
NEAR_DAYS, NEAR_WEIGHT = 3, 0.15
FAR_DAYS, FAR_FACTOR = 21, 0.4  # campaigns of one kind follow each other within months
# A hundred outlets can print one report; a key of more articles is a site's phrase, or copies of a text.
MOST_WITH_KEY, NEAREST = 200, 10  # up to 200 articles all are compared; else 10 on each side
MOST_NAMED = 5  # items of each kind in the evidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that two articles share: its weight, and a description."""

    weight: float
    words: str


def link_stories(new: Sequence[Sketch], existing: Sequence[Sketch]) -> list[StoryLink]:
    """Return the links of new articles to each other and to existing ones.

    Only articles that share a key are compared; `existing` needs no others.
    """
    pairs = _pairs(new, existing)
    links = (link(one, other) for one, other in pairs)
    return sorted(filter(None, links), key=lambda found: (found.article_id, found.other_article_id))


def _pairs(new: Sequence[Sketch], existing: Sequence[Sketch]) -> list[tuple[Sketch, Sketch]]:
    """Return each pair that shares a key and includes a new article, sorted by id."""
    by_key: dict[str, list[Sketch]] = defaultdict(list)
    fresh = {sketch.article_id for sketch in new}
    every = [*new, *(one for one in existing if one.article_id not in fresh)]
    for sketch in sorted(every, key=lambda one: one.article_id):
        for key in sketch.lookup_keys():
            by_key[key].append(sketch)
    found: dict[tuple[str, str], tuple[Sketch, Sketch]] = {}
    for sketches in by_key.values():
        for at, one in enumerate(sketches):
            if one.article_id in fresh:
                for other in _peers(sketches, at):
                    pair = (one, other) if one.article_id < other.article_id else (other, one)
                    found[pair[0].article_id, pair[1].article_id] = pair
    return [found[ids] for ids in sorted(found)]


def _peers(sketches: Sequence[Sketch], at: int) -> Sequence[Sketch]:
    """Return the articles to compare with one of those that share a key; all are sorted by id.

    These are all others, or only the nearest if there are so many that the key is not specific or all
    are copies of one text; the nearest link the copies in a chain.
    """
    reach = len(sketches) if len(sketches) <= MOST_WITH_KEY else NEAREST
    return [*sketches[max(0, at - reach) : at], *sketches[at + 1 : at + 1 + reach]]


def link(one: Sketch, other: Sketch) -> StoryLink | None:
    """Return the link of two articles with its evidence, or None if they report different events.

    The title is not used: "China cracks down on WeChat" is the title of many events.
    """
    one, other = sorted((one, other), key=lambda sketch: sketch.article_id)
    alike = _jaccard(one, other)
    if alike >= SAME_TEXT:
        words = f"the same text: {alike:.0%} of the runs of five words"
        return StoryLink(one.article_id, other.article_id, round(alike, 4), words)
    shared = [*_quotations(one, other), *_figures(one, other), *_names(one, other), *_terms(one, other)]
    shared += _days(one, other)
    score = _together(shared) * _apart(one, other)
    if score < LINKED:
        return None
    words = "; ".join(evidence.words for evidence in shared)
    return StoryLink(one.article_id, other.article_id, round(score, 4), words)


def _jaccard(one: Sketch, other: Sketch) -> float:
    same = sum(a == b for a, b in zip(one.digest, other.digest, strict=True))
    return same / PERMUTATIONS


def _together(shared: Iterable[Evidence]) -> float:
    rest = 1.0
    for evidence in shared:
        rest *= 1 - evidence.weight
    return 1 - rest


def _quotations(one: Sketch, other: Sketch) -> list[Evidence]:
    """Return the passages that both articles quote."""
    runs = _join(one.passages & other.passages)
    found = []
    for run in sorted(runs, key=lambda run: (-len(run.split()), run))[:MOST_NAMED]:
        weight = LONG_PASSAGE_WEIGHT if len(run.split()) >= LONG_PASSAGE else PASSAGE_WEIGHT
        found.append(Evidence(weight, f"both quote “{run}”"))
    return found


def _join(passages: frozenset[str]) -> list[str]:
    """Return the longest runs of passages: those that overlap by all but one word are joined."""
    follows = {tuple(passage.split()[:-1]): passage for passage in sorted(passages)}
    ends = {tuple(passage.split()[1:]) for passage in passages}
    runs = []
    for passage in sorted(passages):
        words = passage.split()
        if tuple(words[:-1]) in ends:
            continue
        while (following := follows.get(tuple(words[-PASSAGE + 1 :]))) and len(words) < len(
            passages
        ) + PASSAGE:
            words.append(following.split()[-1])
        runs.append(" ".join(words))
    return runs


def _figures(one: Sketch, other: Sketch) -> list[Evidence]:
    shared = sorted(one.figures & other.figures, reverse=True)[:MOST_NAMED]
    return [Evidence(_figure_weight(value), f"{value:,.10g} {unit}") for value, unit in shared]


def _figure_weight(value: float) -> float:
    return FIGURE_WEIGHTS.get(significant_digits(value), EXACT_FIGURE_WEIGHT)


def _names(one: Sketch, other: Sketch) -> list[Evidence]:
    kinds = {**one.kinds, **other.kinds}
    weighed = [
        (ENTITY_WEIGHTS.get(kinds.get(name, ""), OTHER_ENTITY_WEIGHT), name)
        for name in one.entities & other.entities
    ]
    return [
        Evidence(weight, name) for weight, name in sorted(weighed, key=lambda pair: (-pair[0], pair[1]))
    ]


def _terms(one: Sketch, other: Sketch) -> list[Evidence]:
    shared = sorted(one.terms & other.terms, key=lambda term: (-len(term), term))[:MOST_TERMS]
    if not shared:
        return []
    weight = _together(Evidence(TERM_WEIGHT, term) for term in shared)
    return [Evidence(weight, "rare words: " + ", ".join(shared[:MOST_NAMED]))]


def _days(one: Sketch, other: Sketch) -> list[Evidence]:
    apart = _days_apart(one, other)
    if apart is None or apart > NEAR_DAYS:
        return []
    return [Evidence(NEAR_WEIGHT, "the same day" if not apart else f"{apart} days apart")]


def _apart(one: Sketch, other: Sketch) -> float:
    apart = _days_apart(one, other)
    return FAR_FACTOR if apart is not None and apart > FAR_DAYS else 1.0


def _days_apart(one: Sketch, other: Sketch) -> int | None:
    return abs((one.day - other.day).days) if one.day and other.day else None
