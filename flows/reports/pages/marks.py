"""The text of an article in pieces: each with the facts that were read from it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Rows = dict[str, list[dict[str, Any]]]  # of a document, by name of the query

CARDS_SHOWN = {"q": 60, "f": 30, "n": 30}  # by kind: a page stays small


@dataclass(frozen=True, slots=True)
class Fact:
    """A span of the text and its kind: q quote, sc term in quotation marks, f figure, n name."""

    start: int
    end: int
    kind: str
    target: str
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text, the kinds of the facts there, and the row of the one that is shortest."""

    text: str
    kinds: str
    target: str | None
    title: str


def cut(text: str, start: int, facts: Sequence[Fact]) -> Iterator[Piece]:
    """Yield a paragraph that begins at `start` of the article, cut wherever a fact begins or ends.

    >>> [p.text for p in cut("Qiao said no", 10, [Fact(10, 14, "n", "n-qiao", "Name")])]
    ['Qiao', ' said no']
    """
    end = start + len(text)
    here = [fact for fact in facts if fact.start < end and start < fact.end]
    edges = {start, end} | {at for fact in here for at in (fact.start, fact.end) if start < at < end}
    ordered = sorted(edges)
    for left, right in itertools.pairwise(ordered):
        found = [fact for fact in here if fact.start <= left and right <= fact.end]
        shortest = min(found, key=lambda fact: fact.end - fact.start, default=None)
        yield Piece(
            text[left - start : right - start],
            " ".join(sorted({fact.kind for fact in found})),
            shortest.target if shortest else None,
            shortest.title if shortest else "",
        )


def facts_of(rows: Rows, cards: Sequence[dict[str, Any]]) -> list[Fact]:
    """Return the facts of an article with what tells of them: a card, or a row of a list."""
    with_card = {(row["card"], row["position"]) for row in cards}

    def fact(row: dict[str, Any], kind: str, listed: str, title: str) -> Fact:
        target = f"c{kind}{row['position']}" if (kind, row["position"]) in with_card else listed
        return Fact(row["start_char"], row["end_char"], kind, target, title)

    said = [
        fact(row, "q", f"q{row['position']}", "Quote")
        if row["kind"] == "statement"
        else fact(row, "sc", f"q{row['position']}", "Term in quotation marks")
        for row in rows["quotes"]
    ]
    figures = [fact(row, "f", f"f{row['position']}", "Figure") for row in rows["quantities"]]
    names = [fact(row, "n", f"n-{row['entity_id']}", "Name") for row in rows["mentions"]]
    return [*said, *figures, *names]


def with_cards(rows: Rows) -> list[dict[str, Any]]:
    """Return the facts that are told about in place, below their paragraph, in the order of the text.

    They are the first of each kind; of what is in quotation marks, what somebody says.
    """
    said = [row for row in rows["quotes"] if row["kind"] == "statement"]
    kinds = {"q": said, "f": rows["quantities"], "n": rows["mentions"]}
    chosen = [row | {"card": kind} for kind, some in kinds.items() for row in some[: CARDS_SHOWN[kind]]]
    return sorted(chosen, key=lambda row: int(row["end_char"]))


def pair_lines(
    lines: Sequence[dict[str, Any]], paragraphs: Sequence[dict[str, Any]]
) -> list[int | None]:
    """Return for each line of a capture the paragraph it went into, None for what was removed.

    Kept lines come in the order of the paragraphs; a dateline may share one with the line after it.
    """
    at = 0
    found: list[int | None] = []
    for line in lines:
        if not line["is_kept"]:
            found.append(None)
            continue
        words = line["text"].strip()[:40]
        later = (i for i in range(at, min(at + 3, len(paragraphs))) if words in paragraphs[i]["text"])
        at = next(later, at)
        found.append(at if at < len(paragraphs) else None)
    return found
