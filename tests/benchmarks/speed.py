"""Compare the CPU time of Winnow with trafilatura's on the same pages, in one process.

    python -m tests.benchmarks.speed BENCH [--pages 150]

The pages are the first of dev, and their texts as one of the flatteners of the benchmark made them.
Each figure is CPU time on one core, the ways taken in turn page by page, so that a busy machine slows
them alike, and the quickest of three times counts. `clean` is all that a run does with a capture: from
its bytes to its rows. The last line is elapsed time: two cleaning processes beside one.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from flows.steps.cleaning_processes import SECONDS_PER_CAPTURE, Pool
from tests.benchmarks.gold import lines_of, read_jsonl
from transforms.blocks.block import Block
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.captures.capture import CaptureToClean
from transforms.clean import clean
from transforms.options import CleaningOptions
from transforms.scoring.score import score_blocks
from transforms.scoring.trafilatura_vote import vote_by_trafilatura

ROUNDS = 3  # the quickest counts: other work on the machine also costs CPU time
TRAFILATURA = "trafilatura's text"
WAYS = {
    "clean page, fast": CleaningOptions("fast"),
    "clean page, fast, no facts": CleaningOptions("fast", finds_facts=False),
    "clean page, best": CleaningOptions("best"),
    "clean page, best, no facts": CleaningOptions("best", finds_facts=False),
    "clean text": CleaningOptions(),
    "clean text, no facts": CleaningOptions(finds_facts=False),
}


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
    texts = (flat["text"] for flat in flats if flat["flattener"] == "wet")
    spent = measure(pages, list(islice(texts, arguments.pages)))
    for way, milliseconds in spent.items():
        ratio = spent[TRAFILATURA] / milliseconds
        print(f"{way:27} {milliseconds:7.2f} ms a page, {ratio:5.2f} times trafilatura")
    print(f"two processes, fast: {measure_two(pages):.2f} times one")


def measure(pages: Sequence[str], texts: Sequence[str]) -> dict[str, float]:
    """Return milliseconds of CPU time a page for each way."""
    lines = [[Block(0, len(line), line) for line in lines_of(text)] for text in texts]
    ways: dict[str, Callable[[int], object]] = {
        TRAFILATURA: lambda n: vote_by_trafilatura(Page(pages[n])),
        "render": lambda n: render_page(Page(pages[n])),
        "score page, fast": lambda n: score_blocks(render_page(Page(pages[n])).blocks),
        "score text": lambda n: score_blocks(lines[n]),
    } | {way: partial(clean_nth, texts if "text" in way else pages, WAYS[way]) for way in WAYS}
    spent = dict.fromkeys(ways, 0.0)
    for way in ways.values():
        way(0)  # imports and models are loaded before the clock starts
    for n in range(len(pages)):
        rounds = [{name: time_of(way, n) for name, way in ways.items()} for _ in range(ROUNDS)]
        for name in ways:
            spent[name] += min(one[name] for one in rounds)
    return {name: 1000 * seconds / len(pages) for name, seconds in spent.items()}


def measure_two(pages: Sequence[str]) -> float:
    """Return how many times as fast two cleaning processes are as one, by the clock."""
    captures = [_capture_of(page) for page in pages]
    cleaner = partial(clean, options=CleaningOptions("fast"))
    pools = {size: Pool(size) for size in (1, 2)}
    took = dict.fromkeys(pools, float("inf"))
    for _ in range(1 + ROUNDS):  # in the first, processes start
        for size, pool in pools.items():
            start = time.perf_counter()
            outcomes = list(pool.clean(captures, SECONDS_PER_CAPTURE, cleaner))
            took[size] = min(took[size], time.perf_counter() - start)
            assert len(outcomes) == len(captures)
    for pool in pools.values():
        pool.end_idle()
    return took[1] / took[2]


def time_of(way: Callable[[int], object], n: int) -> float:
    """Return the seconds of CPU time that a way takes for a page."""
    start = time.process_time()
    way(n)
    return time.process_time() - start


def clean_nth(captures: Sequence[str], options: CleaningOptions, n: int) -> object:
    """Clean one of the captures, as a run does."""
    return clean(_capture_of(captures[n]), options)


def _capture_of(text: str) -> CaptureToClean:
    content = text.encode("utf-8", "replace")
    return CaptureToClean(
        document_id="0" * 64, content=content, source_uri="", first_run_id="", cleaner_version=""
    )


if __name__ == "__main__":
    main()
