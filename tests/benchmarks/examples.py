"""Training examples: the blocks of a page as rows of features, with labels from the gold text."""

import hashlib
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.benchmarks.collections import KEEPS_HEADLINE, Record
from tests.benchmarks.gold import shares_in_gold, site_of, words
from transforms.blocks.block import Block
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.blocks.repair import repair_text
from transforms.blocks.split import split_text
from transforms.language.phrases import normalise
from transforms.metadata.read import read_metadata
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
    title: str | None  # that the page's markup gives; a flattened text has none
    blocks: tuple[Block, ...]
    names: tuple[str, ...]
    rows: npt.NDArray[np.float32]
    labels: npt.NDArray[np.bool_]
    trust: npt.NDArray[np.float64]  # in each label, from 0 to 1
    gold: Counter[str]

    @property
    def lines(self) -> list[str]:
        """Return the text of each block."""
        return [block.text for block in self.blocks]

    def weights(self) -> npt.NDArray[np.float64]:
        """Return the weight of each line: its words in the page's F1, and a little for the line.

        Every page counts alike, whatever its length, up to a limit for pages on which the main
        text is a small part.
        """
        sizes = np.array([len(words(line)) for line in self.lines], np.float64)
        by_words = (sizes + 1) / max(self.gold.total(), FEWEST_GOLD_WORDS)
        by_words /= max(1.0, by_words.sum() / MOST_PER_PAGE)
        return (by_words + 0.5 / len(self.lines)) * self.trust


def page_examples(pages: Sequence[Record], votes: dict[str, str]) -> list[Example]:
    """Return the rendered pages, with the features of text, tree and vote."""
    tasks = [(page, votes[page["id"]]) for page in pages]
    return _in_processes(_page_example, tasks)


def _page_example(task: tuple[Record, str]) -> Example | None:
    page, vote = task
    blocks = render_page(Page(page["html"])).blocks
    if not blocks:
        return None
    return _example(page, "page", blocks, page_columns(blocks, vote))


def flat_examples(pages: Sequence[Record], flats: Iterable[Record]) -> list[Example]:
    """Return the benchmark's own flattened texts, with the labels that come with them."""
    by_id = {page["id"]: page for page in pages}
    return _in_processes(_flat_example, [(by_id[flat["id"]], flat) for flat in flats])


def _flat_example(task: tuple[Record, Record]) -> Example | None:
    page, flat = task
    return _text_example(page, flat["flattener"], flat["text"], flat["labels"])


def reflowed_examples(pages: Sequence[Record], source: str) -> list[Example]:
    """Return texts flattened in another way, so that the model leans on no flattener's habits."""
    return _in_processes(partial(_reflowed_example, source), pages)


def _reflowed_example(source: str, page: Record) -> Example | None:
    return _text_example(page, source, FLATTENERS[source](page["html"]))


def _text_example(page: Record, source: str, text: str, given: str = "") -> Example | None:
    """Split a text as the cleaner does; labels that come with its lines hold if it stays in lines."""
    blocks = split_text(repair_text(text)[0])
    if not blocks or len(blocks) > LONGEST:
        return None
    labels = np.array([label == "1" for label in given]) if len(given) == len(blocks) else None
    return _example(page, source, blocks, text_columns([block.text for block in blocks]), labels)


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
    page: Record,
    source: str,
    blocks: tuple[Block, ...],
    columns: dict[str, npt.NDArray[np.float64]],
    labels: npt.NDArray[np.bool_] | None = None,
) -> Example:
    lines, names = [block.text for block in blocks], tuple(columns)
    title = read_metadata(Page(page["html"]), page["url"]).title
    if labels is None:
        labels = np.array(shares_in_gold(lines, page["gold_text"])) >= 0.5
    return Example(
        page["id"],
        page["set"],
        site_of(page),
        page.get("page_type") or "news",
        page.get("lang") or "",
        source,
        title if source == "page" else None,
        blocks,
        names,
        stack(columns, names),
        labels,
        _trust(page, title, lines),
        Counter(words(page["gold_text"])),
    )


def _trust(page: Record, title: str | None, lines: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return 0 for the headline where the gold text keeps it, since other gold texts do not."""
    if page["set"] not in KEEPS_HEADLINE:
        return np.ones(len(lines))
    titles = {normalise(one) for one in (title, page.get("title")) if one}
    return np.array([float(normalise(line) not in titles) for line in lines])


def collect_votes(pages: Sequence[Record]) -> dict[str, str]:
    """Return what trafilatura keeps of each page, comments left out."""
    votes = _in_processes(_vote, pages)
    return dict(zip((page["id"] for page in pages), votes, strict=True))


def _vote(page: Record) -> str:
    from transforms.scoring.trafilatura_vote import vote_by_trafilatura

    return vote_by_trafilatura(Page(page["html"]))


def _in_processes(function: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    """Apply a function to each task in order, on two processes; what gave nothing is left out."""
    with Pool(PROCESSES) as pool:
        return [result for result in pool.map(function, tasks, chunksize=16) if result is not None]
