"""The figures of an article as numbers that can be compared across languages."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import accumulate

from transforms.language.dates import BEFORE_NUMBER, MONTH
from transforms.language.span import Span
from warehouse.schema.rows.facts import Quantity

NUMERAL = re.compile(
    r"(?P<number>\d(?<![\w.,]\d)(?:\d{0,2}(?:(?P<mark>[.,'  ])\d{3})(?:(?P=mark)\d{3})*(?!\d)|\d*))"
    r"(?:[.,:](?P<part>\d{1,2})(?!\d))?(?P<scale>[万萬億亿])?"
)
SCALES = {"万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8}
DATE = re.compile(
    rf"\d{{1,2}}\.?\s+(?:de\s+)?{MONTH}\b|\b{BEFORE_NUMBER}{MONTH}\.?\s+\d{{1,2}}\b|\d{{1,2}}[月日时時]|\d{{4}}[-/.]\d\d[-/.]\d\d"
)
SMALLEST = 3  # "two men" are in any article
YEARS = range(1900, 2101)
NEAR_YEARS = 4  # "since 2021" is in any article, "since 1956" tells something
# By significant digits: "300 million" and "50 %" stand in any article.
WEIGHTS = {1: 0.12, 2: 0.5}
SMALL_WEIGHT, DAY_WEIGHT, DAYS = (
    0.1,
    0.3,
    31,
)  # below ten; up to 31 a figure may be a day or a place in a list
EXACT_WEIGHT = 1.0


def find_figures(
    text: str, quantities: Iterable[Quantity], published: date | None
) -> Mapping[float, float]:
    """Return the figures of a text, each with how much it counts (0 to 1) if another text has it too."""
    read = list(quantities)
    taken = _Spans(
        [match.span() for match in DATE.finditer(text)]
        + [(one.start_char, one.end_char) for one in read]
    )
    values = [value for one in read for value in (one.value, one.value_high) if value]
    values += [
        value for value, span in _numerals(text) if _is_scaled(span, text) or span.start not in taken
    ]
    return {value: weight for value in values if (weight := _weight(value, published)) > 0}


def _numerals(text: str) -> Iterator[tuple[float, Span]]:
    """Yield the numbers in digits: grouped by points, commas or spaces, with parts, 万 and 億."""
    for match in NUMERAL.finditer(text):
        whole = re.sub(r"\D", "", match["number"])
        value = float(f"{whole}.{match['part']}" if match["part"] else whole)
        yield value * SCALES.get(match["scale"] or "", 1), Span(*match.span())


def _is_scaled(span: Span, text: str) -> bool:
    return span.of(text)[-1] in SCALES


class _Spans:
    """Spans, which may overlap, and whether a place is in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.ends = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, place: int) -> bool:
        """Return True if a span begins at or before a place and ends behind it."""
        before = bisect_right(self.starts, place)
        return before > 0 and place < self.ends[before - 1]


def _weight(value: float, published: date | None) -> float:
    size = abs(value)
    if size < SMALLEST or (value in YEARS and _is_near(value, published)):
        return 0.0
    if size < 10 and value == int(value):
        return SMALL_WEIGHT
    if size <= DAYS and value == int(value):
        return min(DAY_WEIGHT, WEIGHTS[significant_digits(value)])
    return WEIGHTS.get(significant_digits(value), EXACT_WEIGHT)


def _is_near(year: float, published: date | None) -> bool:
    return published is None or abs(year - published.year) <= NEAR_YEARS


def significant_digits(value: float) -> int:
    """Return how many digits of a figure say something.

    >>> significant_digits(300e6), significant_digits(662e6), significant_digits(12.5)
    (1, 3, 3)
    """
    return len(f"{abs(value):.15g}".split("e")[0].replace(".", "").strip("0"))
