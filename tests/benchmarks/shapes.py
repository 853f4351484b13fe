"""Score Winnow on the same dev pages in other shapes of text: wrapped, without line ends, Markdown.

python -m tests.benchmarks.shapes BENCH [--pages 150]
"""

import argparse
import re
import textwrap
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from statistics import mean

from tests.benchmarks.gold import overlap, read_jsonl, words
from tests.benchmarks.quality import interval
from tests.loading import capture_of
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.captures.capture import Rejected
from transforms.clean import read_capture

COLUMNS = 72
SCRIPT = re.compile(r"<(script|style|noscript)\b.*?</\1>", re.DOTALL | re.IGNORECASE)


def main() -> None:
    """Print F1 of the bag of words for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--pages", type=int, default=458)
    arguments = parser.parse_args()
    pages = list(islice(read_jsonl(arguments.bench / "dev.html.jsonl.gz"), arguments.pages))
    golds = [Counter(words(page["gold_text"])) for page in pages]
    with Pool(2) as pool:
        for name, shape in SHAPES.items():
            texts = pool.map(shape, [page["html"] for page in pages], chunksize=8)
            kept = pool.map(keep, texts, chunksize=8)
            scores = [
                overlap(Counter(words(text)), gold)[2] for text, gold in zip(kept, golds, strict=True)
            ]
            low, high = interval(scores)
            print(f"| {name} | {len(pages)} | {mean(scores):.3f} ({low:.3f} to {high:.3f}) |")


def keep(text: str) -> str:
    """Return what Winnow keeps of a text file."""
    reading = read_capture(capture_of(text.encode("utf-8", "replace"), content_type="text/plain"))
    if isinstance(reading, Rejected):
        return ""
    return "\n".join(one.block.text for one in reading.judged if one.is_kept)


def one_a_line(html: str) -> str:
    """Write each paragraph of a page on a line of its own."""
    return render_page(Page(html)).text


def wrap(html: str, gap: str) -> str:
    """Break every line at a column, as an archive of mails does."""
    return gap.join(textwrap.fill(line, COLUMNS) for line in one_a_line(html).split("\n"))


def mark_down(html: str) -> str:
    """Write a page as Markdown, with the addresses of its links."""
    from markdownify import markdownify

    return str(markdownify(SCRIPT.sub("", html), heading_style="ATX"))


def run_on(html: str) -> str:
    """Write a page in one line."""
    return one_a_line(html).replace("\n", " ")


SHAPES: dict[str, Callable[[str], str]] = {
    "a paragraph a line": one_a_line,
    f"wrapped at {COLUMNS} columns, blank lines between paragraphs": partial(wrap, gap="\n\n"),
    f"wrapped at {COLUMNS} columns, no blank lines": partial(wrap, gap="\n"),
    "Markdown, with links": mark_down,
    "all in one line": run_on,
}

if __name__ == "__main__":
    main()
