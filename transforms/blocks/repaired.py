"""Data type for a repair of a text; undo repairs, and put later ones on top of earlier ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warehouse.schema.vocabulary import RepairReason


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repair: its span in the repaired text, the original text, and the reason."""

    start_char: int
    end_char: int
    original: str
    reason: RepairReason


@dataclass(frozen=True, slots=True)
class Removal:
    """A span that is taken out of a text."""

    start_char: int
    end_char: int


def restore_text(text: str, repairs: Iterable[Repaired]) -> str:
    """Undo all repairs and return the text as it was decoded."""
    return _restore(text, 0, len(text), repairs)


def _restore(text: str, start: int, end: int, repairs: Iterable[Repaired]) -> str:
    pieces, position = [], start
    for repair in repairs:
        pieces += [text[position : repair.start_char], repair.original]
        position = repair.end_char
    return "".join([*pieces, text[position:end]])


def take_out(
    text: str, repairs: Sequence[Repaired], spans: Iterable[tuple[int, int]], reason: RepairReason
) -> tuple[str, tuple[Repaired, ...]]:
    """Return a repaired text without some spans, which are in order, and the repairs of both steps.

    What an earlier repair changed in such a span becomes one repair with it.

    >>> before = (Repaired(4, 5, "&amp;", "entity"), Repaired(7, 7, "\\x00", "control"))
    >>> text, repairs = take_out("**a & b**", before, [(0, 2), (7, 9)], "markdown")
    >>> text, restore_text(text, repairs)
    ('a & b', '**a &amp; b\\x00**')
    """
    found: list[Repaired] = []
    pieces: list[str] = []
    position = removed = 0
    for inside, gone in _groups(repairs, spans):
        bounds = [(one.start_char, one.end_char) for one in inside]
        bounds += [(one.start_char, one.end_char) for one in gone]
        start, end = min(bounds)[0], max(end for _, end in bounds)
        original, why = _restore(text, start, end, inside), reason if gone else inside[0].reason
        at = start - removed
        for one in gone:
            pieces.append(text[position : one.start_char])
            position = one.end_char
            removed += one.end_char - one.start_char
        found.append(Repaired(at, end - removed, original, why))
    return "".join([*pieces, text[position:]]), tuple(found)


def _groups(
    repairs: Iterable[Repaired], spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[list[Repaired], list[Removal]]]:
    """Yield the repairs and the spans that overlap, and each that does not alone."""
    inside: list[Repaired] = []
    gone: list[Removal] = []
    group_end = -1
    both: list[Repaired | Removal] = [*repairs, *(Removal(*span) for span in spans)]
    for one in sorted(both, key=lambda one: (one.start_char, one.end_char)):
        if one.start_char >= group_end and (inside or gone):
            yield inside, gone
            inside, gone, group_end = [], [], -1
        group_end = max(group_end, one.end_char)
        if isinstance(one, Removal):
            gone.append(one)
        else:
            inside.append(one)
    if inside or gone:
        yield inside, gone
