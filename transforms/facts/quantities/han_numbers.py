"""Read numbers in Chinese characters: 一千八百万, 3万4000, 百分之十二点五."""

import re
from collections.abc import Iterator

from transforms.facts.quantities.scales import rounded
from transforms.language.span import Span

DIGITS = {
    char: value
    for value, chars in enumerate("零〇|一|二两兩|三|四|五|六|七|八|九".split("|"))
    for char in chars
}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
DIGIT, UNIT = "".join(DIGITS), "".join([*SMALL, *LARGE])
HANGUL_UNITS = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
FACTORS = {**SMALL, **LARGE, **HANGUL_UNITS}
ANY_UNIT = "".join(FACTORS)
# A run of digits and units that does not go on as a word: 十分, 十足, 三万的, but no 一百 in 第一百.
RUN = re.compile(
    rf"(?<![第几数幾數.\d{DIGIT}{UNIT}])"
    rf"(?:[{DIGIT}]|[百千](?=[{DIGIT}十])|十(?=[{DIGIT}名人个個位家万億亿多余]))[{DIGIT}{UNIT}]*(?:点[{DIGIT}]+)?"
)
NO_NUMBER = re.compile(r"[年月日号號点點时時岁歲代级級届屆章条分足字面方样樣般些起直定旦切共半国國]")
MIXED = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<digits>\d++(?:[.,]\d++)*+)"
    rf"(?:[ \u00a0](?=[万萬亿億만억]))?(?P<unit>[{ANY_UNIT}]++)"
    rf"(?P<rest>(?:\d++[{ANY_UNIT}]*+)*+)"
)
HAN_PART = re.compile(rf"(?P<digits>\d+)(?P<unit>[{ANY_UNIT}]*)")
LEAST = 10  # a single character is a word more often than a number, but before a classifier


def value_in_han(characters: str) -> float | None:
    """Return the value of a number in characters, or None if it is none.

    >>> value_in_han("一千八百万"), value_in_han("十二点五"), value_in_han("两千万")
    (18000000.0, 12.5, 20000000.0)
    """
    whole, _, decimals = characters.partition("点")
    total = section = digit = 0
    for char in whole:
        if char in DIGITS:
            digit = digit * 10 + DIGITS[char]
        elif char in SMALL:
            section, digit = section + (digit or 1) * SMALL[char], 0
        elif char in LARGE:
            at_once = section + digit
            total = (
                (total + at_once) * LARGE[char]
                if char in "亿億兆"
                else total + (at_once or 1) * LARGE[char]
            )
            section = digit = 0
        else:
            return None
    value = float(total + section + digit)
    return value + float("0." + "".join(str(DIGITS[char]) for char in decimals)) if decimals else value


def find_in_characters(text: str, within: Span) -> Iterator[tuple[Span, float]]:
    """Yield the numbers in characters with their values, but no ordinals, dates and plain words."""
    for match in RUN.finditer(text, within.start, within.end):
        value = value_in_han(match[0])
        following = text[match.end() : match.end() + 1]
        is_plain = not any(char in UNIT for char in match[0])
        if value is None or NO_NUMBER.match(following) or (is_plain and not _is_counted(text, match)):
            continue
        if value >= LEAST or (is_plain and value > 1):
            yield Span(*match.span()), value


def _is_counted(text: str, match: re.Match[str]) -> bool:
    """Return True if a classifier of things follows a plain digit: 三名学徒."""
    return len(match[0].replace("点", "")) == 1 and bool(
        re.match("[名位家艘辆輛架]", text[match.end() : match.end() + 1])
    )


def find_mixed(text: str, within: Span) -> Iterator[tuple[Span, float]]:
    """Yield the numbers whose digits and units take turns: 25万6千, 3万4000, 1亿2000万.

    >>> [value for _, value in find_mixed("25万6千棵和3万4000米", Span(0, 13))]
    [256000.0, 34000.0]
    """
    for match in MIXED.finditer(text, within.start, within.end):
        value, least = _times(float(match["digits"].replace(",", "")), match["unit"])
        end = match.end("unit")
        for part in HAN_PART.finditer(match["rest"]):
            added, unit = _times(float(part["digits"]), part["unit"])
            if added >= least:
                break
            value, least, end = value + added, unit, match.start("rest") + part.end()
        yield Span(match.start(), end), value


def _times(value: float, units: str) -> tuple[float, float]:
    """Return a value multiplied by its units, and the units as a number."""
    factor = 1.0
    for unit in units:
        factor *= FACTORS[unit]
    return rounded(value * factor), factor
