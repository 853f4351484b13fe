"""The words of a language that multiply a number or are parts of one, from scales.csv of its folder."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.language.cues import cues_of, one_of
from transforms.language.reference import read_rows
from transforms.language.scripts import UNSPACED
from transforms.language.span import Span, match_key

GAPS = " -\u00a0\u202f"  # before a scale word or a unit
WHOLE = 1e6  # larger values have no decimals
MOST_SCALES = 3  # "2 hundred thousand million"
VOWEL_SIGNS = r"\u0900-\u0903\u093a-\u094f"  # vowel signs of Hindi are no letters to a pattern
ALONE = ("many", "one", "part")  # kinds that are looked for where no number stands before them
KINDS = ("scale", "glued", "many", "one", "part", "half", "point")


@dataclass(frozen=True, slots=True)
class Scales:
    """A language's scale words by kind, with patterns of them, and the factor of each form.

    `scale` multiplies the number before it, `glued` is joined to its digits, `part` multiplies the
    scale after it ("half a"), `half` is added ("and a half"), `many` is an order of magnitude, `one`
    a number of its own, and `point` opens the decimals of a number in words.
    """

    factors: dict[tuple[str, str], float]
    alone: dict[str, tuple[str, ...]]
    words: frozenset[str]
    patterns: dict[str, re.Pattern[str]]

    def match(self, kind: str, text: str, start: int, end: int) -> tuple[float, int] | None:
        """Return the factor of the form of a kind at a position, and where it ends."""
        found = self.patterns[kind].match(text, start, end)
        return (self.factors[kind, match_key(found["form"])], found.end()) if found else None


@cache
def scales_of(language: str) -> Scales:
    """Return the scale words of a language.

    >>> scales_of("en").match("scale", "5 lakh", 1, 6)
    (100000.0, 6)
    """
    rows = read_rows("scales", language)
    factors = {(row["kind"], match_key(row["form"])): float(row["factor"]) for row in rows}
    forms = {kind: one_of(row["form"] for row in rows if row["kind"] == kind) for kind in KINDS}
    edge = (
        "" if language in UNSPACED else r"(?!\w)" if language == "en" else rf"(?![\w-]|[{VOWEL_SIGNS}])"
    )
    joined = edge and r"(?![\w-])"
    ends = "" if language in UNSPACED else r"(?!\w|-[^\W\d_])"  # "£3m-£5m", but "a 3m-long wall"
    forms["of"] = rf"(?: {one_of(cues_of(language).of('of', 'of_these'))} ?(?P<second>{forms['many']}))?"
    return Scales(
        factors=factors,
        alone={kind: tuple(form for of, form in factors if of == kind) for kind in ALONE},
        words=frozenset(_telling_words(rows)),
        patterns={
            "scale": re.compile(rf"[ \u00a0\u202f-]?(?P<form>(?i:{forms['scale']})){edge}"),
            "glued": re.compile(rf"(?P<form>{forms['glued']}){ends}"),
            "many": re.compile(rf"(?<![\w-])(?i:(?P<form>{forms['many']}){forms['of']}){joined}")
            if edge
            else re.compile(rf"(?P<form>{forms['many']})(?P<second>(?!))?"),
            "one": re.compile(rf"(?<![\w-])(?i:(?P<form>{forms['one']})){edge}"),
            "part": re.compile(rf"(?<![\w-])(?i:(?P<form>{forms['part']}))(?=[ \u00a0-]|$)"),
            "half": re.compile(rf"[ -](?i:(?P<form>{forms['half']})){edge}"),
            "point": re.compile(rf" (?i:(?P<form>{forms['point']})) "),
        },
    )


def _telling_words(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield words that show that a sentence may have a number: "million", "half", but not "a"."""
    for row in rows:
        words = row["form"].casefold().split()
        if row["kind"] in ("scale", "many", "one"):
            yield words[-1]
        elif row["kind"] == "part" and float(row["factor"]) != 1:
            yield max(words, key=len)


def scaled(text: str, value: float, span: Span, end: int, language: str) -> tuple[float, Span, bool]:
    """Return a number multiplied by the scale words after it, with its span, and whether there are any.

    >>> scaled("1.2 lakh crore", 1.2, Span(0, 3), 14, "en")
    (1200000000000.0, Span(start=0, end=14), True)
    """
    scales, has_scale = scales_of(language), False
    following = text[span.end : span.end + 1]
    if span.end >= end or not (following.isalpha() or following in GAPS):
        return rounded(value), span, False
    if half := scales.match("half", text, span.end, end):
        value, span = value + half[0] * _last_factor(span.of(text), scales), Span(span.start, half[1])
    for _ in range(MOST_SCALES):
        found = scales.match("scale", text, span.end, end)
        if not found:
            break
        value, span, has_scale = value * found[0], Span(span.start, found[1]), True
        if half := scales.match("half", text, span.end, end):
            value, span = value + half[0] * found[0], Span(span.start, half[1])
    return rounded(value), span, has_scale


@lru_cache(maxsize=8)
def scale_kinds(text: str, language: str) -> frozenset[str]:
    """Return the kinds of ALONE of which a text may have words; asked of it again, they are known."""
    low, alone = match_key(text), scales_of(language).alone
    return frozenset(kind for kind in alone if any(form in low for form in alone[kind]))


@lru_cache(maxsize=8)
def has_fraction(text: str, language: str) -> bool:
    """Return True if a text has a fraction in words; asked of a text again, it is known."""
    low = text.casefold()
    return any(form in low for form in fractions_of(language))


def rounded(value: float) -> float:
    """Return a product without the error of floating point: 1,100.9 times 100 million is whole."""
    return round(value, 6 if value < WHOLE else 0)


def _last_factor(words: str, scales: Scales) -> float:
    """Return the factor of a scale word at the end of a number: "tres millones y medio"."""
    return scales.factors.get(("scale", match_key(words.split()[-1])), 1.0)


def value_of_fraction(form: str, language: str) -> float:
    """Return the value of a fraction that a pattern of them has found, in any case."""
    return _fraction_keys(language)[match_key(form)]


@cache
def _fraction_keys(language: str) -> dict[str, float]:
    return {match_key(form): value for form, value in fractions_of(language).items()}


@cache
def fractions_of(language: str) -> dict[str, float]:
    """Return the fractions of a language in words, case folded, with their values.

    >>> fractions_of("en")["a quarter"]
    0.25
    """
    rows = [row for row in read_rows("shares", language) if row["kind"] == "fraction"]
    return {row["form"].casefold(): float(row["value"]) for row in rows}
