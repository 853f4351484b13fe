"""What names are made of: their patterns, and the words that are in them, before them or never."""

import re
from collections.abc import Iterable
from functools import cache

from transforms.language.cues import cues_of
from transforms.language.reference import read_column, read_reference

PARTICLES = "de|da|del|della|di|do|dos|du|la|le|van|von|der|den|bin|bint|al|el|ter|ibn"
NAME_WORD = r"[^\W\d_a-zß-öø-ÿа-я][\w'’\-]*[^\W\d_]"
PART = rf"(?:{NAME_WORD}|[A-Z]\.(?:[A-Z]\.)?)"
POSSESSIVE = ("'s", "’s", "s'", "s’")  # "Doe's" and "the police officers'"
INITIAL = re.compile(r"[A-Z]\.")
FULL_NAME = rf"{PART}(?: (?:(?:{PARTICLES}) )*{PART}){{1,3}}(?:, [JS]r\b\.?|(?<= [JS]r)\.)?"
HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Herr|Frau|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev)\b\.?"
)


@cache
def roles() -> frozenset[str]:
    """Return the words that say what someone is, without case."""
    return frozenset(role.casefold() for role in read_column("roles", "role"))


@cache
def _role_ending() -> re.Pattern[str]:
    """Return how German roles end, compounds without end: "Teamkollege", "Verdi-Sprecherin"."""
    return cues_of("de").compile(r"%role_ending%(?:e[rn]?|in|innen)?$")


def is_role(word: str) -> bool:
    """Return True if a word says what someone is."""
    return word.casefold() in roles() or bool(_role_ending().search(word.casefold()))


@cache
def given_names() -> dict[str, str]:
    """Return given names, with m or f for those that only men or only women bear."""
    return {row["name"]: row["gender"] for row in read_reference("given_names")}


def is_given_name(word: str) -> bool:
    """Return True if a word is a given name, or opens with one ("Jean-Marie")."""
    return word.split("-")[0] in given_names()


def has_given_name(words: Iterable[str]) -> bool:
    """Return True if a given name is among the words."""
    return any(word in given_names() for word in words)


def common_words() -> frozenset[str]:
    """Return words that are in every text of a language, without case."""
    return read_column("common_words", "word")


@cache
def not_in_names() -> frozenset[str]:
    """Return words that open a sentence or a place's or a firm's name, and are in no one's name."""
    return cues_of("en").of("not_in_name")


@cache
def plain_words() -> frozenset[str]:
    """Return words that may have a capital and be in no one's name all the same."""
    return common_words() | not_in_names()


def is_no_name(word: str) -> bool:
    """Return True if a word with a capital says what someone is, or opens a sentence."""
    return word.isupper() or is_role(word) or word.casefold() in plain_words()


def stands_before_name(word: str) -> bool:
    """Return True if a capitalised word stands before a name rather than in it."""
    return (
        word.casefold() in roles()
        or (word.endswith("ly") and word not in given_names())
        or word.casefold() in not_in_names()
        or bool(re.fullmatch(HONORIFIC, word))
    )


def possessive_of(name: str) -> str:
    """Return the 's that a name ends with, or nothing."""
    return name[-2:] if name.endswith(("'s", "’s")) else ""


def surname_of(name: str) -> str:
    """Return the surname: the first word of a Chinese name, the last of others.

    >>> surname_of("Qiao Mu"), surname_of("Mark Natkin"), surname_of("Kai-Fu Lee")
    ('Qiao', 'Natkin', 'Lee')
    """
    words = name.split()
    return words[0] if words[0] in read_column("surnames", "surname") else words[-1]
