"""Lay out rows for a terminal: as a table, or one field a line if few columns fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Number

from rich.cells import cell_len, set_cell_size
from rich.text import Text

GAP = 2
NARROWEST = 20  # a text that is cut further says nothing
LEAST_ROOM = 8  # for a value beside the name of its field
MOST_CHARACTERS = 4_000  # of a cell that is cut; no terminal is wider
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Laid:
    """Lines to print, the columns that did not fit, and whether a cell was cut."""

    lines: list[Text]
    left_out: tuple[str, ...] = ()
    is_cut: bool = False


def lay_out(
    columns: Row, rows: Sequence[Row], numeric: Sequence[bool], width: int | None, widest: int
) -> Laid:
    """Return rows as a table of `width` terminal cells, or one field a line if most columns do not fit.

    `numeric` tells which columns hold numbers or times: they stand right, and are not cut. Without a
    width nothing is cut, and rows wider than `widest` come one field a line.
    """
    natural = [
        max([cell_len(name), *(cell_len(row[at][:MOST_CHARACTERS]) for row in rows)])
        for at, name in enumerate(columns)
    ]
    if width is None:
        is_wide = sum(natural) + GAP * (len(columns) - 1) > widest
        return _records(columns, rows, None) if is_wide else _table(columns, rows, numeric, natural)
    least = [
        full if fixed else min(full, max(NARROWEST, cell_len(name)))
        for name, full, fixed in zip(columns, natural, numeric, strict=True)
    ]
    fitting = _count_fitting(least, width)
    if rows and fitting < len(columns) / 2:
        return _records(columns, rows, width)
    widths = _share(natural[:fitting], least[:fitting], width)
    return _table(columns, rows, numeric, widths, natural)


def is_numeric(values: Sequence[object]) -> bool:
    """Return True if the values of a column are numbers, as far as they are known.

    >>> is_numeric([1, None, 2.5]), is_numeric([None]), is_numeric([True]), is_numeric(["1"])
    (True, False, False, False)
    """
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(one, Number) and not isinstance(one, bool) for one in known)


def one_line(text: str) -> str:
    r"""Return a text on one line, with its line ends as arrows.

    >>> one_line("a\n\nb\tc")
    'a ↵ ↵ b c'
    """
    return " ↵ ".join(text.replace("\t", " ").splitlines()).replace("↵  ↵", "↵ ↵")


def cut(text: str, width: int) -> str:
    """Return a text that fills `width` terminal cells, cut with an ellipsis if it is longer.

    >>> cut("abc", 5), cut("abcdef", 5), cut("微信微信", 5)
    ('abc  ', 'abcd…', '微信…')
    """
    text = text[:MOST_CHARACTERS]
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def _count_fitting(widths: Sequence[int], width: int) -> int:
    """Return how many columns fit, one at least."""
    used = -GAP
    for at, one in enumerate(widths):
        used += one + GAP
        if used > width:
            return max(1, at)
    return len(widths)


def _share(natural: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """Return the widths of columns: the widest are cut first, none below its least."""
    room = width - GAP * (len(natural) - 1)
    for most in range(min(width, max(natural, default=0)), 0, -1):
        widths = [max(low, min(full, most)) for full, low in zip(natural, least, strict=True)]
        if sum(widths) <= room:
            return widths
    return [min(one, width) for one in least]


def _table(
    columns: Row, rows: Sequence[Row], numeric: Sequence[bool], widths: Sequence[int],
    natural: Sequence[int] = (),
) -> Laid:  # fmt: skip
    """Return the first columns as a table, as many as there are widths."""
    shown = len(widths)
    lines = [Text(_line(columns, numeric, widths), style="bold")]
    lines += [Text(_line(row, numeric, widths)) for row in rows]
    is_cut = any(full > one for full, one in zip(natural, widths, strict=False))
    return Laid(lines, tuple(columns[shown:]), is_cut)


def _line(cells: Row, numeric: Sequence[bool], widths: Sequence[int]) -> str:
    """Return cells beside each other, numbers to the right."""
    parts = []
    for cell, fixed, width in zip(cells, numeric, widths, strict=False):
        padding = max(0, width - cell_len(cell[:MOST_CHARACTERS]))
        parts.append(" " * padding + cell if fixed and padding else cut(cell, width))
    return (" " * GAP).join(parts).rstrip()


def _records(columns: Row, rows: Sequence[Row], width: int | None) -> Laid:
    """Return rows one field a line, with a number above each if there are several."""
    label = max(map(cell_len, columns))
    room = None if width is None else max(LEAST_ROOM, width - label - GAP)
    lines, is_cut = [], False
    for number, row in enumerate(rows, start=1):
        if len(rows) > 1:
            lines.append(Text(f"── row {number} ──", style="dim"))
        for name, cell in zip(columns, row, strict=True):
            is_cut = is_cut or (room is not None and cell_len(cell[:MOST_CHARACTERS]) > room)
            shown = cell if room is None else cut(cell, room).rstrip()
            lines.append(
                Text(f"{set_cell_size(name, label)}  ", style="bold").append(shown, style="not bold")
            )
    return Laid(lines, (), is_cut)
