"""Group articles by their links, so that a link holds with a story and not with one member only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

LEAST_SHARE = 0.5  # of the pairs between two groups that are linked, so that the groups are one story


class Link(NamedTuple):
    """Two articles that report the same events: how likely, and whether they are copies of one text."""

    article_id: str
    other_article_id: str
    similarity: float
    is_copy: bool = False


@dataclass(slots=True)
class _Groups:
    """Groups of things by the smallest of them: how many each holds, and the links between them."""

    root: dict[str, str] = field(default_factory=dict)
    size: Counter[str] = field(default_factory=Counter)
    links: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, thing: str) -> None:
        if thing not in self.root:
            self.root[thing], self.size[thing], self.links[thing] = thing, 1, Counter()

    def of(self, thing: str) -> str:
        """Return the group of a thing, and shorten the way there."""
        root = thing
        while self.root[root] != root:
            root = self.root[root]
        while self.root[thing] != root:
            self.root[thing], thing = root, self.root[thing]
        return root

    def tie(self, one: str, other: str) -> None:
        """Count a link between two groups."""
        self.links[one][other] += 1
        self.links[other][one] += 1

    def share(self, one: str, other: str) -> float:
        """Return which share of the pairs between two groups is linked."""
        return self.links[one][other] / (self.size[one] * self.size[other])

    def join(self, one: str, other: str) -> None:
        """Make one group of two, under the smaller name."""
        kept, gone = sorted((one, other))
        self.root[gone] = kept
        self.size[kept] += self.size[gone]
        for third, count in self.links.pop(gone).items():
            del self.links[third][gone]
            if third != kept:
                self.links[kept][third] += count
                self.links[third][kept] += count


def group(links: Iterable[Link]) -> dict[str, str]:
    """Return the story of each article that is in one; the order of the links does not matter.

    The likeliest links come first. A link makes one group of two if at least half of the pairs of an
    article here and one there are linked. So a text that is like one article of a story alone, such as
    a listing of the day's news, does not chain unlike articles together. Copies of one text, which are
    linked in a chain, count as one article.

    >>> pairs = {"ab": 0.9, "bc": 0.8, "cd": 0.7}
    >>> links = [Link(one * 64, other * 64, likely) for (one, other), likely in pairs.items()]
    >>> [group(links).get(letter * 64) for letter in "abcd"]
    ['s-aaaaaaaaaaaa', 's-aaaaaaaaaaaa', 's-aaaaaaaaaaaa', None]
    """
    ordered = sorted(links, key=lambda link: (-link.similarity, link.article_id, link.other_article_id))
    texts = _join_copies(ordered)
    groups, pairs = _tie_texts(texts, ordered)
    while sum(_try_to_join(groups, *pair) for pair in pairs):
        pass
    articles = [one for one in texts.root if _is_in_story(one, texts, groups)]
    return {one: "s-" + groups.of(texts.of(one))[:12] for one in articles}


def _join_copies(links: list[Link]) -> _Groups:
    texts = _Groups()
    for link in links:
        texts.add(link.article_id)
        texts.add(link.other_article_id)
    for link in links:
        one, other = texts.of(link.article_id), texts.of(link.other_article_id)
        if link.is_copy and one != other:
            texts.join(one, other)
    return texts


def _tie_texts(texts: _Groups, links: list[Link]) -> tuple[_Groups, list[tuple[str, str]]]:
    """Return each text as a group of its own, and the linked pairs of them, the likeliest first."""
    groups = _Groups()
    for text in {texts.of(article) for article in texts.root}:
        groups.add(text)
    ends = ((texts.of(link.article_id), texts.of(link.other_article_id)) for link in links)
    pairs = list(dict.fromkeys((min(pair), max(pair)) for pair in ends if pair[0] != pair[1]))
    for one, other in pairs:
        groups.tie(one, other)
    return groups, pairs


def _try_to_join(groups: _Groups, one: str, other: str) -> bool:
    one, other = groups.of(one), groups.of(other)
    if one == other or groups.share(one, other) < LEAST_SHARE:
        return False
    groups.join(one, other)
    return True


def _is_in_story(article: str, texts: _Groups, groups: _Groups) -> bool:
    text = texts.of(article)
    return texts.size[text] > 1 or groups.size[groups.of(text)] > 1
