"""Score Winnow and the installed peers on the pages that we wrote in languages that no collection has.

    python -m tests.benchmarks.own_pages --cache FOLDER

The pages are in tests/cases/pages, with a README. What the peers keep is stored in FOLDER.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.gold import words
from tests.benchmarks.peers import PAGE_PEERS
from tests.benchmarks.quality import Case, keep_of_page, keep_of_text, print_table, score_pages

PAGES = Path(__file__).parent.parent / "cases" / "pages"
PEERS = ("trafilatura, no comments", "readability-lxml", "resiliparse")


def read_pages(kind: str) -> Iterator[Case]:
    """Yield the pages of a kind (`html` or `flat.txt`) with their gold, in groups by language."""
    for line in (PAGES / "index.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        content, gold = (
            (PAGES / f"{page['name']}.{end}").read_text(encoding="utf-8") for end in (kind, "gold.txt")
        )
        yield Case(page["name"], content, Counter(words(gold)), ("ALL", f"lang {page['language']}"))


def main() -> None:
    """Print the tables of pages and of flattened texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    cache = parser.parse_args().cache / "own"
    cache.mkdir(parents=True, exist_ok=True)
    by_mode = {f"winnow, {mode}": partial(keep_of_page, mode) for mode in ("best", "fast")}
    peers = {name: PAGE_PEERS[name] for name in PEERS}
    print_table("Pages", score_pages(list(read_pages("html")), by_mode, peers, cache))
    print_table("Texts", score_pages(list(read_pages("flat.txt")), {"winnow": keep_of_text}, {}, cache))


if __name__ == "__main__":
    main()
