"""Training examples: the blocks of a page as rows of features, with labels from the gold text."""

import hashlib
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.benchmarks.gold import lines_of, read_jsonl, shares_in_gold, site_of, words
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.scoring.features.matrix import page_columns, stack, text_columns

PROCESSES = 2
WIDTHS = (60, 72, 80, 100)  # columns at which mail and plain-text archives wrap
LONGEST = 6000  # lines; longer documents would weigh on memory more than they teach
FEWEST_GOLD_WORDS = 50  # a shorter gold text would give each of its words too much weight
MOST_PER_PAGE = 4.0  # times the weight of its gold that all words of a page may have


@dataclass(slots=True)
class Example:
    """A document as the trainer sees it."""

    page_id: str
    set_name: str
    site: str
    page_type: str
    language: str
    source: str  # the flattener, or "page"
    lines: list[str]
    names: tuple[str, ...]
    rows: npt.NDArray[np.float32]
    labels: npt.NDArray[np.bool_]
    trust: npt.NDArray[np.float64]  # in each label, from 0 to 1
    gold: Counter[str]

    def weights(self) -> npt.NDArray[np.float64]:
        """Return the weight of each line: its words in the page's F1, and a little for the line.

        Every page counts alike, whatever its length, up to a limit for pages on which the main
        text is a small part.
        """
        sizes = np.array([len(words(line)) for line in self.lines], np.float64)
        by_words = (sizes + 1) / max(self.gold.total(), FEWEST_GOLD_WORDS)
        by_words /= max(1.0, by_words.sum() / MOST_PER_PAGE)
        return (by_words + 0.5 / len(self.lines)) * self.trust


def page_examples(pages: Sequence[dict[str, Any]], votes: dict[str, str]) -> list[Example]:
    """Return the rendered pages, with the features of text, tree and vote."""
    tasks = [(page, votes[page["id"]]) for page in pages]
    return _in_processes(_page_example, tasks)


def _page_example(task: tuple[dict[str, Any], str]) -> Example | None:
    page, vote = task
    blocks = render_page(Page(page["html"])).blocks
    if not blocks:
        return None
    lines = [block.text for block in blocks]
    return _example(page, "page", lines, page_columns(blocks, vote))


def flat_examples(pages: Sequence[dict[str, Any]], flats: Iterable[dict[str, Any]]) -> list[Example]:
    """Return the benchmark's own flattened texts, with the labels that come with them."""
    by_id = {page["id"]: page for page in pages}
    return _in_processes(_flat_example, [(by_id[flat["id"]], flat) for flat in flats])


def _flat_example(task: tuple[dict[str, Any], dict[str, Any]]) -> Example | None:
    page, flat = task
    lines = lines_of(flat["text"])
    if not lines or len(lines) > LONGEST:
        return None
    labels = np.array([label == "1" for label in flat["labels"]])
    return _example(page, flat["flattener"], lines, text_columns(lines), labels)


def reflowed_examples(pages: Sequence[dict[str, Any]], source: str) -> list[Example]:
    """Return texts flattened in another way, so that the model leans on no flattener's habits."""
    return _in_processes(partial(_reflowed_example, source), pages)


def _reflowed_example(source: str, page: dict[str, Any]) -> Example | None:
    lines = lines_of(FLATTENERS[source](page["html"]))
    if not lines or len(lines) > LONGEST:
        return None
    return _example(page, source, lines, text_columns(lines))


def _flatten_by_inscriptis(html: str) -> str:
    from inscriptis import get_text

    return str(get_text(html))


def _flatten_by_rendering(html: str) -> str:
    return render_page(Page(html)).text


def _flatten_and_wrap(html: str) -> str:
    """Wrap as an archive of mails would; which width depends on the page alone."""
    text = render_page(Page(html)).text
    width = WIDTHS[hashlib.sha256(text.encode()).digest()[0] % len(WIDTHS)]
    return "\n\n".join(textwrap.fill(line, width) for line in text.split("\n"))


FLATTENERS: dict[str, Callable[[str], str]] = {
    "inscriptis": _flatten_by_inscriptis,
    "rendered": _flatten_by_rendering,
    "wrapped": _flatten_and_wrap,
}


def _example(
    page: dict[str, Any],
    source: str,
    lines: list[str],
    columns: dict[str, npt.NDArray[np.float64]],
    labels: npt.NDArray[np.bool_] | None = None,
) -> Example:
    if labels is None:
        labels = np.array(shares_in_gold(lines, page["gold_text"])) >= 0.5
    names = tuple(columns)
    return Example(
        page["id"],
        page["set"],
        site_of(page),
        page.get("page_type") or "news",
        page.get("lang") or "",
        source,
        lines,
        names,
        stack(columns, names),
        labels,
        np.ones(len(lines)),
        Counter(words(page["gold_text"])),
    )


def collect_votes(pages: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return what trafilatura keeps of each page, comments left out."""
    votes = _in_processes(_vote, pages)
    return dict(zip((page["id"] for page in pages), votes, strict=True))


def _vote(page: dict[str, Any]) -> str:
    from transforms.scoring.trafilatura_vote import vote_by_trafilatura

    return vote_by_trafilatura(Page(page["html"]))


def read_pages(path: Path) -> list[dict[str, Any]]:
    """Return all pages of a file."""
    return list(read_jsonl(path))


def _in_processes(function: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    """Apply a function to each task in order, on two processes; what gave nothing is left out."""
    with Pool(PROCESSES) as pool:
        return [result for result in pool.map(function, tasks, chunksize=16) if result is not None]
