"""What an article can share with another one: words, names, figures, days, quotations, its text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, combinations, product
from typing import Any
from zlib import crc32

import numpy as np
from rensa import RMinHash

from transforms.facts.extract import Facts
from transforms.language.detect import UNSURE
from transforms.language.scripts import HAN, HIRAGANA, KATAKANA, UNSPACED
from transforms.language.span import Span
from transforms.language.words import runs_of
from transforms.stories.concepts import find_concepts, weigh_concepts
from transforms.stories.days import named_days
from transforms.stories.figures import find_figures
from transforms.stories.names import PLACE_MARK, FoundName, coarse_sounds, find_names, sounds_in
from transforms.stories.rarity import rarity, split_unspaced
from warehouse.schema.rows.articles import Article
from warehouse.schema.rows.facts import Quote

SHINGLE = 5  # words; shorter runs are shared by texts that have nothing to do with each other
PASSAGE = 6  # words of a quotation that two articles must share; five-word phrases are idioms
PERMUTATIONS = 128
ROWS_A_BAND = 4  # 32 bands: pairs that share half of their runs meet with probability 0.87, a fifth 0.05
SEED = 20140527
OF_WORD, OF_TERM = r"[^\W_]", r"[^\W\d_]"
SHORTEST_TERM = 4
UNSPACED_RUN = re.compile(f"[{HAN}{HIRAGANA}{KATAKANA}]+")
STEM = 6  # letters of a word that its cases and numbers share
# News tells who, what, where and when first; what a long text says later it shares with many by chance.
LEAD, LEAD_UNSPACED = 2000, 800  # characters
LEAST_RARITY = 0.3  # of a word that counts; rarer than one in 8,000
# Keys: an article is looked up by its rarest things, so that their number does not grow with its length.
MOST_NAMES, MOST_FIGURES, MOST_TERMS, MOST_PASSAGES = 8, 5, 7, 24
MOST_ENTITIES, MOST_DAYS = 8, 3
MOST_CONCEPTS, MOST_PLACES, DAYS_OF_EVENT = 3, 2, 3
LEAST_WEIGHT = 0.4  # of a name or figure that makes a key
RUN_TYPE = np.uint32
RunNumbers = np.ndarray[Any, np.dtype[RUN_TYPE]]


@dataclass(frozen=True, eq=False)
class Sketch:
    """An article as far as stories are concerned; what it can share is weighted from 0 to 1.

    `runs` are the text's runs of words as numbers without repetition, in order, and `min_hash` is their
    MinHash.
    """

    article_id: str
    day: date | None
    language: str
    runs: RunNumbers
    min_hash: tuple[int, ...]
    passages: frozenset[str]
    figures: Mapping[float, float]
    names: Mapping[str, FoundName]
    entities: frozenset[str]
    terms: Mapping[str, float]
    days: frozenset[str]
    concepts: frozenset[str]

    # What a comparison needs of one article, kept since it is compared with many.
    @cached_property
    def sure_names(self) -> Mapping[str, FoundName]:
        """The names that are surely names; within a language words do for the others."""
        return {key: name for key, name in self.names.items() if name.is_sure}

    @cached_property
    def name_sounds(self) -> frozenset[str]:
        """The sounds of all names."""
        return sounds_in(self.names)

    @cached_property
    def names_weight(self) -> float:
        """The sum of the weights of the names that are surely names."""
        return sum(name.weight for name in self.sure_names.values())

    @cached_property
    def figures_weight(self) -> float:
        """The sum of the weights of the figures."""
        return sum(self.figures.values())

    @cached_property
    def concepts_weight(self) -> float:
        """The sum of the weights of the concepts."""
        return sum(weigh_concepts(self.concepts).values())

    @cached_property
    def terms_squared(self) -> float:
        """The sum of the squares of the weights of the rare words."""
        return sum(weight * weight for weight in self.terms.values())

    def lookup_keys(self) -> list[str]:
        """Return the keys under which articles are looked up that may report the same events.

        One key in common makes two articles a pair to compare: a band of their MinHash, a passage
        of a quotation, two rare things together, or a place with what happened there in some days.
        """
        bands = (
            _key("band", at, *self.min_hash[at : at + ROWS_A_BAND])
            for at in range(0, PERMUTATIONS, ROWS_A_BAND)
        )
        passages = sorted(_key("passage", passage) for passage in self.passages)[:MOST_PASSAGES]
        return sorted({*bands, *passages, *self._pair_keys(), *self._event_keys()})

    def _pair_keys(self) -> Iterator[str]:
        names = _rarest(
            {sound: one.weight for one in self.names.values() for sound in coarse_sounds(one)}
        )
        figures = _rarest({f"{value:.15g}": weight for value, weight in self.figures.items()})
        strong = sorted({*names[:MOST_NAMES], *figures[:MOST_FIGURES]})
        entities, days = sorted(self.entities)[:MOST_ENTITIES], sorted(self.days)[:MOST_DAYS]
        terms = sorted(_rarest(self.terms)[:MOST_TERMS])
        for things in (
            *combinations(strong, 2),
            *product(strong, [*entities, *days]),
            *((*pair, day) for pair in combinations(entities, 2) for day in days),
            *combinations(terms, 2),
        ):
            yield _key("together", *things)

    def _event_keys(self) -> Iterator[str]:
        """Yield keys of what happened where and when; the days of two articles may differ by some."""
        if not self.day:
            return
        concepts = _rarest(weigh_concepts(self.concepts), least=0)[:MOST_CONCEPTS]
        places = sorted(one for one in self.names if one.startswith(PLACE_MARK))[:MOST_PLACES]
        first = self.day.toordinal() // DAYS_OF_EVENT
        for things in product(concepts, places, (first, first + 1)):
            yield _key("event", *things)


def _rarest(weighed: Mapping[str, float], least: float = LEAST_WEIGHT) -> list[str]:
    telling = (thing for thing, weight in weighed.items() if weight >= least)
    return sorted(telling, key=lambda thing: (-weighed[thing], -len(thing), thing))


def _key(*parts: object) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def shingles(text: str, size: int) -> list[bytes]:
    """Return a text's runs of so many words, without case or punctuation.

    >>> shingles("We will firmly fight!", 3)
    [b'we will firmly', b'will firmly fight']
    """
    joined = " ".join(runs_of(text.casefold(), OF_WORD)).encode("utf-8", "surrogatepass")
    words = joined.split(b" ")
    if len(words) <= size:
        return [joined]
    starts = list(accumulate(map((1).__add__, map(len, words)), initial=0))
    return [joined[start : end - 1] for start, end in zip(starts, starts[size:], strict=False)]


def read_runs(text: str, language: str) -> list[bytes]:
    """Return a text's runs of five words; of ten characters where words have no spaces."""
    if language not in UNSPACED:
        return shingles(text, SHINGLE)
    letters = "".join(runs_of(text, OF_WORD))
    starts = range(max(1, len(letters) - 2 * SHINGLE + 1))
    return [letters[at : at + 2 * SHINGLE].encode("utf-8", "surrogatepass") for at in starts]


def number_of(thing: str) -> int:
    """Return a number of 32 bits for some words, the same in every process."""
    return crc32(thing.encode("utf-8", "surrogatepass"))


def _number(runs: Sequence[bytes]) -> RunNumbers:
    """Return runs as numbers; of two texts of 10,000 runs, one in 43 shares a number by chance."""
    return np.array(sorted(set(map(crc32, runs))), RUN_TYPE)


def _min_hash(runs: list[bytes]) -> tuple[int, ...]:
    made = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    made.update(runs)
    return tuple(made.digest())


def make_sketch(article: Article, facts: Facts, known: Mapping[str, str]) -> Sketch:
    """Return the sketch of an article from its facts; `known` gives the kinds of the known entities."""
    day = article.published_on if article.published_precision == "day" else None
    language = article.language or UNSURE
    lead = read_lead(article.text, language)
    mentions = [one for one in facts.mentions if one.entity_id in known and one.end_char <= len(lead)]
    spans = tuple(Span(one.start_char, one.end_char) for one in mentions)
    quantities = [one for one in facts.quantities if one.end_char <= len(lead)]
    runs = read_runs(article.text, language)
    return Sketch(
        article_id=article.article_id,
        day=day,
        language=language,
        runs=_number(runs),
        min_hash=_min_hash(runs),
        passages=frozenset(passage for quote in facts.quotes for passage in _passages(quote)),
        figures=find_figures(lead, quantities, day),
        names=find_names(lead, language, spans),
        entities=frozenset(one.entity_id for one in mentions),
        terms=dict(_terms(lead, language)),
        days=named_days(lead, language, day),
        concepts=find_concepts(lead, language),
    )


def read_lead(text: str, language: str) -> str:
    """Return the part of a text by whose words, names and figures it is compared."""
    return text[: LEAD_UNSPACED if language in UNSPACED else LEAD]


def _passages(quote: Quote) -> list[str]:
    if quote.kind != "statement" or len(runs_of(quote.text, OF_WORD)) < PASSAGE:
        return []
    return [passage.decode("utf-8", "surrogatepass") for passage in shingles(quote.text, PASSAGE)]


def _terms(text: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield the stems of a text's rare words, with how rare each word is."""
    words = {word for word in runs_of(text.casefold(), OF_TERM) if len(word) >= SHORTEST_TERM}
    if language in UNSPACED:
        runs = UNSPACED_RUN.findall(text)
        words = {word for run in runs for word in split_unspaced(run, language) if len(word) > 1}
    for word in sorted(words):
        if (weight := rarity(word, language)) >= LEAST_RARITY:
            yield word[:STEM], weight
