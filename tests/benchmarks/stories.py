"""Score links and stories on the labelled articles; with BENCH, also link the benchmark's texts.

    python -m tests.benchmarks.stories [BENCH] [--pages 400]

The benchmark's texts are of unrelated pages, but for pages that were captured twice and events that
several outlets report. Nobody has labelled which, so these links are to be read: title beside title,
with the evidence.
"""

import argparse
import time
from itertools import islice
from pathlib import Path

from tests.benchmarks.gold import read_jsonl
from tests.benchmarks.story_cases import SETS, describe, read_cases, score, sketch_text
from tests.linking import candidate_pairs, link_sketches
from warehouse.schema.rows.stories import StoryLink


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=None, help="of each file; all unless told")
    parser.add_argument("--set", choices=SETS, help="score only this set of the labelled articles")
    options = parser.parse_args()
    for name in [options.set] if options.set else SETS:
        print("\n".join(describe(name, score(read_cases(name)))))
    if options.bench:
        link_benchmark(options.bench, options.pages)


def link_benchmark(bench: Path, most: int | None) -> None:
    """Link the benchmark's texts, and show each link that does not join the same page twice."""
    pages = [
        page
        for name in ("dev", "train")
        for page in islice(read_jsonl(bench / f"{name}.html.jsonl.gz"), most)
        if page["gold_text"].strip()
    ]
    started = time.perf_counter()
    sketches = [
        sketch_text(f"{number:064x}", page["gold_text"], page.get("date"))
        for number, page in enumerate(pages)
    ]
    sketched = time.perf_counter()
    compared, links = len(candidate_pairs(sketches)), link_sketches(sketches)
    seconds = time.perf_counter() - sketched
    copies = [one for one in links if one.is_copy]
    pairs = len(pages) * (len(pages) - 1) // 2
    print(f"{len(pages)} texts sketched in {sketched - started:.1f} s (with their facts);")
    print(f"{compared} of {pairs} pairs compared, {len(links)} linked in {seconds:.1f} s,")
    print(f"{len(copies)} of them as copies. The others:")
    for one in sorted(set(links) - set(copies), key=lambda one: one.similarity):
        show(one, pages)


def show(one: StoryLink, pages: list[dict]) -> None:
    """Print a link with the titles, or the first words, of its two texts."""
    print(f"\n{one.similarity:.2f}  {one.evidence}")
    for article_id in (one.article_id, one.other_article_id):
        page = pages[int(article_id, 16)]
        print(f"      {page['id']}: {page.get('title') or page['gold_text'][:80]!r}")


if __name__ == "__main__":
    main()
