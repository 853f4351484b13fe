"""Quotations of an article."""

from collections.abc import Sequence

from transforms.facts.annotated_text import AnnotatedText
from transforms.facts.names.entities import Named
from transforms.facts.names.surnames import find_short_names
from transforms.facts.names.without_role import find_plain_names
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.continued import continue_paragraphs, continue_sentences
from transforms.facts.quotes.marks import find_quoted
from transforms.facts.quotes.named_people import Cast, Speaker
from transforms.facts.quotes.quotation import Told, tell
from transforms.facts.quotes.rules import QuoteRule
from transforms.facts.quotes.speakers import resolve_speaker
from transforms.facts.quotes.surroundings import blot_quoted, find_places
from transforms.language.cues import Cues, cues_of
from warehouse.schema.tables import Quote

RELAYING_KINDS = frozenset(["agency", "outlet"])


def find_quotes(article_id: str, annotated: AnnotatedText) -> list[Quote]:
    """Return the quotations of an article.

    The speaker is None where the article does not say or two could be meant. Terms held at a
    distance, titles and messages on a screen are kept, without a speaker.

    >>> from transforms.facts.annotated_text import annotate
    >>> text = "“We will fight,” Xinhua quoted a statement from the ministry as saying."
    >>> (quote,) = find_quotes("0" * 64, annotate(text, []))
    >>> quote.speaker, quote.relayed_by, quote.cue, quote.rule
    ('a statement from the ministry', 'Xinhua', 'quoted', 'quoted_as_saying')
    """
    text, cues = annotated.text, cues_of(annotated.language)
    found = find_quoted(text)
    if not found:
        return []
    blotted = blot_quoted(text, found)
    cast = _cast(text, annotated.named, cues, blotted)
    places = find_places(text, blotted, annotated.sentences, found)
    told = [tell(one, place, cues, text) for one, place in zip(found, places, strict=True)]
    told = continue_sentences(text, told)
    rows = [_to_quote(article_id, i, one, cast) for i, one in enumerate(filter(_is_certain, told))]
    return continue_paragraphs(cast, rows)


def _cast(text: str, named: Sequence[Named], cues: Cues, outside: str) -> Cast:
    """Return whom pronouns and surnames may mean: those named, and others with a given name."""
    people = [*named, *find_plain_names(text, named, cues)]
    shorts = find_short_names(text, people)
    return Cast(
        text,
        sorted([*people, *shorts], key=lambda one: one.span),
        cues,
        frozenset(one.entity.entity_id for one in named),
        outside,
    )


def _is_certain(told: Told) -> bool:
    """Say whether a quotation counts: one that no mark closes does only if someone says it."""
    return told.quoted.pairing is not None or (
        told.attribution is not None and told.attribution.rule.is_right_before
    )


def _to_quote(article_id: str, position: int, told: Told, cast: Cast) -> Quote:
    one = told.attribution
    speaker = resolve_speaker(cast, one.subject) if one and one.subject else None
    relay = _relay(one, cast)
    span = told.quoted.inner
    return Quote(
        article_id=article_id,
        position=position,
        text=span.of(cast.text),
        kind=told.kind,
        speaker=speaker.name if speaker else None,
        speaker_surface=speaker.surface if speaker else None,
        entity_id=_listed(speaker, cast),
        relayed_by=relay.name if relay else None,
        relayed_by_entity_id=_listed(relay, cast),
        cue=one.cue if one else None,
        start_char=span.start,
        end_char=span.end,
        rule=_rule(told).name,
    )


def _rule(told: Told) -> QuoteRule:
    rule = told.attribution.rule if told.attribution else told.quoted.pairing
    assert rule is not None, "_is_certain drops words that no mark closes and nobody says"
    return rule


def _listed(speaker: Speaker | None, cast: Cast) -> str | None:
    """Return the entity of a speaker who is one of the article's mentions."""
    return speaker.entity_id if speaker and speaker.entity_id in cast.ids else None


def _relay(one: Attribution | None, cast: Cast) -> Speaker | None:
    """Return who passes a quotation on; those whom it is told do only if they are a news outlet."""
    if one is None or one.relay is None:
        return None
    relay = resolve_speaker(cast, one.relay)
    if one.rule.names_relay:
        return relay
    kinds = {named.entity.kind for named in cast.inside(one.relay)}
    return relay if relay and relay.entity_id and kinds & RELAYING_KINDS else None
