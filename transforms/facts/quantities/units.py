"""Find the units of numbers: currencies, per cent and measures.

The forms are those of seeds/reference/currencies.csv and units.csv, and of the language's own units.csv.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transforms.facts.quantities.scales import GAPS
from transforms.language.cues import cues_of
from transforms.language.reference import read_by_language, read_mapping, read_reference
from transforms.language.scripts import HAN_OR_HIRAGANA, IS_HANGUL, IS_KATAKANA, UNSPACED

LINK = re.compile(r"[ \u00a0](?:de[ \u00a0]|di[ \u00a0]|d['’])")  # "62 millions d'euros"
AGED = re.compile(r"-(?:old|jährig)")
NO_UNIT = re.compile(
    "天[价價气氣下空才]|年[级級代轻輕生目度]|[日週周][本报報曜目末]|度[假过過]"
)  # 368万天价
KINDS = {"money_before": "money", "money_after": "money", "percent_before": "percent"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit beside a number: its short name, its kind, and its outer end (a character offset)."""

    name: str
    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class _Forms:
    """The units of a language by form, and the lengths of forms by the letter beside the number."""

    units: dict[str, tuple[str, str]]
    lengths: dict[str, tuple[int, ...]]


def unit_before(text: str, number_start: int, floor: int, language: str = "en") -> Unit | None:
    """Return the currency sign or code before a number.

    >>> unit_before("over US$5", 8, 0)
    Unit(name='USD', kind='money', at=5)
    """
    end = number_start - (text[number_start - 1 : number_start].isspace() and number_start > floor)
    forms = _forms(language, is_before=True)
    for length in forms.lengths.get(text[end - 1 : end], ()):
        start = end - length
        found = forms.units.get(text[start:end]) if start >= floor else None
        if found and not (
            start > floor and text[start].isascii() and _is_latin(text[start - 1 : start])
        ):
            return Unit(*found, at=start)
    return None


def unit_after(text: str, number_end: int, ceiling: int, language: str = "en") -> Unit | None:
    """Return the currency, per cent or measure after a number.

    >>> unit_after("12.5 per cent of", 4, 16)
    Unit(name='%', kind='percent', at=13)
    >>> unit_after("62 millions d'euros", 11, 19, "fr").name
    'EUR'
    """
    gap = 1 if text[number_end : number_end + 1] in GAPS and number_end < ceiling else 0
    found = _match(text, number_end + gap, ceiling, language) if gap else None
    found = found or _match(text, number_end, ceiling, language)
    if found is None and (link := LINK.match(text, number_end, ceiling)):
        return _match(text, link.end(), ceiling, language)
    return found


def _match(text: str, start: int, ceiling: int, language: str) -> Unit | None:
    forms = _forms(language, is_before=False)
    for length in forms.lengths.get(text[start : start + 1], ()):
        end = start + length
        found = forms.units.get(text[start:end]) if end <= ceiling else None
        if found and _ends(text, end) and not NO_UNIT.match(text, start):
            return Unit(*found, at=end)
    return None


def _ends(text: str, end: int) -> bool:
    """Return True if a form of letters ends at a word's end; in Han, kana and Hangul it need not."""
    last, following = text[end - 1], text[end : end + 1]
    if not last.isalpha() or any(
        script.match(last) for script in (HAN_OR_HIRAGANA, IS_KATAKANA, IS_HANGUL)
    ):
        return True
    is_elided = following in ("'", "’") and text[end + 1 : end + 2].isalpha()  # "2008 m’a donné"
    return not (following.isalnum() or following == "_" or is_elided) and not AGED.match(text, end)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


@cache
def _forms(language: str, *, is_before: bool) -> _Forms:
    units = {
        form: (unit, KINDS.get(kind, kind))
        for kind, form, unit in _rows(language)
        if kind.endswith("_before") == is_before
    }
    by_letter: dict[str, set[int]] = {}
    for form in units:
        by_letter.setdefault(form[-1 if is_before else 0], set()).add(len(form))
    return _Forms(units, {char: tuple(sorted(found, reverse=True)) for char, found in by_letter.items()})


def _rows(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, form and unit of each form; those of the language come last, and so count."""
    for row in read_reference("currencies"):
        yield f"money_{row['place']}", row["form"], row["currency"]
    for row in read_reference("units"):
        yield row["kind"], row["form"], row["unit"]
    for row in read_by_language("units"):
        if row["language"] == language:
            yield row["kind"], row["form"], row["unit"]


def _nouns(language: str) -> dict[str, str]:
    return read_mapping("nouns", "form", "noun", language)


def is_listed_noun(word: str, language: str) -> bool:
    """Return True if a case-folded word is a noun of the language's nouns.csv."""
    return word in _nouns(language)


def noun_at(text: str, start: int, end: int, language: str) -> str:
    """Return the longest listed noun that begins at a position, or an empty string: 名学生参加."""
    most = max(map(len, _nouns(language)), default=0)
    lengths = range(min(most, end - start), 0, -1)
    return next(
        (text[start : start + n] for n in lengths if text[start : start + n] in _nouns(language)), ""
    )


def canonical_unit(unit: str | None, language: str) -> str | None:
    """Return the name that all languages share for a unit or a counted noun, else the noun itself.

    >>> canonical_unit("utilisateurs", "fr"), canonical_unit("EUR", "fr"), canonical_unit("lamps", "en")
    ('users', 'EUR', 'lamps')
    """
    if unit is None:
        return None
    low = unit.casefold()
    return _nouns(language).get(low) or (unit if unit in _unit_names() else low)


def noun_of_subject(subject: str, language: str) -> str | None:
    """Return the noun that a subject counts, for a number without one: "the number of people".

    >>> noun_of_subject("the number of people", "en"), noun_of_subject("活跃用户总数", "zh")
    ('people', 'users')
    """
    nouns, cues = _nouns(language), cues_of(language)
    if language in UNSPACED:
        whole = cues.compile("%number_of%$").sub("", subject)
        return next((nouns[form] for form in nouns if whole.endswith(form)), None)
    counted = cues.compile(r"(?i:(?:%determiner% )?%number_of% )(?P<words>.+)").fullmatch(subject)
    words = counted["words"].casefold().split() if counted else []
    return next((nouns[word] for word in words if word in nouns), None)


def is_measure(unit: str | None) -> bool:
    """Return True for a unit of measure or a currency, but for no counted noun."""
    return unit in _unit_names()


@cache
def _unit_names() -> frozenset[str]:
    names = {row["unit"] for row in (*read_reference("units"), *read_by_language("units"))}
    return frozenset(names | {row["currency"] for row in read_reference("currencies")})
