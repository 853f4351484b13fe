"""Read numbers in Chinese characters: 一千八百万, 3万4000, 百分之十二点五."""

import re
from collections.abc import Iterator

from transforms.facts.quantities.scales import rounded
from transforms.facts.quantities.units import unit_after
from transforms.language.cues import Cues
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
MORE = "多余餘"  # inside a number: 三十多万
# A run of digits and units that does not go on as a word: 十分, 十足, 三万的, but no 一百 in 第一百.
RUN = (
    rf"(?<![第几数幾數.\d{DIGIT}{UNIT}])"
    rf"(?:[{DIGIT}]|[百千](?=[{DIGIT}十])|十(?=[{DIGIT}人万萬亿億多余]|%classifier%))[{DIGIT}{UNIT}]*"
    rf"(?:[{MORE}][万萬亿億]+|点[{DIGIT}]+[万萬亿億]*)?"
)
WITHOUT_MORE = dict.fromkeys(map(ord, MORE))
NO_NUMBER = re.compile(
    r"年[级級代月初底末度]|[月日周週号號点點时時岁歲代级級届屆章条分足字面方样樣般些起直定旦切共半国國]"
)
MIXED = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<digits>\d++(?:[.,]\d++)*+)"
    rf"(?:[ \u00a0](?=[万萬亿億만억]))?[{MORE}]?(?P<unit>[{ANY_UNIT}]++)"
    rf"(?P<rest>(?:\d++[{ANY_UNIT}]*+)*+)"
)
HAN_PART = re.compile(rf"(?P<digits>\d+)(?P<unit>[{ANY_UNIT}]*)")
COUNTED = rf"%classifier%|%range_to%[{DIGIT}]|、[{DIGIT}]%classifier%"  # 三名学徒, 两到三天, 七、八次
LEAST = 10  # a single character is a word more often than a number, but before a classifier


def value_in_han(characters: str) -> float:
    """Return the value of a number in characters.

    >>> value_in_han("一千八百万"), value_in_han("十二点五"), value_in_han("七点五亿")
    (18000000.0, 12.5, 750000000.0)
    """
    whole, _, decimals = characters.partition("点")
    if scale := decimals.lstrip(DIGIT):  # 七点五亿
        return rounded(value_in_han(characters.removesuffix(scale)) * value_in_han(f"一{scale}"))
    total = section = digit = 0
    for char in whole:
        if char in DIGITS:
            digit = digit * 10 + DIGITS[char]
        elif char in SMALL:
            section, digit = section + (digit or 1) * SMALL[char], 0
        else:
            at_once = section + digit
            total = (
                (total + at_once) * LARGE[char]
                if char in "亿億兆"
                else total + (at_once or 1) * LARGE[char]
            )
            section = digit = 0
    value = float(total + section + digit)
    return value + float("0." + "".join(str(DIGITS[char]) for char in decimals)) if decimals else value


def find_in_characters(text: str, within: Span, cues: Cues) -> Iterator[tuple[Span, float]]:
    """Yield the numbers in characters with their values, but no ordinals, dates and plain words."""
    for match in cues.compile(RUN).finditer(text, within.start, within.end):
        value = value_in_han(match[0].translate(WITHOUT_MORE))
        following = text[match.end() : match.end() + 1]
        is_plain = not any(char in UNIT for char in match[0])
        if NO_NUMBER.match(following) or (is_plain and not _is_counted(text, match, cues)):
            continue
        if value >= LEAST or (is_plain and value > 1):
            yield Span(*match.span()), value


def _is_counted(text: str, match: re.Match[str], cues: Cues) -> bool:
    """Return True if a classifier or a unit follows a plain digit: 三名学徒, 三公里."""
    if len(match[0].replace("点", "")) > 1:
        return False
    is_classified = cues.compile(COUNTED).match(text, match.end()) is not None
    return is_classified or unit_after(text, match.end(), len(text), cues.language) is not None


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
