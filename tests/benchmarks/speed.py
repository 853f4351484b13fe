"""Compare the CPU time of Winnow's labelling with trafilatura's on the same pages, in one process.

    python -m tests.benchmarks.speed BENCH [--pages 150]

The pages are the first of dev; each figure is CPU time on one core, the ways taken in turn page by
page, so that a busy machine slows them alike.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from tests.benchmarks.gold import lines_of, read_jsonl
from transforms.blocks.block import Block
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.scoring.score import score_blocks
from transforms.scoring.trafilatura_vote import vote_by_trafilatura

TARGETS = {"fast": 3.0, "best": 0.6, "flat": 8.0}


def main() -> None:
    """Print milliseconds a page and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    arguments = parser.parse_args()
    pages = [
        p["html"] for p in islice(read_jsonl(arguments.bench / "dev.html.jsonl.gz"), arguments.pages)
    ]
    flats = read_jsonl(arguments.bench / "dev.flat.jsonl.gz")
    wets = (lines_of(flat["text"]) for flat in flats if flat["flattener"] == "wet")
    lines = list(islice(wets, arguments.pages))
    spent = measure(pages, lines)
    for way, milliseconds in spent.items():
        ratio = spent["trafilatura"] / milliseconds
        target = f", at least {TARGETS[way]} wanted" if way in TARGETS else ""
        print(f"{way:12} {milliseconds:7.2f} ms a page, {ratio:5.2f} times trafilatura{target}")


def measure(pages: Sequence[str], lines: Sequence[list[str]]) -> dict[str, float]:
    """Return milliseconds of CPU time a page for each way."""
    ways: dict[str, Callable[[int], object]] = {
        "trafilatura": lambda n: vote_by_trafilatura(Page(pages[n])),
        "fast": lambda n: score_blocks(render_page(Page(pages[n])).blocks),
        "best": lambda n: score_blocks(
            render_page(Page(pages[n])).blocks, vote_by_trafilatura(Page(pages[n]))
        ),
        "flat": lambda n: score_blocks([Block(0, len(line), line) for line in lines[n]]),
        "render": lambda n: render_page(Page(pages[n])),
    }
    spent = dict.fromkeys(ways, 0.0)
    for way in ways.values():
        way(0)  # imports and models are loaded before the clock starts
    for n in range(len(pages)):
        for name, way in ways.items():
            start = time.process_time()
            way(n)
            spent[name] += time.process_time() - start
    return {name: 1000 * seconds / len(pages) for name, seconds in spent.items()}


if __name__ == "__main__":
    main()
