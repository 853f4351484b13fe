"""The cues of quotations in each language, such as verbs of saying, from seeds/languages/*/cues.csv."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from transforms.language.alternatives import any_of
from transforms.language.grammar import languages_with
from transforms.language.reference import read_rows

CAPITAL_NOUNS = languages_with("capital_nouns")
NO_CAPITALS = languages_with("no_capitals")
WITHOUT_ARTICLES = languages_with("without_articles")
VERB_SECOND = languages_with("verb_second")
PRO_DROP = languages_with("pro_drop")
LANGUAGE = "en"  # for a text whose language is unknown or has no cues


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language: sets of words, and patterns of alternatives."""

    language: str
    words: dict[str, frozenset[str]]

    def of(self, *kinds: str) -> frozenset[str]:
        """Return all forms of the given kinds."""
        return _forms(self.language, kinds)

    def ends(self, word: str, kind: str) -> bool:
        """Return True if a word ends in a form of the kind.

        >>> cues_of("sv").ends("polisen", "definite_ending")
        True
        """
        return word.endswith(_endings(self.language, kind))

    def compile(self, template: str) -> re.Pattern[str]:
        """Compile a pattern in which %kind% or %kind|kind% matches any form of the kinds.

        >>> bool(cues_of("en").compile(r"%say|tell% that$").search("he said that"))
        True
        """
        return _compile(self.language, template)


def one_of(forms: Iterable[str]) -> str:
    """Return a regular expression that matches any of the words; without words, it never matches."""
    listed = set(forms)
    return f"(?:{any_of(listed)})" if listed else "(?!)"


@cache
def _forms(language: str, kinds: tuple[str, ...]) -> frozenset[str]:
    words = cues_of(language).words
    return frozenset(form for kind in kinds for form in words.get(kind, ()))


@cache
def _endings(language: str, kind: str) -> tuple[str, ...]:
    return tuple(_forms(language, (kind,)))


@cache
def _compile(language: str, template: str) -> re.Pattern[str]:
    filled = re.sub(
        r"%([\w|]+)%", lambda match: one_of(_forms(language, tuple(match[1].split("|")))), template
    )
    return re.compile(filled)


@cache
def cues_of(language: str | None) -> Cues:
    """Return the cues of a language; the English ones too if it lists no verbs of saying."""
    words: dict[str, set[str]] = {}
    for row in read_rows("cues", language or ""):
        words.setdefault(row["kind"], set()).add(row["form"])
    if not words:
        return cues_of(LANGUAGE)
    own = {kind: frozenset(forms) for kind, forms in words.items()}
    return Cues(str(language), own if "say" in own else cues_of(LANGUAGE).words | own)
