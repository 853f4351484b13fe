"""Recognise figures without a noun, whose noun comes earlier: "another five in London"."""

import re
from enum import Enum

from transforms.facts.quantities.numbers import Number
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern, listed_words

LOOKBACK = 40  # characters
WHOLE_BEFORE = re.compile(r"(?:^|[\s(“\"„])$")
WHOLE_AFTER = re.compile(r"[\s,;.!?)”“](?!\d)|$")
GROUPED = re.compile(
    r"\d{1,3}(?:[.,\u00a0\u202f’']\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d\d)+,\d{3}"
)  # 600,000 and 27,934.02
# Words that can follow a number without a noun: "about 4 percent" and "over 5 billion" never reach
# this rule. "1 in 10 adults" is a share.
GOES_ON = re.compile(
    rf"\s(?!(?:in|of) (?:\d|three|four|five|six|seven|eight|ten)){listed_pattern('after_bare_number')}\b"
)
ENDS = re.compile(r"\s?(?:[,.;!?)”\"]|$)")
TIME_OF_DAY = re.compile(
    r"(?i:\s(?:in the (?:morning|afternoon|evening)|this (?:morning|afternoon|evening)|tonight|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
)
AGE_BEFORE = re.compile(
    r"(?i:\b(?:age|ages|aged|be|being|is|are|was|were|turn\w*|mit|from|von|years|children|people|"
    r"anyone|over|under|above|below|über|unter)\s)$"
)
LARGEST_AGE = 110
BOUNDS = listed_words("bound")
YEARS = range(1000, 2200)
# "Another five in London", "a total of 270", "there are seven in Paris", "rose to 653", "just 57 came".
FURTHER = re.compile(
    r"(?i:\b(?:another|a further|an additional|weitere|otros|otras|autres|altri|altre|outros|outras|"
    r"nog eens)\s)$"
)
TOTAL = re.compile(
    r"(?i:\b(?:a total of|total(?:s|led|ed|ling|ing)?|(?:brings|brought|bringing) the "
    r"(?:total|number|toll) to|insgesamt|au total|un total de|un totale di|um total de|in totaal)\s)$"
)
THERE = re.compile(
    r"(?i:\bthere (?:are|were|will be|have been)(?: (?:now|just|only|about|already))?\s)$"
)
OUT_OF = re.compile(r"(?i:\b(?:out )?of the\s)$")
WE = re.compile(r"\s(?:we|they|you|that|who|which)\b")
# "A crowd of 300", "the death toll stood at 44", "killing 12 and injuring 30".
SIZE = re.compile(
    r"(?i:\b(?:(?:population|crowd|audience|capacity|attendance|membership|staff|workforce|toll|average|mean|"
    r"median|maximum|minimum|majority|sample|group|team|fleet|circulation) of|"
    r"(?:toll|total|average|median|number) (?:stands at|stood at|was|is|reached|rose to|fell to))\s)$"
)
# Share prices, indices and rates: "closed at 1.0842", "traded at 27.34".
PRICE = re.compile(
    r"(?i:\b(?:clos|trad|settl|finish|end|open|stood|stand|quot|changed hands)\w* (?:\w+ ){0,3}"
    r"(?:at|on|bei|à|a)\s)$"
)
DECIMALS = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2,4}")
VICTIMS = re.compile(
    r"(?i:\b(?:kill(?:ed|s|ing)|injur(?:ed|es|ing)|wound(?:ed|s|ing)|arrest(?:ed|s|ing)|detain(?:ed|s|ing)|"
    r"rescu(?:ed|es|ing)|evacuat(?:ed|es|ing)|displac(?:ed|es|ing)|infect(?:ed|s|ing)|hospitali[sz](?:ed|ing)|"
    r"tötete[n]?|verletzte[n]?)\s)$"
)
DONE = re.compile(
    r"\s(?:(?:were|are|have been|had been|was|others were|wurden|sind) )?"
    r"(?:also |still |later |seriously |schwer )?"
    r"(?:killed|injured|wounded|arrested|missing|dead|died|detained|hospitali[sz]ed|rescued|evacuated|displaced|"
    r"infected|survived|perished|drowned|verletzt|getötet|vermisst|festgenommen|starben)\b"
)
AND = re.compile(r"\s(?:and|und)\s")
OF_THEM = re.compile(
    r"\s(?:of (?:them|us|these|those|which|whom)|von ihnen|davon|d['’]entre eux|de ellos|di loro)\b"
)
THE = re.compile(r"(?i:\b(?:the|those|these|both|all|other|die|den)\s)$")
CHANGE = re.compile(
    r"(?i:\b(?:r[oi]se[sn]?|rising|f[ae]ll(?:en|s|ing)?|gr[eo]w(?:n|s|ing)?|jump\w*|climb\w*|drop\w*|declin\w+|"
    r"increas\w+|decreas\w+|soar\w*|surg\w+|swell\w*|balloon\w*|plung\w+|doubl\w+|tripl\w+|cut|reduced|down|up|"
    r"stieg\w*|steig\w*|sank\w*|sink\w*|fiel\w*|wuchs\w*|wächst|erhöh\w+|passé|monté|subió|bajó|salit\w|sces\w|subiu|caiu|"
    r"steeg|daalde)(?: \w+ly)? (?:to|from|auf|von|à|de|a|para|naar|van)\s)$"
)
JOINED = re.compile(
    r"(?:[,;(]\s|\b(?:and|including|plus|while|then|und|sowie|davon|darunter|et|dont|y|incluidos|e|"
    r"di cui|en|waarvan)\s)"
    r"(?:(?:the|just|only|nur|die|seulement|solo|apenas|slechts)\s)?$"
)
ED = re.compile(r"\s\w+ed\b(?!\s\w+s\b)")


class Noun(Enum):
    """Where to look for the noun of a number that has none beside it."""

    EARLIER = "in its sentence or the one before"
    HERE = "in its sentence"
    NOWHERE = "unknown"


def noun_of_bare(
    text: str, number: Number, span: Span, sentence: Span, hedge: str | None, *, follows: bool
) -> Noun | None:
    """Return where to look for the noun of a number without one, or None if it is not a figure.

    `span` is the number with its hedges; `follows` is true if a counted noun comes before it in the
    same sentence. A figure needs a word that shows it: a hedge, "another", "a total of", "there are",
    "out of the", a verb of change, or an earlier figure that it continues. Ages, times of day and
    possible years are not figures.

    >>> def noun(text, words, follows=False):
    ...     span = Span(text.index(words), text.index(words) + len(words))
    ...     number = Number(span, float(words), "digits")
    ...     return noun_of_bare(text, number, span, Span(0, len(text)), None, follows=follows)
    >>> noun("There are 12 in Rome.", "12").name, noun("It rose to 653.", "653").name
    ('EARLIER', 'NOWHERE')
    >>> noun("30 shops here and 12 in Rome", "12", follows=True).name, noun("said 12 in Rome", "12")
    ('HERE', None)
    """
    if not _stands_free(text, number, sentence):
        return None
    before = text[max(sentence.start, span.start - LOOKBACK) : span.start]  # what precedes the hedge
    after = text[span.end : sentence.end]
    if number.value in YEARS and number.span.of(text).isdigit():
        return None
    goes_on = bool(GOES_ON.match(after) or (number.how == "words" and ED.match(after)))
    is_open = goes_on or bool(ENDS.match(after))
    is_there = (THERE.search(before) and goes_on) or (OUT_OF.search(before) and WE.match(after))
    is_of_them = OF_THEM.match(after) and not THE.search(before)
    if is_there or is_of_them or (FURTHER.search(before) and is_open):
        return Noun.EARLIER
    is_counted_here = hedge and is_open and _is_hedged(number, before, after, hedge)
    is_total = is_open and TOTAL.search(before)
    if is_counted_here or is_total or (follows and goes_on and JOINED.search(before)):
        return Noun.HERE
    if _is_said_of(before, after, is_open=is_open) or _is_price(number.span.of(text), before):
        return Noun.NOWHERE
    if number.how == "digits" and GROUPED.fullmatch(number.span.of(text)):
        return Noun.HERE if goes_on else Noun.NOWHERE
    return None


def _is_said_of(before: str, after: str, *, is_open: bool) -> bool:
    """Return True if a number without a noun states a change, a size, or a number of victims."""
    if DONE.match(after) and not THE.search(before):
        return True
    if VICTIMS.search(before) and (is_open or AND.match(after)):
        return True
    return is_open and bool(SIZE.search(before) or CHANGE.search(before))


def _is_price(number: str, before: str) -> bool:
    return bool(PRICE.search(before) and DECIMALS.fullmatch(number))


def _stands_free(text: str, number: Number, sentence: Span) -> bool:
    before = text[max(sentence.start, number.span.start - 1) : number.span.start]
    return bool(WHOLE_BEFORE.match(before)) and bool(
        WHOLE_AFTER.match(text, number.span.end, sentence.end)
    )


def _is_hedged(number: Number, before: str, after: str, hedge: str) -> bool:
    """Return True if a hedge makes a number without a noun a figure: "about 270", not "over 65"."""
    if TIME_OF_DAY.match(after):
        return False
    if number.value <= LARGEST_AGE and (hedge in BOUNDS or AGE_BEFORE.search(before)):
        return False
    return not re.search(r"(?i:\b(?:at|by|until|since|till|um|gegen|alle|a las|à)\s)$", before)
