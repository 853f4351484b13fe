"""Link the benchmark's texts, and show each link that does not join the same page twice.

    python -m tests.benchmarks.stories BENCH [--pages 400]

The texts are of unrelated pages, but for pages that were captured twice and events that several outlets
tell. Nobody has labelled which, so the links are to be read: title beside title, with the evidence.
"""

import argparse
import time
from datetime import date
from itertools import islice
from pathlib import Path

from tests.benchmarks.gold import read_jsonl
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.language.detect import detect_language
from transforms.stories.link import link_stories
from transforms.stories.sketch import Sketch, make_sketch
from warehouse.schema.examples import example
from warehouse.schema.tables import StoryLink

SAME_TEXT = "the same text"


def sketch_page(number: int, page: dict) -> Sketch:
    """Return what is compared of a page's gold text."""
    day = page.get("date") or ""
    article = example(
        "articles",
        article_id=f"{number:064x}",
        text=page["gold_text"],
        published_on=date.fromisoformat(day[:10]) if len(day) >= len("2015-11-01") else None,
    )
    language = detect_language(page["gold_text"]).code
    known = read_entities()
    return make_sketch(
        article, extract_facts(article.article_id, article.text, known, language), known.kinds
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=None, help="of each file; all unless told")
    options = parser.parse_args()
    pages = [
        page
        for name in ("dev", "train")
        for page in islice(read_jsonl(options.bench / f"{name}.html.jsonl.gz"), options.pages)
        if page["gold_text"].strip()
    ]
    sketches = [sketch_page(number, page) for number, page in enumerate(pages)]
    started = time.perf_counter()
    links = link_stories(sketches, [])
    seconds = time.perf_counter() - started
    copies = [one for one in links if one.evidence.startswith(SAME_TEXT)]
    pairs = len(pages) * (len(pages) - 1) // 2
    print(f"{len(pages)} texts, {pairs} pairs: {len(links)} linked in {seconds:.1f} s,")
    print(f"{len(copies)} of them as the same text. The others:")
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
