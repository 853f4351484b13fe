"""Extract all facts of one article: quotations, figures, mentions of entities, and new persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.facts.annotated_text import annotate
from transforms.facts.names.chinese_persons import find_chinese_persons
from transforms.facts.names.entities import KnownEntities, Named
from transforms.facts.names.introduced_persons import find_candidates
from transforms.facts.names.surnames import find_short_names
from transforms.facts.quantities.find_quantities import find_quantities
from transforms.facts.quotes.find_quotes import find_quotes
from warehouse.schema.rows.facts import Candidate, Mention, Quantity, Quote


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows extracted from one article; `candidates` are introduced persons who are in no list."""

    quotes: tuple[Quote, ...]
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]


def extract_facts(
    article_id: str, text: str, known: KnownEntities, language: str | None = "en"
) -> Facts:
    """Return the facts of an article from its text, in which each line is a paragraph.

    `language` is an ISO 639-1 code; None or "und" is read as English. All spans count characters of
    `text` from 0 and exclude the end. The same text always gives the same rows.


    >>> from transforms.facts.names.entities import read_entities
    >>> text = "WeChat has 300 million users, said Jane Doe, an analyst. “It grows,” Doe said."
    >>> facts = extract_facts("0" * 64, text, read_entities())
    >>> [mention.entity_id for mention in facts.mentions], facts.quotes[0].speaker
    (['wechat', 'jane-doe', 'jane-doe'], 'Jane Doe')
    """
    named = find_named(text, known, language)
    annotated = annotate(text, named, language)
    return Facts(
        quotes=tuple(find_quotes(article_id, annotated)),
        quantities=tuple(find_quantities(article_id, annotated)),
        mentions=tuple(_mentions(article_id, text, named)),
        candidates=_candidates(article_id, named),
    )


def find_named(text: str, known: KnownEntities, language: str | None = None) -> list[Named]:
    """Return all names in a text: known entities, persons it introduces, and their surnames alone."""
    named = known.find(text, language)
    named = [*named, *find_candidates(text, named, language)]
    named += find_chinese_persons(text, named, language)
    return sorted([*named, *find_short_names(text, named)], key=lambda one: one.span)


def _mentions(article_id: str, text: str, named: Sequence[Named]) -> Iterable[Mention]:
    for position, one in enumerate(named):
        yield Mention(
            article_id, position, one.entity.entity_id, one.span.of(text), one.span.start, one.span.end
        )


def _candidates(article_id: str, named: Iterable[Named]) -> tuple[Candidate, ...]:
    found = {one.entity.entity_id: one.entity for one in named if one.entity.is_candidate}
    return tuple(Candidate(article_id, found[key].entity_id, found[key].name) for key in sorted(found))
