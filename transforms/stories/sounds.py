"""How names sound: one key for the ways in which languages and scripts write one name."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

NAMES_KEPT = 50_000  # with their sounds, since names come again in other articles
# Letters whose sound anyascii loses, by the habits of Polish, Czech, Turkish, German and Russian.
LETTERS = str.maketrans(
    {
        "č": "tch", "ć": "tch", "š": "sh", "ś": "sh", "ş": "sh", "ž": "zh", "ż": "zh", "ź": "zh",
        "ł": "l", "ß": "ss", "ñ": "n", "ç": "s", "ä": "a", "ö": "o", "ü": "u", "ч": "tch", "х": "kh",
        "щ": "shch", "ш": "sh", "ж": "zh", "ц": "ts", "ю": "u", "я": "a", "ё": "e", "й": "", "ь": "",
        "ъ": "", "加": "ga", "基": "ki", "吉": "gi",
    }
)  # fmt: skip
DIGRAPHS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|szcz|schtsch|stsch|tsch|tch|sch|sz|sh|cz|ts|tz|zh|rz|dz|dj", "S"),
        (r"kh|ck|qu|q", "K"),
        (r"ph", "F"),
        (r"th", "T"),
        (r"x", "KS"),
        (r"c(?=[eiy])|[sz]", "S"),
        (r"[ck]", "K"),
        (r"g", "G"),
        (r"[vw]", "V"),
        (r"[aeiouyhj'\- ]+", ""),
    )
)
# What Chinese and Japanese do not tell apart when they write foreign names.
COARSE = str.maketrans({"B": "P", "F": "P", "V": "P", "D": "T", "G": "K", "R": "L"})
OPEN_CH = re.compile(r"(?<![st])(?<!sh)ch")  # German and Polish K, Spanish and English S
SLAVIC_ENDING = re.compile(
    r"(?<=\w{3})(?:owie|owi|ami|emu|iego|ego|iej|ej|em|om|ie|a|u|y|i|ą|ę|e|ого|ому|ами|ом|ем|ым|ой|ей|а|у|ы|и|е|ю|я)$"
)
SLAVIC = frozenset(["pl", "ru", "uk", "cs", "sk", "be", "bg", "hr", "sr", "sl"])


def fold(name: str) -> str:
    """Return a name in small letters of ASCII.

    >>> fold("Łódź"), fold("Домбровский"), fold("北京")
    ('lodz', 'dombrovskiy', 'beijing')
    """
    return anyascii(unicodedata.normalize("NFC", name)).lower()


def strip_ending(name: str, language: str) -> str:
    """Return a name without the ending of its case, in Slavic languages.

    >>> strip_ending("Вольска", "ru"), strip_ending("Wojdyły", "pl"), strip_ending("Lima", "es")
    ('Вольск', 'Wojdył', 'Lima')
    """
    return SLAVIC_ENDING.sub("", name) if language in SLAVIC else name


@lru_cache(maxsize=NAMES_KEPT)
def sounds_of(name: str, language: str) -> frozenset[str]:
    """Return the consonants by which a name is compared: two keys if it has a "ch" of two readings.

    >>> sounds_of("Leszczenko", "pl") == sounds_of("Лещенко", "ru"), sounds_of("Schmidt", "de")
    (True, frozenset({'SMDT'}))
    """
    written = anyascii(strip_ending(name, language).lower().translate(LETTERS)).lower()
    return frozenset(_consonants(OPEN_CH.sub(way, written)) for way in ("k", "s"))


@lru_cache(maxsize=NAMES_KEPT)
def coarse(sound: str) -> str:
    """Return the key without what Chinese and Japanese do not tell apart.

    >>> coarse("KLVTR"), coarse("KRFDL")
    ('KLPTL', 'KLPTL')
    """
    return re.sub(r"(.)\1+", r"\1", sound.translate(COARSE))


def coarse_sound(name: str) -> str:
    """Return the coarse key of a foreign name that is written in Chinese or in katakana.

    >>> coarse_sound("塔尔缅卡"), coarse(min(sounds_of("Talmenka", "en")))
    ('TLMNK', 'TLMNK')
    """
    written = anyascii(name.translate(LETTERS)).lower()
    for spelled, sound in (("sh", "s"), ("ch", "s"), ("zh", "s"), ("j", "s"), ("q", "s"), ("x", "s")):
        written = written.replace(spelled, sound)
    return coarse(_consonants(written))


def _consonants(written: str) -> str:
    for pattern, sound in DIGRAPHS:
        written = pattern.sub(sound, written)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^A-Za-z]", "", written).upper())
