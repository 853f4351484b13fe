"""Score Winnow on the same dev pages in other shapes of text: wrapped, without line ends, Markdown.

python -m tests.benchmarks.shapes BENCH [--pages 150]
"""

import argparse
import textwrap
from collections import Counter
from collections.abc import Callable
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from statistics import mean

from tests.benchmarks.gold import overlap, read_jsonl, words
from tests.benchmarks.quality import interval
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.captures.capture import CaptureToClean, Rejected
from transforms.clean import read_capture

COLUMNS = 72
MARKS = {f"h{level}": "#" * level + " " for level in range(1, 7)} | {"li": "- ", "blockquote": "> "}


def main() -> None:
    """Print F1 of the bag of words for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=458)
    arguments = parser.parse_args()
    pages = list(islice(read_jsonl(arguments.bench / "dev.html.jsonl.gz"), arguments.pages))
    golds = [Counter(words(page["gold_text"])) for page in pages]
    with Pool(2) as pool:
        blocks = pool.map(render, [page["html"] for page in pages])
        for name, shape in SHAPES.items():
            kept = pool.map(keep, map(shape, blocks), chunksize=8)
            scores = [
                overlap(Counter(words(text)), gold)[2] for text, gold in zip(kept, golds, strict=True)
            ]
            low, high = interval(scores)
            print(f"| {name} | {len(pages)} | {mean(scores):.3f} ({low:.3f} to {high:.3f}) |")


def render(html: str) -> list[tuple[str, str]]:
    """Return the lines of a page with the tags they stand in."""
    blocks = render_page(Page(html)).blocks
    return [(block.text, block.markup.tag if block.markup else "") for block in blocks]


def keep(text: str) -> str:
    """Return what Winnow keeps of a text file."""
    capture = CaptureToClean(
        "", text.encode("utf-8", "replace"), "", None, None, None, "text/plain", "", ""
    )
    reading = read_capture(capture)
    return (
        ""
        if isinstance(reading, Rejected)
        else "\n".join(one.block.text for one in reading.judged if one.is_kept)
    )


def wrap(lines: list[tuple[str, str]], gap: str) -> str:
    """Break every line at a column, as an archive of mails does."""
    return gap.join(textwrap.fill(line, COLUMNS) for line, _ in lines)


def mark_down(lines: list[tuple[str, str]]) -> str:
    """Write the lines as Markdown, a blank line between them."""
    return "\n\n".join(MARKS.get(tag, "") + line for line, tag in lines)


SHAPES: dict[str, Callable[[list[tuple[str, str]]], str]] = {
    "a paragraph a line": lambda lines: "\n".join(line for line, _ in lines),
    f"wrapped at {COLUMNS}, blank lines between": lambda lines: wrap(lines, "\n\n"),
    f"wrapped at {COLUMNS}, no blank lines": lambda lines: wrap(lines, "\n"),
    "Markdown": mark_down,
    "all in one line": lambda lines: " ".join(line for line, _ in lines),
}

if __name__ == "__main__":
    main()
