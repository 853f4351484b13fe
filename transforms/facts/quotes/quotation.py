"""Read a quotation: its kind, and the attribution in its sentence."""

from dataclasses import dataclass

from transforms.facts.analysis.tokens import MASK
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.before_colon import find_colon_before, find_line_before
from transforms.facts.quotes.chinese import find_chinese
from transforms.facts.quotes.inserted_speakers import find_inserted
from transforms.facts.quotes.other_attributions import (
    find_according_after,
    find_according_before,
    find_called,
    find_in_document,
    find_opinion,
    find_own_view,
    find_signed,
)
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.facts.quotes.quote_kinds import kind_of
from transforms.facts.quotes.rules import SCRIPT_LINE
from transforms.facts.quotes.sentence_before import find_sentence_before
from transforms.facts.quotes.topics import find_topic
from transforms.facts.quotes.unlisted_verbs import find_unlisted_verb
from transforms.facts.quotes.verb_after import find_verb_after
from transforms.facts.quotes.verb_before import find_verb_before
from transforms.language.scripts import UNSPACED
from transforms.language.span import Span
from transforms.language.words import line_start
from warehouse.schema.vocabulary import QuoteKind


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with their context, their attribution and their kind."""

    context: QuoteContext
    attribution: Attribution | None
    kind: QuoteKind


def read_quotation(context: QuoteContext, text: str) -> Quotation:
    """Return a quotation with its kind and, for a statement, its attribution."""
    if context.quoted.pairing is SCRIPT_LINE:
        return Quotation(context, _of_script(text, context), "statement")
    attribution = find_attribution(context)
    if attribution and attribution.subject and attribution.subject.of(context.text).startswith(MASK):
        attribution = None  # the words of another quotation
    attribution = attribution or find_inserted(context, text)
    kind = kind_of(context, attribution)
    return Quotation(context, attribution if kind == "statement" else None, kind)


def _of_script(text: str, context: QuoteContext) -> Attribution:
    """Return who says a line of a script: what stands before its colon."""
    colon = text.rindex(":", 0, context.head.end)
    start = line_start(text, colon)
    return Attribution(Span(start, start + len(text[start:colon].rstrip())), ":", SCRIPT_LINE)


def find_attribution(context: QuoteContext) -> Attribution | None:
    """Return the attribution that the sentence gives, or None."""
    if context.cues.of("topic"):
        return find_topic(context)
    if context.cues.language in UNSPACED:
        return find_chinese(context)
    if document := find_in_document(context):
        return document
    before = find_verb_before(context)
    if before and before.rule.is_right_before:
        return before
    return (
        find_verb_after(context)
        or find_according_after(context)
        or before
        or find_own_view(context)
        or find_according_before(context)
        or find_opinion(context)
        or find_called(context)
        or find_unlisted_verb(context)
        or find_signed(context)
        or find_sentence_before(context)
        or find_colon_before(context)
        or find_line_before(context)
    )
