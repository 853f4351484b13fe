"""Names of persons, places and firms, found by their form in each script."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from transforms.language.months import LANGUAGES
from transforms.language.scripts import HAN, UNSPACED
from transforms.language.span import Span
from transforms.stories.days import calendar_words
from transforms.stories.rarity import rarity, split_unspaced
from transforms.stories.sounds import coarse, coarse_sound, fold, sounds_of, strip_ending

CAPITALISED = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?:…\n“”„«»\"(\[–—•-])\s*$")
KATAKANA_NAME = re.compile(r"[ァ-ヺー]{3,}")
HAN_RUN = re.compile(rf"[{HAN}]+")
# Characters that write the sounds of foreign names, those first that write little else.
SOUND_SIGNS = (
    "阿埃艾奥澳巴拜鲍贝彼宾波伯博勃布蒂厄恩尔法菲费芬弗夫盖戈格葛圭赫霍基吉加贾卡凯坎科柯克肯库奎拉莱赖兰劳勒雷里理利莉丽琳卢鲁"
    "伦罗洛吕玛迈麦曼蒙摩莫默姆穆娜纳奈内尼妮纽诺努帕潘佩彭皮普齐奇恰乔琴茹瑞萨塞赛瑟森沙申施什史舒斯丝索塔泰坦汤特腾图托瓦威"
    "韦维魏温沃乌武希锡夏肖谢辛雅亚扬耶伊尤约宰泽扎詹朱兹佐缅列亨达戴丹迪杜顿多安"
)
MORE_SOUND_SIGNS = (
    "德得马哈海汉胡豪密明南大道比本班邦白保根古瓜黑华怀惠金津久康考孔夸朗立连林隆路芒毛梅门米娜"
)
FOREIGN_NAME = re.compile(f"[{SOUND_SIGNS}{MORE_SOUND_SIGNS}]{{3,}}")
LONGEST_HAN_NAME = 3
FEWEST_CONSONANTS = 3  # a name of fewer sounds like many
WEIGHT_BY_CONSONANTS = {3: 0.6, 4: 0.85}  # names with more count in full
PLACE_WEIGHT = 0.3  # of a country or a city of CLDR: a thousand reports a day are from China
HAN_WEIGHT = 0.8  # a run of Han that is no word of the list need not be a name
LEAST_RARITY = 0.35  # German writes every noun as a name; words more common than this are none


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, how much it counts (0 to 1), and by what it is compared across scripts."""

    surface: str
    weight: float
    sounds: frozenset[str]
    coarse: str = ""
    is_sure: bool = True


def find_names(text: str, language: str, known: tuple[Span, ...] = ()) -> dict[str, Name]:
    """Return a text's names by their folded form; names within `known` spans are left out."""
    found: dict[str, Name] = {}
    readers = (_places, _unspaced if language in UNSPACED else _nothing, _capitalised)
    for reader in readers:
        for key, span, name in reader(text, language):
            if not any(one.start <= span.start < one.end for one in known):
                found.setdefault(key, name)
    return found


def _nothing(text: str, language: str) -> Iterator[tuple[str, Span, Name]]:
    return iter(())


def _capitalised(text: str, language: str) -> Iterator[tuple[str, Span, Name]]:
    """Yield the words with a capital, but for those that only open a sentence."""
    for match in CAPITALISED.finditer(text):
        surface = re.sub(r"['’]s$", "", match[0])
        if (
            not surface[0].isupper()
            or len(surface) < 3
            or (not surface.isalpha() and "-" not in surface)
        ):
            continue
        rare = rarity(surface.casefold(), language)
        if surface.casefold() in calendar_words(language) or rare < (
            1.0
            if SENTENCE_START.search(text[max(0, match.start() - 3) : match.start()])
            else LEAST_RARITY
        ):
            continue
        sounds = frozenset(one for one in sounds_of(surface, language) if len(one) >= FEWEST_CONSONANTS)
        shortest = min(map(len, sounds), default=2)
        weight = rare * WEIGHT_BY_CONSONANTS.get(shortest, 1.0 if shortest > 2 else 0.4)
        yield fold(surface), Span(match.start(), match.end()), Name(surface, weight, sounds)


def _unspaced(text: str, language: str) -> Iterator[tuple[str, Span, Name]]:
    """Yield the foreign names of a Chinese or Japanese text, and the runs of Han that are no words."""
    for pattern in (KATAKANA_NAME, FOREIGN_NAME):
        for match in pattern.finditer(text):
            sound = coarse_sound(match[0])
            rare = rarity(match[0], language)
            if len(sound) >= FEWEST_CONSONANTS and rare > LEAST_RARITY:
                weight = rare * WEIGHT_BY_CONSONANTS.get(len(sound), 1.0)
                yield (
                    fold(match[0]),
                    Span(match.start(), match.end()),
                    Name(match[0], weight, frozenset(), sound),
                )
    for match in HAN_RUN.finditer(text):
        for start, end in _unknown_runs(match[0], language):
            span = Span(match.start() + start, match.start() + end)
            yield fold(span.of(text)), span, Name(span.of(text), HAN_WEIGHT, frozenset(), is_sure=False)


def _unknown_runs(run: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where two or three characters in a row are words of their own: they may be a name."""
    at, ends = 0, [0]
    for word in split_unspaced(run, language):
        at += len(word)
        ends.append(at)
    for first, start in enumerate(ends):
        for end in ends[first + 2 : first + 1 + LONGEST_HAN_NAME]:
            if 2 <= end - start <= LONGEST_HAN_NAME:
                yield start, end


def _places(text: str, language: str) -> Iterator[tuple[str, Span, Name]]:
    """Yield the countries and cities whose names CLDR has, under one key in all languages."""
    known = _places_of(language if language in (*LANGUAGES, "zh", "ja") else "en")
    if language in UNSPACED:
        for surface, code in known.items():
            if (at := text.find(surface)) >= 0:
                yield code, Span(at, at + len(surface)), Name(surface, PLACE_WEIGHT, frozenset())
        return
    for match in CAPITALISED.finditer(text):
        code = (
            known.get(strip_ending(match[0].casefold(), language), "") if match[0][0].isupper() else ""
        )
        if code:
            yield code, Span(match.start(), match.end()), Name(match[0], PLACE_WEIGHT, frozenset())


@cache
def _places_of(language: str) -> Mapping[str, str]:
    """Return the names of countries and cities in a language, case folded, with their codes."""
    locale = Locale(language)
    names = {name: f"@{code}" for code, name in locale.territories.items() if code.isalpha()}
    for zone, row in locale.time_zones.items():
        if "city" in row:
            names.setdefault(row["city"], f"@{zone}")
    return {
        strip_ending(name.casefold(), language): code
        for name, code in names.items()
        if len(name) > (1 if language in UNSPACED else 3)
    }


def shared_names(one: Mapping[str, Name], other: Mapping[str, Name]) -> dict[str, float]:
    """Return the names that two texts share, as the first writes them, with how much each counts."""
    same = sorted(one.keys() & other.keys())
    found = {one[key].surface: min(one[key].weight, other[key].weight) for key in same}
    left = [name for key, name in sorted(one.items()) if key not in other]
    right = [name for key, name in sorted(other.items()) if key not in one]
    for name in left:
        match = next((candidate for candidate in right if _alike(name, candidate)), None)
        if match:
            right.remove(match)
            found[name.surface] = min(name.weight, match.weight)
    return {surface: found[surface] for surface in found if not _is_part(surface, found)}


def _is_part(surface: str, found: Iterable[str]) -> bool:
    """Return True if a name is a piece of another one that is found too: 柳溪 of 柳溪县."""
    return any(surface != other and surface in other for other in found)


def _alike(one: Name, other: Name) -> bool:
    if one.sounds & other.sounds:
        return True
    if not one.coarse and not other.coarse:
        return False
    ones, others = coarse_sounds(one), coarse_sounds(other)
    return any(_nearly(a, b) for a in ones for b in others)


def coarse_sounds(name: Name) -> frozenset[str]:
    """Return the keys by which a name is compared across scripts."""
    return frozenset([name.coarse]) if name.coarse else frozenset(map(coarse, name.sounds))


def _nearly(one: str, other: str) -> bool:
    """Return True if two coarse keys are equal, or long and one consonant apart."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(long) < 5 or len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[at + 1 :] == (short[at:] if len(long) > len(short) else short[at + 1 :])
