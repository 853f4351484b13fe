"""Names of persons, places and firms, found by their form in each script."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from babel import Locale

from transforms.language.months import LANGUAGES
from transforms.language.reference import read_reference
from transforms.language.scripts import HAN, UNSPACED
from transforms.language.span import Span
from transforms.stories.days import calendar_words
from transforms.stories.rarity import rarity, split_unspaced
from transforms.stories.sounds import coarse, coarse_sound, fold, sounds_of, strip_ending

CAPITALISED = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?:…\n“”„«»\"(\[–—•-])[^\S\n]*$")
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
WEIGHT_BY_CONSONANTS = {0: 0.4, 3: 0.6, 4: 0.85}  # 0 if it has fewer; names with more count in full
SHORTEST_NAME = 3  # letters
POSSESSIVE_ENDING = re.compile(r"['’]s$")
PLACE_MARK = "@"  # before the key of a country or city
PLACE_WEIGHT = 0.3  # of a country or a city of CLDR: a thousand reports a day are from China
HAN_WEIGHT = 0.8  # a run of Han that is no word of the list need not be a name
LEAST_RARITY = 0.35  # German writes every noun as a name; words more common than this are none


class FoundName(NamedTuple):
    """A name as written, how much it counts (0 to 1), and by what it is compared across scripts."""

    surface: str
    weight: float
    sounds: frozenset[str]
    coarse: str = ""
    is_sure: bool = True


Sighting = tuple[str, Span, FoundName]  # with the folded form first


def find_names(text: str, language: str, known: tuple[Span, ...] = ()) -> dict[str, FoundName]:
    """Return a text's names by their folded form; names within `known` spans are left out."""
    found: dict[str, FoundName] = {}
    for reader in (_places, _unspaced, _capitalised):
        for key, span, name in reader(text, language):
            if not any(one.covers(span) for one in known):
                found.setdefault(key, name)
    return found


def _capitalised(text: str, language: str) -> Iterator[Sighting]:
    """Yield the words with a capital, but for those that only open a sentence."""
    for match in CAPITALISED.finditer(text):
        if not match[0][0].isupper():
            continue
        surface = POSSESSIVE_ENDING.sub("", match[0])
        rare = rarity(surface.casefold(), language)
        opens = SENTENCE_START.search(text[max(0, match.start() - 3) : match.start()])
        if rare >= (1.0 if opens else LEAST_RARITY) and _may_be_name(surface, language):
            sounds = frozenset(
                one for one in sounds_of(surface, language) if len(one) >= FEWEST_CONSONANTS
            )
            weight = rare * _weight_of(min(map(len, sounds), default=0))
            yield fold(surface), Span(*match.span()), FoundName(surface, weight, sounds)


def _may_be_name(surface: str, language: str) -> bool:
    return (
        len(surface) >= SHORTEST_NAME
        and "'" not in surface.replace("’", "'")
        and surface.casefold() not in calendar_words(language)
    )


def _weight_of(consonants: int) -> float:
    return WEIGHT_BY_CONSONANTS.get(consonants, 1.0)


def _unspaced(text: str, language: str) -> Iterator[Sighting]:
    """Yield the foreign names of a Chinese or Japanese text, and the runs of Han that are no words."""
    for pattern in (KATAKANA_NAME, FOREIGN_NAME) if language in UNSPACED else ():
        for match in pattern.finditer(text):
            sound, rare = coarse_sound(match[0]), rarity(match[0], language)
            if len(sound) >= FEWEST_CONSONANTS and rare > LEAST_RARITY:
                name = FoundName(match[0], rare * _weight_of(len(sound)), frozenset(), sound)
                yield fold(match[0]), Span(*match.span()), name
    for match in HAN_RUN.finditer(text) if language in UNSPACED else ():
        for start, end in _unknown_runs(match[0], language):
            span = Span(match.start() + start, match.start() + end)
            name = FoundName(span.of(text), HAN_WEIGHT, frozenset(), is_sure=False)
            yield fold(name.surface), span, name


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


def _places(text: str, language: str) -> Iterator[Sighting]:
    """Yield the countries and cities whose names CLDR has, under one key in all languages."""
    known = _places_of(language if language in {*LANGUAGES, *UNSPACED} else "en")
    for surface, span in _place_words(text, language, known):
        if code := known.get(strip_ending(surface.casefold(), language)):
            yield code, span, FoundName(surface, PLACE_WEIGHT, frozenset())


def _place_words(text: str, language: str, known: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Yield the words that may name a place; where words stand without spaces, the known names."""
    if language in UNSPACED:
        starts = ((surface, text.find(surface)) for surface in known)
        yield from ((name, Span(at, at + len(name))) for name, at in starts if at >= 0)
    else:
        for match in CAPITALISED.finditer(text):
            if match[0][0].isupper():
                yield match[0], Span(*match.span())


@cache
def _places_of(language: str) -> Mapping[str, str]:
    """Return the names of countries and cities in a language, case folded, with their codes."""
    locale = Locale(language)
    names = {name: f"{PLACE_MARK}{code}" for code, name in locale.territories.items() if code.isalpha()}
    cities = {row["form"]: row["city"] for row in read_reference("exonyms")}
    for form, city in cities.items():
        names.setdefault(form, f"{PLACE_MARK}{city}")
    for zone, row in locale.time_zones.items():
        if "city" in row:
            city = zone.rpartition("/")[2].replace("_", " ")
            names.setdefault(row["city"], f"{PLACE_MARK}{cities.get(city, city)}")
    return {
        strip_ending(name.casefold(), language): code
        for name, code in names.items()
        if len(name) > (1 if language in UNSPACED else 3)
    }


def shared_names(
    one: Mapping[str, FoundName],
    other: Mapping[str, FoundName],
    other_sounds: frozenset[str] | None = None,
) -> dict[str, float]:
    """Return the names that two texts share, as the first writes them, with how much each counts.

    The heaviest are matched first, each once. `other_sounds` are the sounds of the other's names, if
    they are known.
    """
    heard = sounds_in(other) if other_sounds is None else other_sounds
    right = [(key, name) for key, name in other.items() if key not in one]
    is_across_scripts = any(name.coarse for _, name in right)
    pairs = [(key, key) for key in one.keys() & other.keys()]
    pairs += [
        (key, match_key)
        for key, name in one.items()
        if key not in other and (is_across_scripts or name.coarse or name.sounds & heard)
        for match_key, match in right
        if _alike(name, match)
    ]
    weighed = {pair: min(one[pair[0]].weight, other[pair[1]].weight) for pair in pairs}
    found: dict[str, str] = {}
    weights = {}
    for pair in sorted(pairs, key=lambda pair: (-weighed[pair], *sorted(pair))):
        surface, match_surface = one[pair[0]].surface, other[pair[1]].surface
        if surface not in found and match_surface not in found.values():
            found[surface], weights[surface] = match_surface, weighed[pair]
    return {
        surface: weights[surface]
        for surface, match_surface in found.items()
        if not _is_part(surface, found) and not _is_part(match_surface, found.values())
    }


def sounds_in(names: Mapping[str, FoundName]) -> frozenset[str]:
    """Return the sounds of all names; most names of another text have none of them."""
    return frozenset(sound for name in names.values() for sound in name.sounds)


def _is_part(surface: str, found: Iterable[str]) -> bool:
    """Return True if a name is a piece of another one that is found too: 柳溪 of 柳溪县."""
    return any(surface != other and surface in other for other in found)


def _alike(one: FoundName, other: FoundName) -> bool:
    if one.sounds & other.sounds:
        return True
    if not one.coarse and not other.coarse:
        return False
    ones, others = coarse_sounds(one), coarse_sounds(other)
    return any(_nearly(a, b) for a in ones for b in others)


def coarse_sounds(name: FoundName) -> frozenset[str]:
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
