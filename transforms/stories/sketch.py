"""Reduce an article to what it can share with others: words, figures, quotations, names, date."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import combinations

from rensa import RMinHash

from transforms.facts.extract import Facts
from transforms.facts.quantities.rules import QUANTITY_RULE_OF
from transforms.language.names import common_words
from warehouse.schema.tables import Article, Quantity, Quote

SHINGLE = 5  # words; unrelated texts share shorter runs
PASSAGE = 6  # words of a quotation that two articles must share; five-word phrases are idioms
PERMUTATIONS = 128
ROWS_A_BAND = 4  # 32 bands: pairs that share half of their runs meet with probability 0.87, a fifth 0.05
SEED = 20140527
SMALLEST_FIGURE = 10  # "two men" and "five years" occur in any article
STORY_WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r"[^\W\d_]{4,}")
TELLING_KINDS = frozenset(["person", "organisation"])
MOST_STRONG = 24  # names and figures whose pairs are lookup keys


@dataclass(frozen=True)
class Sketch:
    """The features of an article that are compared for stories."""

    article_id: str
    day: date | None
    text: str
    passages: frozenset[str]
    figures: frozenset[tuple[float, str]]
    entities: frozenset[str]
    terms: frozenset[str]
    kinds: Mapping[str, str]

    @cached_property
    def digest(self) -> list[int]:
        """The MinHash of the text's runs of words."""
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        minhash.update(shingles(self.text, SHINGLE))
        return list(minhash.digest())

    def lookup_keys(self) -> list[str]:
        """Return the lookup keys, by which articles about the same events can be found.

        Two articles with a common key are compared: a band of their MinHash, a passage of a quotation,
        or a pair of names or figures.
        """
        bands = (
            _key("band", at, *self.digest[at : at + ROWS_A_BAND])
            for at in range(0, PERMUTATIONS, ROWS_A_BAND)
        )
        passages = (_key("passage", passage) for passage in self.passages)
        names = {name for name in self.entities if self.kinds.get(name) in TELLING_KINDS}
        exact = (f"{value:.15g} {unit}" for value, unit in self.figures if significant_digits(value) > 2)
        strong = sorted([*names, *exact])[:MOST_STRONG]
        pairs = (_key("pair", *pair) for pair in combinations(strong, 2))
        return sorted({*bands, *passages, *pairs})


def significant_digits(value: float) -> int:
    """Return the number of significant digits of a figure.

    >>> significant_digits(300e6), significant_digits(662e6), significant_digits(12.5)
    (1, 3, 3)
    """
    return len(f"{abs(value):.15g}".split("e")[0].replace(".", "").strip("0"))


def _key(*parts: object) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def shingles(text: str, size: int) -> list[str]:
    """Return a text's runs of `size` words, case folded and without punctuation.

    >>> shingles("We will firmly fight!", 3)
    ['we will firmly', 'will firmly fight']
    """
    words = STORY_WORD.findall(text.casefold())
    return [" ".join(words[at : at + size]) for at in range(max(1, len(words) - size + 1))]


def make_sketch(article: Article, facts: Facts, known: Mapping[str, str]) -> Sketch:
    """Return the sketch of an article; `known` maps the ids of known entities to their kinds."""
    names = frozenset(mention.entity_id for mention in facts.mentions)
    kinds = {name: known.get(name, "person") for name in names}
    return Sketch(
        article_id=article.article_id,
        day=article.published_on if article.published_precision == "day" else None,
        text=article.text,
        passages=frozenset(passage for quote in facts.quotes for passage in _passages(quote)),
        figures=frozenset(filter(None, map(_figure, facts.quantities))),
        entities=names,
        terms=frozenset(set(TERM.findall(article.text.casefold())) - common_words()),
        kinds=kinds,
    )


def _passages(quote: Quote) -> list[str]:
    if quote.kind != "statement" or len(STORY_WORD.findall(quote.text)) < PASSAGE:
        return []
    return shingles(quote.text, PASSAGE)


def _figure(one: Quantity) -> tuple[float, str] | None:
    is_telling = one.unit and abs(one.value) > SMALLEST_FIGURE and QUANTITY_RULE_OF[one.rule].is_exact
    return (one.value, one.unit.casefold()) if is_telling and one.unit else None
