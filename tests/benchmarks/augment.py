"""More examples out of those that there are: what pages of other makers, and other captures, look like.

What is drawn depends on the page alone, so the same pages give the same examples.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tests.benchmarks.cipher import cipher_of
from tests.benchmarks.examples import Example
from tests.benchmarks.gold import words
from transforms.blocks.block import Block, Element
from transforms.blocks.split import split_text
from transforms.scoring.features.matrix import page_columns, stack, text_columns

Numbers = npt.NDArray[np.int64]
# The share of documents that each is made of.
CROPS, SHELLS, SPLICES, NAMELESS, RUN_ON = 0.3, 0.1, 0.15, 0.25, 0.25
CIPHERED_TEXTS, CIPHERED_PAGES = 0.1, 0.2
LONGEST_CROP = 8  # paragraphs
AROUND_CROP = 4  # lines of boilerplate before and after
FEWEST_LINES = 5  # of a page whose article was taken out
WEIGHT = 0.5  # of such an example, where a real one has 1


def augment_flats(examples: Sequence[Example]) -> list[Example]:
    """Return texts that are short, without an article, in no language, or among others' boilerplate."""
    found: list[Example] = []
    for example in examples:
        found += _made(example, "crop", CROPS, crop(example))
        found += _made(example, "shell", SHELLS, np.flatnonzero(~example.labels))
        if _draw(example, "cipher") < CIPHERED_TEXTS:
            blocks, _ = encipher(example)
            found.append(_text(example, "cipher", blocks, example.labels, example.trust))
    for host, guest in pairwise(sorted(examples, key=lambda one: (_kind(one), one.page_id))):
        if _kind(host) == _kind(guest) and _draw(host, "splice") < SPLICES:
            found += splice(host, guest)
    return found


def _kind(example: Example) -> tuple[str, ...]:
    return (example.set_name, example.language, example.page_type, example.source)


def _draw(example: Example, purpose: str) -> float:
    """Return a number from 0 to 1 that depends on the document and the purpose alone."""
    key = f"{purpose} {example.page_id} {example.source}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:4]) / 2**32


def _made(example: Example, purpose: str, share: float, lines: Numbers) -> Iterator[Example]:
    """Yield the text of some lines of a document, if it is drawn and enough is left."""
    if _draw(example, purpose) < share and len(lines) >= (FEWEST_LINES if purpose == "shell" else 1):
        blocks = [example.blocks[n] for n in lines]
        yield _text(example, purpose, blocks, example.labels[lines], example.trust[lines])


def crop(example: Example) -> Numbers:
    """Return the first paragraphs of an article with a little of what stands around."""
    main = np.flatnonzero(example.labels)
    if not len(main):
        return main
    size = 1 + int(_draw(example, "paragraphs") * LONGEST_CROP)
    around = int(_draw(example, "around") * (AROUND_CROP + 1))
    first, last = main[0], main[:size][-1]
    before = np.arange(max(first - around, 0), first)
    after = np.arange(main[-1] + 1, min(main[-1] + 1 + around, len(example.labels)))
    return np.concatenate((before, np.arange(first, last + 1), after))


def splice(host: Example, guest: Example) -> Iterator[Example]:
    """Yield the article of one text with what stands after the article of another."""
    mine, theirs = np.flatnonzero(host.labels), np.flatnonzero(guest.labels)
    if not len(mine) or not len(theirs):
        return
    cut, since = mine[-1] + 1, theirs[-1] + 1
    blocks = [*host.blocks[:cut], *guest.blocks[since:]]
    labels = np.concatenate((host.labels[:cut], guest.labels[since:]))
    trust = np.concatenate((host.trust[:cut], guest.trust[since:]))
    yield _text(host, "splice", blocks, labels, trust)


def _text(
    example: Example,
    purpose: str,
    blocks: Sequence[Block],
    labels: npt.NDArray[np.bool_],
    trust: npt.NDArray[np.float64],
) -> Example:
    rows = stack(text_columns([block.text for block in blocks]), example.names)
    main = (block.text for block, label in zip(blocks, labels, strict=True) if label)
    return replace(
        example,
        gold=Counter(words("\n".join(main))),
        source=f"{example.source}, {purpose}",
        blocks=tuple(blocks),
        rows=rows,
        labels=labels,
        trust=trust * WEIGHT,
    )


def run_on(examples: Sequence[Example]) -> list[Example]:
    """Return pages as texts that lost their line ends; a sentence is main text if most of it is."""
    found = []
    for example in examples:
        if _draw(example, "run-on") < RUN_ON:
            blocks = split_text(" ".join(example.lines))
            is_main = np.repeat(example.labels, [len(line) + 1 for line in example.lines])
            labels = [is_main[block.start_char : block.end_char].mean() >= 0.5 for block in blocks]
            flat = replace(example, names=tuple(text_columns(["-"])), source="run-on")
            found.append(_text(flat, "all", blocks, np.array(labels), np.ones(len(blocks))))
    return found


def augment_pages(examples: Sequence[Example], votes: dict[str, str]) -> list[Example]:
    """Return pages without class and id names, and pages in no language.

    Pages without an article are not trained on: their empty vote would teach that there is no article
    wherever trafilatura finds nothing.
    """
    nameless = (one for one in examples if _draw(one, "nameless") < NAMELESS)
    ciphered = (one for one in examples if _draw(one, "cipher") < CIPHERED_PAGES)
    return [
        *(_page(one, "nameless", _without_names(one.blocks), votes[one.page_id]) for one in nameless),
        *(_page(one, "cipher", *encipher(one, votes[one.page_id])) for one in ciphered),
    ]


def encipher(example: Example, vote: str = "") -> tuple[list[Block], str]:
    """Return the blocks of a document, and what trafilatura keeps of it, in one made-up language."""
    cipher = cipher_of(f"{example.page_id} {example.source}")
    return [block._replace(text=cipher(block.text)) for block in example.blocks], cipher(vote)


def pages_without_article(examples: Sequence[Example]) -> list[Example]:
    """Return some pages whose article was taken out, to measure what is kept of them."""
    found = []
    for example in examples:
        rest = np.flatnonzero(~example.labels)
        if _draw(example, "shell") < SHELLS and len(rest) >= FEWEST_LINES:
            shell = replace(example, labels=example.labels[rest], trust=example.trust[rest])
            found.append(_page(shell, "shell", [example.blocks[n] for n in rest], ""))
    return found


def _page(example: Example, purpose: str, blocks: Sequence[Block], vote: str) -> Example:
    rows = stack(page_columns(blocks, vote), example.names)
    return replace(
        example,
        source=f"page, {purpose}",
        blocks=tuple(blocks),
        rows=rows,
        trust=example.trust * WEIGHT,
    )


def _without_names(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a page as they would be if none of its elements had a class or an id."""
    bare: dict[Element, Element] = {}
    found = []
    for block in blocks:
        assert block.markup  # every block of a page has its place in the tree
        for element in reversed([*block.markup.element.line()]):
            if element not in bare:
                above = bare[element.above] if element.above else None
                bare[element] = Element(element.tag, "", element.depth, above)
        found.append(block._replace(markup=block.markup._replace(element=bare[block.markup.element])))
    return found
