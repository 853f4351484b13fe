"""Classify the class and id words of elements ("sidebar", "post-17") by a reference list."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from ahocorasick_rs import AhoCorasick

from transforms.language.reference import read_reference
from transforms.scoring.features.characters import Flags, Ints

# In the list all signs within a name are "-" and all digits "0": "post_17" is written "post-0".
FOLDED = {
    code: "0" if chr(code).isdigit() else "-" for code in range(0x21, 0x7F) if not chr(code).isalpha()
}
EDGES = {"anywhere": ("",), "start": (" ", "-"), "word": (" ", "-")}


@cache
def hint_kinds() -> tuple[str, ...]:
    """Return the kinds of hints, in the order of the list."""
    return tuple(dict.fromkeys(row["kind"] for row in read_reference("element_names")))


def read_hints(names: Sequence[str]) -> Flags:
    """Return the kinds of hints (columns) in the names of each element (rows), as flags.

    >>> [hint_kinds()[n] for n in np.flatnonzero(read_hints(["row", "post_comments ads"])[1])]
    ['body', 'comment', 'promo']
    """
    automaton, kinds = _automaton()
    distinct = {text: number for number, text in enumerate(dict.fromkeys(names))}
    joined = "".join(f" {text} \n" for text in distinct).translate(FOLDED)
    starts = np.cumsum([0, *(len(text) + len("  \n") for text in distinct)])
    found = np.array(automaton.find_matches_as_indexes(joined, overlapping=True), np.int64)
    flags = np.zeros((len(distinct), len(hint_kinds())), np.bool_)
    if len(found):
        flags[np.searchsorted(starts, found[:, 1], side="right") - 1, kinds[found[:, 0]]] = True
    return np.asarray(flags[[distinct[text] for text in names]])


@cache
def _automaton() -> tuple[AhoCorasick, Ints]:
    """Return an automaton that finds the listed names, and the kind of each name."""
    spelled = [
        (f"{before}{row['name']}{after}", hint_kinds().index(row["kind"]))
        for row in read_reference("element_names")
        for before in EDGES[row["match"]]
        for after in (EDGES["word"] if row["match"] == "word" else ("",))
    ]
    return AhoCorasick([name for name, _ in spelled]), np.array([kind for _, kind in spelled])
