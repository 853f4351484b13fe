"""Figures that several articles of a story give for the same thing, laid out on a line."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import ceil, floor
from typing import Any

from flows.reports.words import count, say_large
from transforms.language.reference import read_column

Articles = Mapping[str, dict[str, Any]]  # by article_id

# The word behind a figure, and a short one before that: "died", "on board".
BEHIND = re.compile(r"\s+(?:[^\W\d_]{1,3}\s+)?([^\W\d_]{4,})")
# Words that link a figure to what comes next and are not in the lists of stop words.
LINKING = frozenset(
    "whose whom around among amid within during between against near since while".split()
)
LARGE = 10_000  # equal figures as large as this are the same figure, whatever the unit is called
SENTENCES_SHOWN, UNITS_SHOWN, POINTS_SHOWN, SHAPES_SHOWN = 6, 4, 8, 3
# A label on the narrowest line, of 270 pixels: of a character, and around it, in hundredths of the line.
CHARACTER, AROUND = 2.8, 5
SHAPES = {"e": "exact", "m": "at least", "u": "at most", "a": "about"}
BOUNDS = {"at_least": "m", "at_most": "u", "about": "a"}


def shape_of(figure: Mapping[str, Any]) -> str:
    """Return the shape of a figure: e exact, m more than or at least, u up to, a about.

    >>> shape_of({"bound": None}), shape_of({"bound": "at_least"})
    ('e', 'm')
    """
    return BOUNDS.get(figure["bound"], "e")


def compare_figures(rows: Sequence[dict[str, Any]], articles: Articles) -> list[dict[str, Any]]:
    """Return the figures that at least two articles give for a thing, those that disagree first.

    A figure that is said of nothing named ("at least 9 people died") is compared by the words behind it,
    a large one that nothing else compares by its value: units have other names in other languages.
    """
    keyed = [(row, list(_keys(row))) for row in rows]
    told_by = defaultdict(set)  # by key: the articles that give such a figure
    for row, keys in keyed:
        for key in keys:
            told_by[key].add(row["article_id"])
    groups = defaultdict(list)
    for row, keys in keyed:
        shared = [key for key in keys if len(told_by[key]) > 1]
        by_words = [key for key in shared if key[1]] or shared
        if by_words:
            best = max(by_words, key=lambda key: len(told_by[key]))
            groups[best].append(row | {"article": articles[row["article_id"]]})
    found = [
        _group(thing, unit, listed)
        for (thing, unit, _), listed in groups.items()
        if len({row["article_id"] for row in listed}) > 1
    ]
    found.sort(key=lambda one: (one["agrees"], -one["articles"], one["thing"]))
    return found


def find_difference(rows: Sequence[dict[str, Any]], articles: Articles) -> str | None:
    """Return the figure on which most of the articles of a story differ, in a few words."""
    figures = compare_figures(rows, articles)
    return say_difference(figures[0]) if figures and not figures[0]["agrees"] else None


def say_difference(figure: dict[str, Any]) -> str:
    """Return in a few words what articles give for a figure.

    >>> say_difference({"thing": "WeChat", "unit": "users", "least": 3e8, "most": 355e6})
    'WeChat, users: 300 million to 355 million'
    """
    name = ", ".join(filter(None, (figure["thing"], figure["unit"])))
    least, most = say_large(figure["least"]), say_large(figure["most"])
    return f"{name}: {least}" + (f" to {most}" if most != least else "")


def _keys(row: dict[str, Any]) -> Iterator[tuple[str, str, float | None]]:
    """Yield what a figure may be compared by: its thing, the words behind it, or that it is large."""
    if thing := row["entity_name"] or row["subject"]:
        yield thing, row["unit_canonical"] or row["unit"], None
    behind = BEHIND.match(row["sentence"].partition(row["text"])[2])
    if (
        behind
        and behind[1].lower() not in _stop_words()
        and row["text"].lower().endswith(row["unit"].lower())
    ):
        yield "", f"{row['unit']} {' '.join(behind[0].lower().split())}", None
    if row["value"] >= LARGE:
        yield "", "", row["value"]
    elif not thing and row["value"] >= 1000:
        yield "", row["unit"], row["value"]


@cache
def _stop_words() -> frozenset[str]:
    """Return words that say nothing of what a figure counts ("people were", "houses whose")."""
    return read_column("stopwords", "word") | LINKING


def _group(thing: str, unit: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    values = sorted({row["value"] for row in rows})
    low, high = _scale(values)
    points = list(_points(values, rows, low, high))
    return {
        "thing": thing,
        "unit": unit,
        "title": _title(thing, unit, rows),
        "articles": len({row["article_id"] for row in rows}),
        "outlets": count_outlets(rows),
        "without": len({row["article_id"] for row in rows if row["article"]["site"] is None}),
        "agrees": len(values) == 1,
        "least": values[0],
        "most": values[-1],
        "apart": round(100 * (values[-1] / values[0] - 1)) if values[0] > 0 else None,
        "points": points,
        "levels": max(point["level"] for point in points),
        "ends": (say_large(low), say_large(high)),
        "rows": [row | {"shape": shape_of(row), "parts": _mark(row)} for row in rows],
        "shown": SENTENCES_SHOWN,
        "more": max(0, len(rows) - SENTENCES_SHOWN),
    }


def _title(thing: str, unit: str, rows: list[dict[str, Any]]) -> str:
    """Return what a group of figures counts; if only the value joins it, the value and its units."""
    if thing:
        return f"{thing}: {unit}"
    if unit:
        return unit[:1].upper() + unit[1:]
    units = Counter(row["unit"] for row in rows).most_common(UNITS_SHOWN)
    return f"{say_large(rows[0]['value'])} {', '.join(name for name, _ in units)}"


def _scale(values: list[float]) -> tuple[float, float]:
    """Return the ends of the line: a sixth of the reach beyond the values, never below none.

    >>> _scale([9.0, 11.0, 12.0]), _scale([0.5])
    ((8.0, 13.0), (0.4166666666666667, 0.5833333333333334))
    """
    reach = (values[-1] - values[0]) or abs(values[0]) or 1.0
    low, high = max(0.0, values[0] - reach / 6), values[-1] + reach / 6
    are_whole = all(value.is_integer() for value in values)
    return (float(floor(low)), float(ceil(high))) if are_whole else (low, high)


def _points(
    values: list[float], rows: list[dict[str, Any]], low: float, high: float
) -> Iterator[dict[str, Any]]:
    """Yield the values on the line, the least and the most among them, their labels apart."""
    shown = values if len(values) <= POINTS_SHOWN else [*values[: POINTS_SHOWN - 1], values[-1]]
    places = [round(100 * (value - low) / ((high - low) or 1)) for value in shown]
    told = [[row for row in rows if row["value"] == value] for value in shown]
    labels = [(say_large(value), _say_by(here)) for value, here in zip(shown, told, strict=True)]
    levels = spread([(at, max(map(len, label))) for at, label in zip(places, labels, strict=True)])
    for left, level, label, here in zip(places, levels, labels, told, strict=True):
        yield {
            "value": label[0],
            "by": label[1],
            "left": left,
            "level": level,
            "shapes": _draw([shape_of(row) for row in here]),
        }


def _draw(shapes: list[str]) -> list[str]:
    """Return the shapes of a value; each once where so many would reach those of the next value.

    >>> _draw(["e", "m"]), _draw(["e", "m", "e", "e"])
    (['e', 'm'], ['e', 'm'])
    """
    return shapes if len(shapes) <= SHAPES_SHOWN else list(dict.fromkeys(shapes))


def _say_by(rows: list[dict[str, Any]]) -> str:
    """Return how many outlets give a value; texts without an address are of no outlet."""
    if outlets := count_outlets(rows):
        return count(outlets, "outlet")
    return count(len({row["article_id"] for row in rows}), "article")


def count_outlets(rows: Sequence[dict[str, Any]]) -> int:
    """Return how many outlets give figures; texts without an address count as none."""
    return len({row["article"]["site"] for row in rows} - {None})


def spread(labels: Sequence[tuple[int, int]]) -> list[int]:
    """Return for labels, each with its place of 100 and its characters, levels at which none overlap.

    >>> spread([(14, 8), (30, 8), (60, 8)])
    [0, 1, 0]
    """
    ends = [-100.0] * len(labels)
    levels = []
    for place, characters in labels:
        reach = (CHARACTER * characters + AROUND) / 2
        level = next(n for n, end in enumerate(ends) if end <= place - reach)
        ends[level] = place + reach
        levels.append(level)
    return levels


def _mark(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return the sentence of a figure in three: before it, the figure, after it."""
    before, found, after = row["sentence"].partition(row["text"])
    return (before, found, after) if found else (row["sentence"], "", "")
