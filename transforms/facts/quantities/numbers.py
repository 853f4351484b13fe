"""Find numbers in a text, in digits and in words, with their values."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from text_to_num import text2num

from transforms.language.cues import one_of
from transforms.language.reference import read_reference
from transforms.language.span import Span

WORD_LANGUAGES = frozenset(["da", "de", "en", "es", "fr", "it", "nl", "pt"])  # what text2num reads
POINT_LANGUAGES = frozenset(["en", "zh", "ja", "ko", "th", "he", "hi"])  # 1,234.5; others 1.234,5
POINT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
COMMA = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ’']\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?")
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
JOINTS = (" ", "-", " et ", " y ", " e ", " en ")
FRACTION = re.compile(
    r"(?<![\d/.,])(?:(?P<whole>\d{1,3})(?:(?=[½⅓⅔¼¾⅛⅜⅝⅞])|[ -]))?"
    r"(?:(?P<sign>[½⅓⅔¼¾⅛⅜⅝⅞])|(?P<top>[1-7])/(?P<bottom>[2-8])(?![\d/]))"
)
AMBIGUOUS = frozenset([("it", "sei"), ("fr", "neuf")])  # also "you are" and "new"
LEAST_OF_SCALE = 1000
LARGEST = 1e16  # larger numbers are identifiers, not reported figures


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; `how` is digits, words or order, an order of magnitude ("thousands")."""

    span: Span
    value: float
    how: str
    has_scale: bool = False


@dataclass(frozen=True, slots=True)
class Scales:
    """The words of a language that multiply the number before them, or are numbers themselves."""

    factors: dict[tuple[str, str], float]
    words: frozenset[str]
    scale: re.Pattern[str]
    glued: re.Pattern[str]
    many: re.Pattern[str]
    one: re.Pattern[str]


@cache
def scales_of(language: str) -> Scales:
    """Return the scale words of a language."""
    rows = [row for row in read_reference("scales") if row["language"] == language]
    forms = {
        kind: one_of(row["form"] for row in rows if row["kind"] == kind)
        for kind in ("scale", "glued", "many", "one")
    }
    edge = "" if language in ("zh", "ja") else r"(?![\w-])"
    scale_edge = r"(?!\w)" if language == "en" else edge  # "a 13-billion-year period"
    many = forms["many"]
    return Scales(
        factors={(row["kind"], row["form"].casefold()): float(row["factor"]) for row in rows},
        words=frozenset(
            row["form"].casefold().split()[-1] for row in rows if row["kind"] in ("many", "one")
        ),
        scale=re.compile(rf"[ -]?(?P<form>{forms['scale']}){scale_edge}"),
        glued=re.compile(rf"(?P<form>{forms['glued']})(?![\w-])"),
        many=re.compile(
            rf"(?<![\w-])(?i:(?P<first>{many})(?: (?:of|de|di|von|d') ?(?P<second>{many}))?){edge}"
        ),
        one=re.compile(rf"(?<![\w-])(?i:(?P<whole>{forms['one']})){scale_edge}"),
    )


def find_numbers(text: str, within: Span, language: str) -> list[Number]:
    """Return the numbers within a span, without overlap.

    "One" is left out: it is a pronoun as often as a number.

    >>> text = "more than 300 million users, twenty-five accounts, hundreds of thousands of followers"
    >>> [int(number.value) for number in find_numbers(text, Span(0, len(text)), "en")]
    [300000000, 25, 100000]
    """
    found = [
        *_fractions(text, within),
        *_orders(text, within, language),
        *_digits(text, within, language),
        *_words(text, within, language),
    ]
    taken: list[Number] = []
    for number in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if number.value < LARGEST and not any(number.span.overlaps(other.span) for other in taken[-1:]):
            taken.append(number)
    return taken


def _fractions(text: str, within: Span) -> Iterator[Number]:
    """Yield fractions and mixed numbers: "½", "2 1/4"."""
    for match in FRACTION.finditer(text, within.start, within.end):
        part = (
            unicodedata.numeric(match["sign"])
            if match["sign"]
            else int(match["top"]) / int(match["bottom"])
        )
        yield Number(Span(*match.span()), int(match["whole"] or 0) + round(part, 3), "digits")


def _digits(text: str, within: Span, language: str) -> Iterator[Number]:
    scales = scales_of(language)
    for match in (POINT if language in POINT_LANGUAGES else COMMA).finditer(
        text, within.start, within.end
    ):
        value = _to_float(match[0], language)
        found = scales.scale.match(text, match.end(), within.end)
        glued = None if found else scales.glued.match(text, match.end(), within.end)
        if found:
            factor = scales.factors["scale", found["form"].casefold()]
            yield Number(Span(match.start(), found.end()), value * factor, "digits", has_scale=True)
        elif glued:
            factor = scales.factors["glued", glued["form"].casefold()]
            yield Number(Span(match.start(), glued.end()), value * factor, "digits")
        else:
            yield Number(Span(*match.span()), value, "digits")


def _to_float(digits: str, language: str) -> float:
    if language in POINT_LANGUAGES:
        return float(digits.replace(",", ""))
    return float(re.sub(r"[.\u00a0\u202f ’']", "", digits).replace(",", "."))


def _orders(text: str, within: Span, language: str) -> Iterator[Number]:
    scales = scales_of(language)
    for match in scales.many.finditer(text, within.start, within.end):
        factors = [
            scales.factors["many", match[part].casefold()] for part in ("first", "second") if match[part]
        ]
        yield Number(
            Span(*match.span()), factors[0] * (factors[1] if len(factors) > 1 else 1), "order", True
        )
    for match in scales.one.finditer(text, within.start, within.end):
        yield Number(
            Span(*match.span()), scales.factors["one", match["whole"].casefold()], "words", True
        )


def _words(text: str, within: Span, language: str) -> Iterator[Number]:
    if language not in WORD_LANGUAGES:
        return
    run: list[Span] = []
    for match in TOKEN.finditer(text, within.start, within.end):
        word = _number_word(match, language)
        if word is None:
            continue
        if not _joins(text, run, word, language):
            yield from _run_values(text, run, language)
            run = []
        run.append(word)
    yield from _run_values(text, run, language)


def _number_word(match: re.Match[str], language: str) -> Span | None:
    """Return the span of a word that is a number: "twenty-five", "eight" in "eight-week"."""
    word = match[0].lower()
    while not _is_number_word(word, language):
        word = word.rpartition("-")[0]
        if not word:
            return None
    return Span(match.start(), match.start() + len(word))


def _joins(text: str, run: list[Span], word: Span, language: str) -> bool:
    """Return True if a number word continues the number before it: "six hundred and ten"."""
    if not run:
        return True
    between = text[run[-1].end : word.start]
    if language == "en" and between == " and ":
        return run[-1].of(text).lower() in ("hundred", "thousand", "million", "billion")
    return between in JOINTS


def _run_values(text: str, run: list[Span], language: str) -> Iterator[Number]:
    """Yield the number in a run of number words, or one for each word ("five and six")."""
    if not run:
        return
    span = Span(run[0].start, run[-1].end)
    value = _value(span.of(text).lower(), language)
    if value is None:
        for one in run if len(run) > 1 else []:
            yield from _run_values(text, [one], language)
    elif value > 1:
        yield Number(
            span,
            float(value),
            "words",
            has_scale=value >= LEAST_OF_SCALE and not span.of(text).isalpha(),
        )


def number_finder(text: str, language: str) -> re.Pattern[str]:
    """Return a pattern of possible numbers in a text: digits, and the number words that occur in it.

    >>> bool(number_finder("Five Tibetans in one county", "en").search("Some accounts grow"))
    False
    """
    tokens = set(TOKEN.findall(text))
    words = {word for word in tokens if _has_number_word(word.lower(), language)}
    joined = scales_of(language).many.pattern if language in ("zh", "ja") else one_of(words)
    return re.compile(rf"[\d½⅓⅔¼¾⅛⅜⅝⅞]|{joined}")


@lru_cache(maxsize=20_000)
def _has_number_word(token: str, language: str) -> bool:
    if token in scales_of(language).words:
        return True
    return any(_is_number_word(part, language) for part in token.split("-"))


@lru_cache(maxsize=20_000)
def _is_number_word(word: str, language: str) -> bool:
    return (language, word) not in AMBIGUOUS and _value(word, language) is not None


def _value(words: str, language: str) -> int | None:
    try:
        return int(text2num(words, language))
    except ValueError:
        return None
