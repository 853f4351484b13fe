"""A quotation with all that its sentence tells of it."""

from dataclasses import dataclass

from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.chinese_japanese import find_eastern
from transforms.facts.quotes.kinds import kind_of
from transforms.facts.quotes.marks import Quoted
from transforms.facts.quotes.surroundings import Place
from transforms.facts.quotes.verb_after import find_verb_after
from transforms.facts.quotes.verb_before import find_verb_before
from transforms.facts.quotes.without_verb import (
    find_according_after,
    find_according_before,
    find_called,
    find_colon_before,
    find_in_document,
    find_sentence_before,
    find_signed,
)
from transforms.language.cues import Cues
from warehouse.schema.tables import QuoteKind


@dataclass(frozen=True, slots=True)
class Told:
    """A quotation with the place of its sentence and the attribution found there."""

    quoted: Quoted
    place: Place
    attribution: Attribution | None
    kind: QuoteKind


def tell(one: Quoted, place: Place, cues: Cues, text: str) -> Told:
    """Return a quotation with its kind and, for a statement, who the sentence says it of."""
    attribution = find_attribution(place, cues)
    kind = kind_of(one, place, attribution, cues, text)
    return Told(one, place, attribution if kind == "statement" else None, kind)


def find_attribution(place: Place, cues: Cues) -> Attribution | None:
    """Return who the sentence says it of, or None where it does not say."""
    if cues.language in ("zh", "ja"):
        return find_eastern(place, cues)
    if document := find_in_document(place, cues):
        return document
    before = find_verb_before(place, cues)
    if before and before.rule.is_right_before:
        return before
    return (
        find_verb_after(place, cues)
        or find_according_after(place, cues)
        or before
        or find_according_before(place, cues)
        or find_called(place, cues)
        or find_signed(place)
        or find_sentence_before(place, cues)
        or find_colon_before(place, cues)
    )
