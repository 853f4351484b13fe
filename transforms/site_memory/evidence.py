"""Count on how many other pages of its site each line of a page stands, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from transforms.scoring.features.characters import Flags, Ints
from transforms.scoring.features.tokens import Floats
from transforms.site_memory.copies import group_copies
from transforms.site_memory.page_lines import PageLines

# Two pages have one design if they share so many different lines, and so large a share of the lines of
# the one that has fewer. Others say nothing about each other: another design, or no site at all.
SHARED_LINES, SHARED_PART = 3, 0.1
# So many pages of a site are asked, the first of them: the most of these numbers that there are. Between
# them a new page changes nothing of the others, and each is half as large again as the one before.
ASKED = (3, 4, 6, 9, 14, 21, 32, 48)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the other pages of a site say of the lines of one: for each line a number of pages.

    Pages of one article count once, and only pages of the same design count: there are `pages` of them.
    `standing` have the line, `placed` have it in the same elements, `after` have it below the same line,
    `before` above the same one. `repeated_place` is the share of their lines in the same elements that
    other pages have too.
    """

    pages: int
    standing: Ints
    placed: Ints
    after: Ints
    before: Ints
    repeated_place: Floats

    def words(self) -> list[str]:
        """Return in words on how many pages each line stands, its own among them.

        There is nothing to say without another page.
        """
        pages = self.pages + 1
        return [
            f"stands on {count + 1} of {pages} pages of this site"
            for count in self.standing
            if self.pages
        ]


def weigh_pages(pages: Sequence[PageLines], addresses: Sequence[str]) -> list[Evidence]:
    """Return what the other pages of a site say of each page, in the order of the pages.

    Only the first pages are asked. Pages with one address are captures of one page.
    """
    articles = group_copies(pages, addresses)
    kinds = [
        _table([page.texts for page in pages]),
        _table([_joined(page.texts, page.places) for page in pages]),
        _table([_joined(np.roll(page.texts, 1), page.texts) for page in pages]),
        _table([_joined(page.texts, np.roll(page.texts, -1)) for page in pages]),
    ]
    asked = np.arange(len(pages)) < max((n for n in ASKED if n <= len(pages)), default=len(pages))
    peers = _peers(kinds[0], articles) & asked
    repeats = list(_repeated_places(pages, kinds[0], articles))
    found = []
    for n in range(len(pages)):
        ours = _by_article(peers[n], articles)
        standing, placed, after, before = (_count(has, columns[n], ours) for has, columns in kinds)
        found.append(Evidence(len(ours), standing, placed, after, before, repeats[n]))
    return found


def _joined(one: Ints, other: Ints) -> Ints:
    """Return a digest of two digests; overflow is meant."""
    with np.errstate(over="ignore"):
        return (one * np.int64(6364136223846793005)) ^ (other + np.int64(1442695040888963407))


Table = tuple[Flags, list[Ints]]


def _table(digests: Sequence[Ints]) -> Table:
    """Return which page (down) has which digest (across), and the columns of each page's lines."""
    different, columns = np.unique(np.concatenate(digests), return_inverse=True)
    ends = np.cumsum([len(one) for one in digests])
    by_page = np.split(columns, ends[:-1])
    has = np.zeros((len(digests), len(different)), np.bool_)
    for n, own in enumerate(by_page):
        has[n, own] = True
    return has, by_page


def _peers(texts: Table, articles: Ints) -> Flags:
    """Return for each page (down) which others (across) have its design and another article."""
    has = texts[0].astype(np.float32)
    shared, lines = has @ has.T, has.sum(axis=1)
    enough = np.maximum(SHARED_LINES, SHARED_PART * np.minimum(lines[:, None], lines[None, :]))
    return np.asarray((shared >= enough) & (articles[:, None] != articles[None, :]), np.bool_)


def _by_article(peers: Flags, articles: Ints) -> list[Ints]:
    """Return the peers of a page, those of one article together."""
    found: dict[int, list[int]] = {}
    for n in np.flatnonzero(peers).tolist():
        found.setdefault(int(articles[n]), []).append(n)
    return [np.array(group) for group in found.values()]


def _count(has: Flags, columns: Ints, groups: Sequence[Ints]) -> Ints:
    """Return for each line of a page on how many of the others it stands."""
    counts = np.zeros(len(columns), np.int64)
    for group in groups:
        counts += has[group][:, columns].any(axis=0)
    return counts


def _repeated_places(pages: Sequence[PageLines], texts: Table, articles: Ints) -> Iterator[Floats]:
    """Yield for each line of a page which share of other pages' lines in the same elements repeats."""
    has, by_page = texts
    standing = np.zeros(has.shape[1], np.int64)
    for article in np.unique(articles):
        standing += has[articles == article].any(axis=0)
    different, columns = np.unique(np.concatenate([page.places for page in pages]), return_inverse=True)
    by_place = np.split(columns, np.cumsum([len(page.places) for page in pages])[:-1])
    size = len(different)
    counted = [
        (np.bincount(places, minlength=size), np.bincount(places, standing[own] > 1, size))
        for places, own in zip(by_place, by_page, strict=True)
    ]
    lines, repeated = (sum(column) for column in zip(*counted, strict=True))
    for places, (own_lines, own_repeated) in zip(by_place, counted, strict=True):
        share = (repeated - own_repeated) / np.maximum(lines - own_lines, 1)
        yield share[places]
