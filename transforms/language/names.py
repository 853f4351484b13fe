"""Patterns of personal names, and the words that occur in them, before them, or never."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from transforms.language.cues import cues_of
from transforms.language.reference import read_column, read_mapping, read_reference

PARTICLES = (
    "de|da|del|della|dei|degli|di|do|dos|das|du|la|le|van|von|zu|der|den|ten|ter|te|"
    "bin|bint|al|el|ibn|av|af"
)
# Letters of Latin, Greek, Cyrillic and Armenian; other scripts have no capitals.
CASED = (*range(0x41, 0x590), *range(0x1E00, 0x2000))
LOWER = "".join(chr(code) for code in CASED if chr(code).islower())
UPPER = "".join(chr(code) for code in CASED if chr(code).isupper())
SIGNS_OF_VOWELS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e"
CAPITAL = rf"[^\W\d_{LOWER}]"
NAME_WORD = rf"{CAPITAL}[\w'’\-]*[^\W\d_]"
# The same, but not inside a word; a search skips fast to the capital with which it begins.
WHOLE_NAME_WORD = rf"{CAPITAL}(?<![\w-]{CAPITAL})[\w'’\-]*[^\W\d_]"
PART = rf"(?:{NAME_WORD}|[A-Z]\.(?:[A-Z]\.)?)"
POSSESSIVE = ("'s", "’s", "s'", "s’")  # "Doe's" and "the police officers'"
INITIAL = re.compile(r"[A-Z]\.")
FULL_NAME = rf"{PART}(?: (?:(?:{PARTICLES}) )*(?:d['’])?{PART}){{1,3}}(?:, [JS]r\b\.?|(?<= [JS]r)\.)?"
HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Sra|Srta|Dr|Dra|Prof|Sir|Dame|Lord|Lady|Herr|Frau|"
    r"Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|dr|prof|mr|drs|ir|ing|dott|avv|mec)\b\.?"
)


def has_capitals(text: str) -> bool:
    """Return True if the first sign of a text is of a script with capitals.

    >>> has_capitals("Jane"), has_capitals("서울")
    (True, False)
    """
    return text[:1].upper() != text[:1].lower()


@cache
def roles() -> frozenset[str]:
    """Return the words for roles ("analyst"), case folded."""
    return frozenset(role.casefold() for role in read_column("roles", "role"))


@cache
def _role_ending() -> re.Pattern[str]:
    """Return a pattern of the endings of German roles: "Teamkollege", "Verdi-Sprecherin"."""
    return cues_of("de").compile(r"%role_ending%(?:e[rn]?|in|innen)?$")


@lru_cache(maxsize=20_000)
def is_role(word: str) -> bool:
    """Return True if a word is a role ("analyst")."""
    return word.casefold() in roles() or bool(_role_ending().search(word.casefold()))


@cache
def given_names() -> dict[str, str]:
    """Return given names with their gender: "m", "f", or empty if both use the name."""
    return read_mapping("given_names", "name", "gender")


def is_given_name(word: str) -> bool:
    """Return True if a word is a given name or begins with one ("Jean-Marie")."""
    return word.split("-")[0] in given_names()


def has_given_name(words: Iterable[str]) -> bool:
    """Return True if a given name is among the words."""
    return any(word in given_names() for word in words)


def common_words() -> frozenset[str]:
    """Return the most common words of all languages, case folded."""
    return read_column("common_words", "word")


@cache
def not_in_names() -> frozenset[str]:
    """Return words that begin sentences or names of places and firms, but never a person's name."""
    rows = read_reference("cues")
    return frozenset(row["form"] for row in rows if row["kind"] == "not_in_name")


@cache
def plain_words() -> frozenset[str]:
    """Return words that can be capitalised but are never in personal names."""
    return common_words() | not_in_names()


def is_no_name(word: str) -> bool:
    """Return True if a capitalised word is not a name: a role, or the first word of a sentence."""
    return word.isupper() or is_role(word) or word.casefold() in plain_words()


def stands_before_name(word: str) -> bool:
    """Return True if a capitalised word comes before a name and is not part of it."""
    return (
        word.casefold() in roles()
        or (word.endswith("ly") and word not in given_names())
        or word.casefold() in not_in_names()
        or bool(re.fullmatch(HONORIFIC, word))
    )


def possessive_of(name: str) -> str:
    """Return the possessive ending of a name ("'s"), or an empty string."""
    return name[-2:] if name.endswith(("'s", "’s")) else ""


def surname_of(name: str) -> str:
    """Return the surname: the first word of a Chinese name, the last word of others.

    >>> surname_of("Qiao Mu"), surname_of("Mark Natkin"), surname_of("Kai-Fu Lee")
    ('Qiao', 'Natkin', 'Lee')
    """
    words = name.split()
    return words[0] if words[0] in read_column("surnames", "surname") else words[-1]
