"""Find noun phrases that can be subjects by their first word, in languages with the verb second."""

from collections.abc import Sequence

from transforms.facts.analysis.figure_phrases import noun_phrase
from transforms.facts.analysis.phrase_ends import end_of_phrase
from transforms.facts.analysis.predicates import is_time
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token
from transforms.language.span import Span

LONGEST_ANTECEDENT = 6  # words
HYPHENS = ("-", "\u2011")


def is_in_noun(sentence: Sentence, at: int, figure: Span) -> bool:
    """Return True for a part of a noun phrase: "der 200-Meter-Lauf", "das 2 Meter lange Boot"."""
    after = sentence.text[figure.end : figure.end + 2]
    if after[:1] in HYPHENS and after[1:].isalpha():
        return True
    before = sentence.tokens[at - 1] if at else None
    if before is None or (before.has("genitive", "comparing") and not _is_relative(sentence, at - 1)):
        return before is not None  # "einer der 14 Abgeordneten", "schneller als 3 andere"
    rest = sentence.tokens[sentence.index_from(figure.end) :][:2]
    is_described = len(rest) > 1 and rest[0].text.islower() and rest[1].is_capital
    is_article = before.has("nominative", "oblique")
    return is_described and is_article and sentence.cues.ends(rest[0].text, "attribute_ending")


def _is_relative(sentence: Sentence, at: int) -> bool:
    """Return True for an article behind a comma, which is a relative pronoun."""
    tokens = sentence.tokens
    return at > 0 and tokens[at - 1].has("comma") and tokens[at].has("relative_article")


def is_pronoun(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a pronoun that is a subject: "er", "ihr", but for "ihr Hund"."""
    if at >= len(tokens) or not tokens[at].has("subject_pronoun"):
        return False
    is_owner = tokens[at].has("determiner") and at + 1 < len(tokens)
    return not (is_owner and tokens[at + 1].is_capital)


def may_be_nominative(sentence: Sentence, start: int) -> bool:
    """Return True if a noun phrase that begins at a token can be a subject by its first word."""
    first = sentence.tokens[start]
    if first.has("nominative"):
        return True
    if first.has("oblique", "fronted", "preposition", "circumstance", "adverb", "number", "pronoun"):
        return False
    is_definite = sentence.cues.ends(first.text, "definite_ending")
    return first.opens_noun or is_definite


def nominative_at(sentence: Sentence, at: int, figure: int) -> Span | None:
    """Return the noun phrase that begins at a token before a figure, if it can be a subject."""
    while at < figure and sentence.tokens[at].has("reflexive"):
        at += 1
    if at >= figure or not may_be_nominative(sentence, at):
        return None
    end = end_of_phrase(sentence, at, figure)
    is_time_of = end > at and is_time(sentence.tokens[end - 1].text)  # "alle vier Jahre"
    return noun_phrase(sentence, at, end) if end > at and not is_time_of else None


def antecedent(sentence: Sentence, comma: int) -> Span | None:
    """Return the noun phrase that ends before a comma."""
    tokens = sentence.tokens
    starts = range(max(0, comma - LONGEST_ANTECEDENT), comma)
    whole = (i for i in starts if end_of_phrase(sentence, i, comma) == comma)
    opens = ("nominative", "oblique", "determiner")
    start = next((i for i in whole if tokens[i].is_capital or tokens[i].has(*opens)), None)
    if start is None or (start and tokens[start - 1].has("number")):
        return None  # "von 40 Gramm, das"
    return noun_phrase(sentence, start, comma)
