"""How often documents are cleaned again because more is known of their sites.

    python -m tests.benchmarks.site_nights BENCH --cache FOLDER [--a-night 1]

The pages of each site of the benchmark come in an order of chance, so many a night. Printed is how many
documents of earlier nights are cleaned again for each new one, by the pages that the site has then.
"""

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.site_scores import ScoredExample, score_sites
from transforms.site_memory.page_lines import keep_lines
from transforms.site_memory.remember import remember

SIZES = (3, 6, 12, 24, 64)  # pages of a site, the upper ends of the rows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--a-night", type=int, default=1)
    arguments = parser.parse_args()
    sites: dict[tuple[str, ...], list[ScoredExample]] = defaultdict(list)
    for one in score_sites(arguments.bench, arguments.cache, "flat"):
        if one.unseen == "site" and one.example.source == "wet":
            sites[one.site].append(one)
    again: dict[int, int] = defaultdict(int)
    new: dict[int, int] = defaultdict(int)
    for site in sites.values():
        for size, came, cleaned in nights(site, arguments.a_night):
            row = next(upper for upper in SIZES if size <= upper)
            again[row] += cleaned
            new[row] += came
    for row in sorted(new):
        print(f"| up to {row} | {new[row]} | {again[row]} | {again[row] / new[row]:.2f} |")


def nights(site: Sequence[ScoredExample], a_night: int) -> Iterator[tuple[int, int, int]]:
    """Yield for each night the pages of a site, those that came, and those cleaned again."""
    order = sorted(site, key=lambda one: hashlib.sha256(one.example.page_id.encode()).digest())
    pages = [(one, keep_lines(one.example.blocks, one.log_odds)) for one in order]
    kept = [(one.address, lines) for one, lines in pages if lines is not None]
    known: list[tuple[int, ...]] = []
    for start in range(0, len(kept), a_night):
        now = kept[: start + a_night]
        found = remember([lines for _, lines in now], [address for address, _ in now])
        changed = sum(one != other for one, other in zip(known, found, strict=False))
        yield len(now), len(now) - len(known), changed
        known = found


if __name__ == "__main__":
    main()
