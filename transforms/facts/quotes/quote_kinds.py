"""Classify quoted words as a statement, a term, a title or a message."""

import re

from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.quote_context import MOST_WORDS_OF_TERM, QuoteContext
from transforms.facts.quotes.rules import DIALOGUE_DASH
from transforms.language.cues import CAPITAL_NOUNS, WITHOUT_ARTICLES
from transforms.language.scripts import HAN_OR_HIRAGANA
from warehouse.schema.vocabulary import QuoteKind

FEWEST_WORDS_OF_TITLE, MOST_WORDS_OF_TITLE = 3, 12  # without a word such as "book" before it
IN_TITLE = r"(?i:\b%title%)(?: [^\W\d_a-zа-я]\w+){0,2},? $"  # фонд «Право», film Anny Nowak, „Sól”
TITLE_LOOKBACK = 3  # words between "the book" and its title


def kind_of(context: QuoteContext, attribution: Attribution | None, text: str) -> QuoteKind:
    """Return the kind of quoted words, from their attribution and the words before them."""
    one, cues = context.quoted, context.cues
    before = context.head.of(context.text).rstrip(" :,(")
    if one.mark == "《":
        return "title"
    if one.pairing is DIALOGUE_DASH:
        return "statement"
    if cues.language in WITHOUT_ARTICLES and cues.compile(IN_TITLE).search(
        context.head.of(context.text)
    ):
        return "title"
    if (
        cues.language not in CAPITAL_NOUNS
        and _is_title(context, text)
        and _stands_as_title(context, attribution)
    ):
        return "title"
    if attribution and (context.is_whole or attribution.rule.is_right_before):
        told_before = attribution.cue in context.head.of(context.text) or _is_called(context)
        is_term = attribution.rule.cites_source and context.words < FEWEST_WORDS_OF_TITLE and told_before
        return "scare" if is_term else "statement"
    if cues.compile(r"(?i:\b%message%)(?: \w+){0,2}$").search(before):
        return "message"
    if _is_title(context, text) and _may_be_title(context, attribution, text):
        return "title"
    return "scare" if _is_scare(context, attribution, text) else "statement"


def _stands_as_title(context: QuoteContext, attribution: Attribution | None) -> bool:
    """Return True if words written as a title are part of their sentence: "including “...”"."""
    before = context.head.of(context.text).rstrip()
    is_near = attribution is not None and attribution.rule.is_right_before
    creates = context.cues.of("creates_work")  # "wrote “...”"
    is_near = is_near and before.rpartition(" ")[2] not in creates
    return (
        context.words >= FEWEST_WORDS_OF_TITLE
        and bool(before)
        and before[-1] not in ",:"
        and not is_near
    )


def _may_be_title(context: QuoteContext, attribution: Attribution | None, text: str) -> bool:
    """Return True if quoted words follow a word such as "book", or stand alone as titles do."""
    before = context.head.of(context.text).rstrip(" :,(")
    if context.cues.compile(rf"(?i:\b%title%)(?: \w+){{0,{TITLE_LOOKBACK}}}$").search(before):
        return True
    is_short = FEWEST_WORDS_OF_TITLE <= context.words <= MOST_WORDS_OF_TITLE
    return (
        context.cues.language not in CAPITAL_NOUNS
        and attribution is None
        and is_short
        and not _is_sentence(context, text)
    )


def _is_scare(context: QuoteContext, attribution: Attribution | None, text: str) -> bool:
    """Return True if quoted words are a term: a few words without a speaker."""
    if (
        attribution is None
        and HAN_OR_HIRAGANA.search(context.quoted.inner.of(text))
        and not context.is_whole
    ):
        return context.is_term or not context.head.of(context.text).endswith(("：", ":", "，"))
    is_short = attribution is None and context.words <= MOST_WORDS_OF_TERM
    return is_short and not _is_sentence(context, text)


def _is_called(context: QuoteContext) -> bool:
    """Return True if quoted words follow a word such as "called"."""
    before = context.head.of(context.text).rstrip(" :,(")
    return bool(context.cues.compile(r"(?i:\b%call%)(?: \w+){0,3}$").search(before))


def _is_sentence(context: QuoteContext, text: str) -> bool:
    """Return True if quoted words are a separate sentence."""
    words = context.quoted.inner.of(text)
    return not context.head.of(text).strip() and words[0].isupper() and words[-1] in ".?!"


def _is_title(context: QuoteContext, text: str) -> bool:
    """Return True if quoted words are written as a title: each long word has a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", context.quoted.inner.of(text)) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)
