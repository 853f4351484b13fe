"""Find where a noun phrase ends that begins at a token, in languages with the verb in second place."""

from collections.abc import Sequence

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token
from transforms.language.cues import CAPITAL_NOUNS

VERB_CLASSES = ("finite", "auxiliary", "figure_verb", "verb")
ARTICLE_CLASSES = ("determiner", "nominative", "oblique", "genitive", "number")
MOST_DESCRIBING = 3  # words between an article and its noun
MOST_PLAIN = 6  # words of a phrase whose nouns have no capitals


def end_of_phrase(sentence: Sentence, start: int, end: int) -> int:
    """Return the index behind the phrase that begins at `start`; `start` itself if there is none.

    >>> from transforms.language.span import Span
    >>> text = "stieg der Umsatz der ganzen Firma um 5 Prozent"
    >>> sentence = Sentence.whole(text, "de")
    >>> sentence.words(1, end_of_phrase(sentence, 1, 8))
    'der Umsatz der ganzen Firma'
    """
    if sentence.language not in CAPITAL_NOUNS:
        return _end_by_words(sentence.tokens, start, end)
    tokens, at = sentence.tokens, _end_of_nouns(sentence, start, end)
    while start < at < end:
        is_joint = tokens[at].has("and") and at + 1 < end and not tokens[at + 1].has("oblique")
        if not (is_joint or tokens[at].has("genitive")):
            break
        further = _end_of_nouns(sentence, at + is_joint, end)
        if further == at + is_joint:
            break
        at = further
    return at


def is_one_phrase(sentence: Sentence, start: int, end: int) -> bool:
    """Return True for noun phrases that prepositions join; always, if nouns have no capitals.

    >>> from transforms.language.span import Span
    >>> text = "Jan Doe vom Institut für Tropen stammt"
    >>> sentence = Sentence.whole(text, "de")
    >>> is_one_phrase(sentence, 0, 6), is_one_phrase(sentence, 0, 7)
    (True, False)
    """
    if sentence.language not in CAPITAL_NOUNS or sentence.tokens[start].has("person"):
        return True
    at = start
    while at < end:
        further = end_of_phrase(sentence, at, end)
        if further == at:
            return False
        at = further + (further < end and sentence.tokens[further].has("fronted"))
        if further < end and at == further:
            return False
    return True


def _may_go_on(token: Token) -> bool:
    return token.is_capital or token.text in "&-/" or token.has("in_name", "number")


def _is_noun(token: Token) -> bool:
    """Return True for a word with a capital, or one behind its hyphens: "Läden", "24-Jährige"."""
    return token.text.rpartition("-")[2][:1].isupper()


def _end_of_nouns(sentence: Sentence, start: int, end: int) -> int:
    """Return where an article, its adjectives and nouns in capitals end; `start` if there is no noun."""
    tokens = sentence.tokens
    has_article = start < end and tokens[start].has(*ARTICLE_CLASSES)
    first = start + has_article
    noun = next(
        (i for i in range(first, min(end, first + MOST_DESCRIBING + 1)) if _is_noun(tokens[i])), None
    )
    if noun is None or not _may_describe(sentence, first, noun):
        return start
    last = noun + 1
    while last < end and _may_go_on(tokens[last]):
        last += 1
    return last


def _may_describe(sentence: Sentence, start: int, noun: int) -> bool:
    """Return True if adjectives stand before a noun, with adverbs: "gesetzlich garantierte"."""
    words = sentence.tokens[start:noun]
    if any(
        not one.text.islower() or one.has("fronted", *VERB_CLASSES, *ARTICLE_CLASSES) for one in words
    ):
        return False
    return not words or sentence.cues.ends(words[-1].text, "attribute_ending")


def _end_by_words(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a phrase ends before a verb, an adverb or a preposition."""
    inner = range(start + 1, min(end, start + MOST_PLAIN))
    stops = ("fronted", "adverb", "comma", "break", *VERB_CLASSES)
    ends = (i for i in inner if tokens[i].has(*stops) and not tokens[i].has("determiner"))
    return next(ends, max(start, inner.stop))
