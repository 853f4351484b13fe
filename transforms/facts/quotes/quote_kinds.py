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


def kind_of(context: QuoteContext, attribution: Attribution | None) -> QuoteKind:
    """Return the kind of quoted words, from their attribution and the words before them."""
    one, cues = context.quoted, context.cues
    if one.mark == "《":
        return "title"
    if one.pairing is DIALOGUE_DASH:
        return "statement"
    if cues.language in WITHOUT_ARTICLES and cues.compile(IN_TITLE).search(context.opening):
        return "title"
    is_title = _is_title(context)
    if cues.language not in CAPITAL_NOUNS and is_title and _stands_as_title(context, attribution):
        return "title"
    if attribution and (context.is_whole or attribution.rule.is_right_before):
        told_before = attribution.cue in context.opening or _follows(context, "call", 3)
        is_term = attribution.rule.cites_source and context.words < FEWEST_WORDS_OF_TITLE and told_before
        return "scare" if is_term else "statement"
    if _follows(context, "message", 2):
        return "message"
    if is_title and _may_be_title(context, attribution):
        return "title"
    return "scare" if _is_scare(context, attribution) else "statement"


def _stands_as_title(context: QuoteContext, attribution: Attribution | None) -> bool:
    """Return True if words written as a title are part of their sentence: "including “...”"."""
    before = context.opening.rstrip()
    is_near = attribution is not None and attribution.rule.is_right_before
    creates = context.cues.of("creates_work")  # "wrote “...”"
    is_near = is_near and before.rpartition(" ")[2] not in creates
    is_inside = bool(before) and before[-1] not in ",:"
    return context.words >= FEWEST_WORDS_OF_TITLE and is_inside and not is_near


def _may_be_title(context: QuoteContext, attribution: Attribution | None) -> bool:
    """Return True if quoted words follow a word such as "book", or stand alone as titles do."""
    if _follows(context, "title", 3):
        return True
    is_short = FEWEST_WORDS_OF_TITLE <= context.words <= MOST_WORDS_OF_TITLE
    is_alone = attribution is None and not _is_sentence(context)
    return context.cues.language not in CAPITAL_NOUNS and is_alone and is_short


def _is_scare(context: QuoteContext, attribution: Attribution | None) -> bool:
    """Return True if quoted words are a term: a few words without a speaker."""
    if attribution:
        return False
    if HAN_OR_HIRAGANA.search(context.said) and not context.is_whole:
        return context.is_term or not context.opening.endswith(("：", ":", "，"))
    return context.words <= MOST_WORDS_OF_TERM and not _is_sentence(context)


def _follows(context: QuoteContext, kind: str, most: int) -> bool:
    """Return True if a cue stands before quoted words, a few words away: "the book by Doe, “...”"."""
    pattern = context.cues.compile(rf"(?i:\b%{kind}%)(?: \w+){{0,{most}}}$")
    return pattern.search(context.opening.rstrip(" :,(")) is not None


def _is_sentence(context: QuoteContext) -> bool:
    """Return True if quoted words are a separate sentence."""
    is_first = not context.opening.strip()
    return is_first and context.said[0].isupper() and context.said[-1] in ".?!"


def _is_title(context: QuoteContext) -> bool:
    """Return True if quoted words are written as a title: each long word has a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", context.said) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)
