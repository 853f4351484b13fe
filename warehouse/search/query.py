"""What somebody typed into the search box: words, phrases, and filters such as site:a.example."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from warehouse.search.words import compose, fold, split_words

FIELDS = ("site", "language", "year", "said", "names", "story", "before", "after", "has", "is")
PART = re.compile(
    rf"(?P<no>-)?(?:(?P<field>{'|'.join(FIELDS)}):)?"
    r'(?:["“”](?P<exact>[^"“”]*)["“”]|(?P<word>[^\s"“”]+))'
)
MOST_TERMS, MOST_CHARACTERS = 20, 500


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together, the last open-ended if `is_prefix`; none of them if `is_not`."""

    text: str
    is_prefix: bool = False
    is_not: bool = False

    def match(self) -> str:
        """Return the term in SQLite's language, empty if it has no word."""
        words = list(split_words(fold(compose(self.text))))
        tokens: list[str] = []
        for place, (word, is_run) in enumerate(words):
            is_last = place == len(words) - 1
            pairs = [word[i : i + 2] for i in range(len(word))] if is_run else [word]
            tokens += pairs[:-1] if is_run and is_last and len(pairs) > 1 else pairs
        if not tokens:
            return ""
        is_open = self.is_prefix or (words[-1][1] and len(words[-1][0]) == 1)
        return f'"{" ".join(tokens)}"' + (" *" if is_open else "")

    def pattern(self) -> str:
        """Return a regular expression that finds the term in folded text, empty if it has no word."""
        parts = []
        for word, is_run in split_words(fold(compose(self.text))):
            parts.append(re.escape(word) if is_run else rf"(?<!\w){re.escape(word)}")
        if not parts:
            return ""
        ends_open = self.is_prefix or parts[-1][0] != "("
        return r"\W*".join(parts) + ("" if ends_open else r"(?!\w)") + (r"\w*" if self.is_prefix else "")


@dataclass(frozen=True)
class Query:
    """Terms that must all be found, and filters: a field with the values of which one must hold."""

    terms: tuple[Term, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]

    @cached_property
    def match(self) -> str:
        """The terms in SQLite's language, empty if there are none."""
        wanted = [found for term in self.terms if not term.is_not and (found := term.match())]
        unwanted = [found for term in self.terms if term.is_not and (found := term.match())]
        told = " AND ".join(wanted)
        return f"({told}) NOT ({' OR '.join(unwanted)})" if told and unwanted else told

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds any of the terms in folded text; None if there are none."""
        found = [part for term in self.terms if not term.is_not and (part := term.pattern())]
        return re.compile("|".join(found)) if found else None


def parse(text: str) -> Query:
    """Return what a text asks for; every text asks for something, none is an error.

    >>> query = parse('account* "chat apps" site:a.example -sport')
    >>> query.match
    '("account" * AND "chat apps") NOT ("sport")'
    >>> query.filters
    (('site', ('a.example',)),)
    """
    terms: list[Term] = []
    filters: dict[str, list[str]] = {}
    for field, value, is_exact, is_not in _parts(text[:MOST_CHARACTERS]):
        if field:
            filters.setdefault(field, []).append(value)
        else:
            is_prefix = value.endswith("*") and not is_exact
            terms.append(Term(value.rstrip("*"), is_prefix, is_not))
    return Query(
        tuple(terms[:MOST_TERMS]), tuple((name, tuple(values)) for name, values in filters.items())
    )


def _parts(text: str) -> Iterator[tuple[str | None, str, bool, bool]]:
    for part in PART.finditer(text):
        value = part["exact"] if part["exact"] is not None else part["word"]
        if value.strip():
            yield part["field"], value.strip(), part["exact"] is not None, bool(part["no"])
