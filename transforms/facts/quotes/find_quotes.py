"""Find the quotations of an article, with their speakers."""

from collections.abc import Sequence

from transforms.facts.annotated_text import AnnotatedText
from transforms.facts.names.entities import Named
from transforms.facts.names.full_names import find_plain_names
from transforms.facts.names.surnames import find_short_names
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.continued import continue_paragraphs, continue_sentences
from transforms.facts.quotes.dialogue_dashes import with_dialogue
from transforms.facts.quotes.named_people import NamedPeople, Speaker
from transforms.facts.quotes.pronouns import fits_verb
from transforms.facts.quotes.quotation import Quotation, read_quotation
from transforms.facts.quotes.quotation_marks import find_quoted
from transforms.facts.quotes.quote_context import blot_quoted, find_contexts
from transforms.facts.quotes.rules import QuoteRule
from transforms.facts.quotes.speakers import resolve_pronoun, resolve_speaker
from transforms.language.cues import PRO_DROP, Cues, cues_of
from warehouse.schema.rows.facts import Quote

RELAYING_KINDS = frozenset(["agency", "outlet"])


def find_quotes(article_id: str, annotated: AnnotatedText) -> list[Quote]:
    """Return the quotations of an article.

    The speaker is None if the article does not name one or it is ambiguous. Terms in quotation marks,
    titles and messages on a screen are returned too, without a speaker.

    >>> from transforms.facts.annotated_text import annotate
    >>> text = "“We will fight,” Xinhua quoted a statement from the ministry as saying."
    >>> (quote,) = find_quotes("0" * 64, annotate(text, []))
    >>> quote.speaker, quote.relayed_by, quote.cue, quote.rule
    ('a statement from the ministry', 'Xinhua', 'quoted', 'quoted_as_saying')
    """
    text, cues = annotated.text, cues_of(annotated.language)
    found = with_dialogue(text, find_quoted(text), cues)
    if not found:
        return []
    blotted = blot_quoted(text, found)
    people = _named_people(text, annotated.named, cues, blotted)
    contexts = find_contexts(text, blotted, annotated.sentences, found, cues)
    quotations = continue_sentences(text, [read_quotation(one, text) for one in contexts])
    rows = [
        _to_quote(article_id, i, one, people) for i, one in enumerate(filter(_is_certain, quotations))
    ]
    return continue_paragraphs(people, rows)


def _named_people(text: str, named: Sequence[Named], cues: Cues, outside: str) -> NamedPeople:
    """Return the persons whom pronouns and surnames can mean: entities, and others with a full name."""
    persons = [*named, *find_plain_names(text, named, cues)]
    shorts = find_short_names(text, persons)
    return NamedPeople(
        text,
        sorted([*persons, *shorts], key=lambda one: one.span),
        cues,
        frozenset(one.entity.entity_id for one in named),
        outside,
    )


def _is_certain(quotation: Quotation) -> bool:
    """Return True if a quotation is certain: one without a closing mark needs a speaker."""
    return quotation.context.quoted.pairing is not None or (
        quotation.attribution is not None and quotation.attribution.rule.is_right_before
    )


def _to_quote(article_id: str, position: int, quotation: Quotation, people: NamedPeople) -> Quote:
    one = quotation.attribution
    speaker = resolve_speaker(people, one.subject) if one and one.subject else None
    if one and not one.subject and people.cues.language in PRO_DROP and one.rule.can_continue:
        speaker = resolve_pronoun(people, quotation.context.quoted.outer.start, "")
        if speaker.name and not fits_verb(people, speaker.name, one.cue):
            speaker = None
    relay = _relay(one, people)
    span = quotation.context.quoted.inner
    return Quote(
        article_id=article_id,
        position=position,
        text=span.of(people.text),
        kind=quotation.kind,
        speaker=speaker.name if speaker else None,
        # The words are empty where the language leaves a subject out: «...», aseguró.
        speaker_surface=(speaker.surface or None) if speaker else None,
        entity_id=_listed(speaker, people),
        relayed_by=relay.name if relay else None,
        relayed_by_entity_id=_listed(relay, people),
        cue=one.cue if one else None,
        start_char=span.start,
        end_char=span.end,
        rule=_rule(quotation).name,
    )


def _rule(quotation: Quotation) -> QuoteRule:
    rule = quotation.attribution.rule if quotation.attribution else quotation.context.quoted.pairing
    assert rule is not None, "_is_certain drops quotations without a closing mark or a speaker"
    return rule


def _listed(speaker: Speaker | None, people: NamedPeople) -> str | None:
    """Return the entity of a speaker who is one of the article's mentions."""
    return speaker.entity_id if speaker and speaker.entity_id in people.ids else None


def _relay(one: Attribution | None, people: NamedPeople) -> Speaker | None:
    """Return the source that relays a quotation; a listener counts only if it is a news outlet."""
    if one is None or one.relay is None:
        return None
    relay = resolve_speaker(people, one.relay)
    if one.rule.names_relay:
        return relay
    kinds = {named.entity.kind for named in people.inside(one.relay)}
    return relay if relay.entity_id and kinds & RELAYING_KINDS else None
