"""Recognise figures without a noun, whose noun comes earlier: "another five in London"."""

import re
from enum import Enum
from functools import cache

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import verb_classes
from transforms.facts.quantities.numbers import Number
from transforms.language.cues import Cues, cues_of, one_of
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern

LOOKBACK = 40  # characters
WHOLE_BEFORE = re.compile(r"(?:^|[\s(“\"„])$")
WHOLE_AFTER = re.compile(r"[\s,;.!?)”“](?!\d)|$")
GROUPED = re.compile(
    r"\d{1,3}(?:[.,\u00a0\u202f’']\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d\d)+,\d{3}"
)  # 600,000 and 27,934.02
# Words that can follow a number without a noun: "about 4 percent" and "over 5 billion" never reach
# this rule.
GOES_ON = re.compile(rf"\s{listed_pattern('after_bare_number')}\b")
ENDS = re.compile(r"\s?(?:[,.;!?)”\"]|$)")
AGE_BEFORE = r"(?i:\b%age_before%\s)$"
LARGEST_AGE = 110
YEARS = range(1000, 2200)
# "Another five in London", "a total of 270", "there are seven in Paris", "rose to 653", "just 57 came".
FURTHER = r"(?i:\b%further%\s)$"
TOTAL = r"(?i:\b%total%\s)$"
THERE = r"(?i:\b%there_are%(?: %before_verb%)?\s)$"
OUT_OF = r"(?i:\b%out_of%\s)$"
WE = r"\s%own_subject|relative%\b"
# "A crowd of 300", "the death toll stood at 44", "killing 12 and injuring 30".
SIZE = r"(?i:\b%size% %size_is%\s)$"
# Share prices, indices and rates: "closed at 1.0842", "traded at 27.34".
PRICE = r"(?i:\b%price_stem%\w* (?:\w+ ){0,3}%price_at%\s)$"
DECIMALS = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2,4}")
VICTIMS = r"(?i:\b%victims%\s)$"
DONE = r"\s(?:(?:\w+ )?%be|passive%(?: been)? )?(?:\w+ )?%harmed%\b"
AND = r"\s%and%\s"
OF_THEM = r"\s%of_them%\b"
THE = r"(?i:\b%determiner|article%\s)$"
TO = r"(?: \w+ly)? %change_to|change_from%\s)$"
JOINED = r"(?:[,;(]\s|\b%and|including%\s)(?:%determiner|before_verb|adverb%\s)?$"
CLOCK = r"(?i:\b%clock%\s)$"
ED = re.compile(r"\s\w+ed\b(?!\s\w+s\b)")


class Noun(Enum):
    """Where to look for the noun of a number that has none beside it."""

    EARLIER = "in its sentence or the one before"
    HERE = "in its sentence"
    NOWHERE = "unknown"


def noun_of_bare(
    sentence: Sentence, number: Number, span: Span, hedge: str | None, *, follows: bool
) -> Noun | None:
    """Return where to look for the noun of a number without one, or None if it is not a figure.

    `span` is the number with its hedges; `follows` is true if a counted noun comes before it in the
    same sentence. A figure needs a word that shows it: a hedge, "another", "a total of", "there are",
    "out of the", a verb of change, or an earlier figure that it continues. Ages, times of day and
    possible years are not figures.

    >>> def noun(text, words, follows=False):
    ...     span = Span(text.index(words), text.index(words) + len(words))
    ...     number = Number(span, float(words), "digits")
    ...     sentence = Sentence.whole(text)
    ...     return noun_of_bare(sentence, number, span, None, follows=follows)
    >>> noun("There are 12 in Rome.", "12").name, noun("It rose to 653.", "653").name
    ('EARLIER', 'NOWHERE')
    >>> noun("30 shops here and 12 in Rome", "12", follows=True).name, noun("said 12 in Rome", "12")
    ('HERE', None)
    """
    text, within, cues = sentence.text, sentence.within, sentence.cues
    if not _stands_free(text, number, within):
        return None
    before = text[max(within.start, span.start - LOOKBACK) : span.start]  # what precedes the hedge
    after = text[span.end : within.end]
    if number.value in YEARS and number.span.of(text).isdigit():
        return None
    goes_on = bool(GOES_ON.match(after) or (number.how == "words" and ED.match(after)))
    is_open = goes_on or bool(ENDS.match(after))
    if _points_back(before, after, cues, is_open=is_open, goes_on=goes_on):
        return Noun.EARLIER
    is_counted_here = hedge and is_open and _is_hedged(number, before, hedge, cues)
    is_total = is_open and cues.compile(TOTAL).search(before)
    if is_counted_here or is_total or (follows and goes_on and cues.compile(JOINED).search(before)):
        return Noun.HERE
    is_price = DECIMALS.fullmatch(number.span.of(text)) and cues.compile(PRICE).search(before)
    if is_price or _is_said_of(before, after, cues, is_open=is_open):
        return Noun.NOWHERE
    if number.how == "digits" and GROUPED.fullmatch(number.span.of(text)):
        return Noun.HERE if goes_on else Noun.NOWHERE
    return None


def _points_back(before: str, after: str, cues: Cues, *, is_open: bool, goes_on: bool) -> bool:
    """Return True if a number counts what was named before: "another 12", "12 of them"."""
    if cues.compile(OF_THEM).match(after) and not cues.compile(THE).search(before):
        return True
    if cues.compile(OUT_OF).search(before) and cues.compile(WE).match(after):
        return True
    is_there = goes_on and cues.compile(THERE).search(before)
    return bool(is_there or (is_open and cues.compile(FURTHER).search(before)))


def _is_said_of(before: str, after: str, cues: Cues, *, is_open: bool) -> bool:
    """Return True if a number without a noun states a change, a size, or a number of victims."""
    if cues.compile(DONE).match(after) and not cues.compile(THE).search(before):
        return True
    if cues.compile(VICTIMS).search(before) and (is_open or cues.compile(AND).match(after)):
        return True
    return is_open and bool(cues.compile(SIZE).search(before) or _changes(cues.language).search(before))


@cache
def _changes(language: str) -> re.Pattern[str]:
    """Return a pattern of the verbs of change with "to" or "from": "rose to"."""
    verbs = [form for form, kind in verb_classes(language).items() if kind in ("rise", "fall")]
    return cues_of(language).compile(rf"(?i:\b(?:%direction%|{one_of(verbs)}){TO}")


def _stands_free(text: str, number: Number, sentence: Span) -> bool:
    before = text[max(sentence.start, number.span.start - 1) : number.span.start]
    return bool(WHOLE_BEFORE.match(before)) and bool(
        WHOLE_AFTER.match(text, number.span.end, sentence.end)
    )


def _is_hedged(number: Number, before: str, hedge: str, cues: Cues) -> bool:
    """Return True if a hedge makes a number without a noun a figure: "about 270", not "over 65"."""
    is_age = hedge in cues.of("bound") or cues.compile(AGE_BEFORE).search(before)
    if number.value <= LARGEST_AGE and is_age:
        return False
    return not cues.compile(CLOCK).search(before)
