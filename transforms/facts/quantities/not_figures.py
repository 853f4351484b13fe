"""Recognise numbers that are not figures: dates, names, labels, ages, addresses, versions."""

import re
from functools import cache

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.quantities.numbers import Number
from transforms.facts.quantities.units import unit_after, unit_before
from transforms.language.cues import cues_of
from transforms.language.dates import MONTH
from transforms.language.grammar import languages_with
from transforms.language.names import POSSESSIVE, given_names, is_role
from transforms.language.reference import read_column
from transforms.language.scripts import HAN, HANGUL, HIRAGANA, KATAKANA
from transforms.language.span import Span
from transforms.language.word_lists import listed_pattern

EARLIEST_YEAR, LATEST_YEAR = 1500, 2100
UNIT_OF_TIME = listed_pattern("unit_of_time")
# Patterns in which no number is a figure, grouped by what they begin with, with examples.
MASKED_ADDRESSES = (
    r"(?<!\w)\w+://\S+|www\.\S+",  # https://example.com/1
    r"(?<!\w)(?:(?<!\S)[^\s@]+@[^\s@]+\.\w+|"  # jo1@example.com
    r"(?<!-)[\w-]+(?:\.(?:com|org|net|html?|php|jpg|png|pdf)\b\S*|"  # page2.html
    r"[ -]years?[ -]old\b))",  # five years old
)
MASKED_SIGNS = (
    r"['’]\d\ds?\b",  # ’90s
    r"\+\d[\d\s().-]{6,}\d|\(\d{2,5}\)\s?\d[\d\s-]{4,}\d",  # +49 30 1234567, (030) 123456
    r"\[\d{1,3}\]|\((?:19|20)\d\d\)",  # notes and years: [3], (2014)
    r"(?<=[a-z]), \d{1,2},(?= )",  # Doe, 34, said
)
MASKED_WORDS = (
    r"(?:Catch|G|K)-?\d+\b",  # Catch-22, G20
    r"%aged% (?:%of% )?(?:%some_time% )?\d+(?: %range_to|and% \d+)?\b",
    r"\w+ years? (?:and|or) (?:above|older|over|under|up|younger)\b",  # people 18 years and older
    r"(?i:%at_age% \w+ %years_old%)\b",  # mit 20 Jahren, âgé de 20 ans
    r"(?i:%clock% (?:%half% )?\w+ %hours%\b)",  # à huit heures
    r"(?i:(?:%half% )?(?:[^\W\d_]+|\d{1,2}) %time_of_day%)\b",  # halb acht Uhr, 7 del mattino
)
MASKED_NUMBERS = (
    # 737 Max, 911 calls
    r"7[0-8]7(?:-\d{1,3}\w{0,3}\b|(?= (?:Max|MAX|Dreamliner|jets?|planes?|aircraft|airliners?)\b))",
    r"(?:000|101|11[0-9]|311|911|988|999)(?=[ -](?:calls?|callers?|call-\w+|operators?|dispatch\w*|"
    r"emergenc\w+|hotlines?|lines?|cent(?:er|re)s?|systems?|services?|numbers?)\b)",
    r"(?!\d{1,3}(?:\.\d{3})+(?!\d|\.\d))\d+(?:\.\d+){2,}\b",  # 10.0.0.1, 3.4.2014, but no 1.000.000
    r"(?:19|20)\d\d\s?[-–/]\s?(?:\d{2}|\d{4})\b",  # 2013-14
    r"\d{4}-\d\d-\d\d\b|\d{1,2}/\d{1,2}/\d{2,4}\b",  # 2014-04-03, 3/4/2014
    r"\d{1,2}/\d{1,2}\b(?!/)"  # 3/4, but 3/4 cup
    r"(?![ -]?(?:cup|tea|table|tsp|tbsp|pound|lb|oz|ounce|inch|mile|pint|gallon))",
    r"\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\b\.?|Uhr|GMT|UTC|EST|ET)",  # 5.30 pm
    r"\d{1,2}:\d{2}(?::\d{2})?\b",  # 17:30
    r"\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b|AM\b|PM\b|o['’]clock|Uhr\b)",  # 5 p.m.
    r"\d{2,4}-\d{3,4}-\d{3,4}\b|\d{3}\.\d{3}\.\d{4}\b",  # 555-123-4567
    r"\d{1,5} (?:[A-Z][\w'’.]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd)\b",
    r"\d{1,5} [NSEW]\.? [A-Z]\w+",  # 7311 W Greenfield
    r"\d{1,5}\s?(?:st|nd|rd|th|º|ª|er|ème|e)\b(?!\s?%)",  # 3rd
    r"\d{2,4}0['’]?s\b",  # the 1990s
    r"24/7\b|24-(?i:%clock_round%)\b|50[/-]50\b",
    r"\d+[ -](?i:%of_age%)\w*",
)
CHINESE_JAPANESE = (  # 2014年, 98年, 3月4日, but 20年 and 3日間
    r"(?:(?<=令和|平成|昭和|大正|明治)\d{1,2}|\d{3,4}|[06-9]\d)年(?:\d{1,2}月)?"
    r"|(?<=第)\d+|\d+[比:：]\d+|\d{1,2}年(?=\d{1,2}月|[级級])"
    r"|\d{1,2}月(?:\d{1,2}[日号號])?|\d{1,2}(?:[日号號](?!间|間)|[点點时時](?!间|間)|岁|歲|歳)"
    r"|\d{3,4}년|\d{1,2}월(?:\s?\d{1,2}일)?|\d{1,2}(?:일(?!간|\s?동안)|시(?!간)|세(?!대)|살)"
)
# Most signs are inside words, where only those begin a match that are named here.
MAY_BEGIN = r"(?=[\d'’+(\[,w]|\b\w|[^\w\s])"
ANY_MASKED = "|".join(
    [
        *MASKED_ADDRESSES,
        *MASKED_SIGNS,
        rf"\b(?=\w)(?:{'|'.join(MASKED_WORDS)})",
        rf"(?=\d)(?<!\w)(?:{'|'.join(MASKED_NUMBERS)})",
        rf"(?=\d)(?:{CHINESE_JAPANESE})",
    ]
)
MASKED = rf"{MAY_BEGIN}(?:{ANY_MASKED})"
OLDEST, YOUNGEST = 120, 10  # years; "the contract, five years, ends"
YEARS = r"\s%years_old%(?!\w)"
WHO_OF_AGE = r"(?P<who>[\w-]+)(?P<comma>,)?\s(?P<of>%of%\s)?$"
LABEL = re.compile(rf"(?i:\b{listed_pattern('number_label')}\.?|[#№§])\s*$")
OPENED = re.compile(r"(?:^|[—–:;•(\-“„«\"‘])\s*$")  # any word can have a capital after these
LARGEST_LABEL_OF_NOUNS = 15  # German: "Windows 11 Nutzer", but "laut Behörden 44 Menschen"
NOUN_AFTER = re.compile(r"\s[A-ZÄÖÜ][^\W\d_]{2,}")
DURATION_BEFORE = r"(?i:\b%during%\s(?:%some_time%\s)?)$"
RAND = re.compile(r"(?<![A-Za-z])R$")
SMALLEST_RAND = 50  # R2 is a name, R350 a grant
MONTH_BEFORE = re.compile(rf"\b{MONTH}\.?\s*(?:\d{{1,2}}\s?(?:[-–]|to|and|,)\s?)?$")
MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th|\.|º)?\s?(?:[-–]\s?\d{{1,2}}\s)?(?:of\s|de\s)?{MONTH}\b")
CAPITALISED = re.compile(r"(?:^|\s)(?P<word>(?=\S*[A-Z])[A-Za-z][\w'’-]*)\s$")
GLUED_BEFORE = re.compile(rf"(?![{HAN}{HIRAGANA}{KATAKANA}{HANGUL}])[\w#@/.:=&_-]$")
MAY_FOLLOW = re.compile(r"(?:\d\s?[-–]|^-|[a-z]–|-)$")
TIED_BEFORE = re.compile(r"[A-Za-z]-$")
GLUED_AFTER = re.compile(
    r"[-‑](?!million|billion|trillion|thousand|odd|plus|\d)\w|[A-Za-z_@=&]|[/:.]\d|['’]s\b"
)
CODE_AFTER = re.compile(r"[A-Z]{1,2}-[A-Z]")  # 9V-SNC
TIME_AFTER = re.compile(rf"\s(?:\w+\s)?{UNIT_OF_TIME}\b")
RELATIVE_BEFORE = r"(?i:\b%last_time%)\s+(?:\w+\s)?$"
RELATIVE_AFTER = rf"\s(?:(?!an?\s)\w+\s)?{UNIT_OF_TIME}\s%ago%\b"
EAST_ASIAN = languages_with("mixed_units")
EAST_ASIAN_RELATIVE = rf"\s?{UNIT_OF_TIME}\s?%ago%"
# "will add coaches in three years" is when, "the first in three years" is how long.
IN_FUTURE = r"\b%future%\b.*\b%in_time%\s$"
RELATIVE_AGO = r"(?i:\b%ago_before%\s(?:\w+\s)?)$"
LONGEST_MONTH = 30  # characters of a month and the day of a range before a day: "September 12 to "
NEAR = 100  # characters on each side of a number that can show what it is
NUMBERED_LINE = re.compile(r"(?:^|\n)[^\S\n]*$")


def is_unit_of_time(unit: str | None) -> bool:
    """Return True for a unit of time, but not for a number without a unit."""
    return unit is not None and re.fullmatch(UNIT_OF_TIME, unit) is not None


def masked_spans(sentence: Sentence) -> list[Span]:
    """Return the parts of a sentence in which no number is a figure."""
    masked = sentence.cues.compile(MASKED)
    return [Span(*match.span()) for match in masked.finditer(sentence.text, *sentence.within)]


def is_no_figure(sentence: Sentence, number: Number) -> bool:
    """Return True if the words around a number show that it is a date, a name or a label.

    >>> def says(text, words):
    ...     span = Span(text.index(words), text.index(words) + len(words))
    ...     return is_no_figure(Sentence.whole(text), Number(span, 2.0, "digits"))
    >>> says("on May 30 the", "30"), says("iPhone 6 sold", "6")
    (True, True)
    >>> says("removed 40 accounts", "40"), says("two years ago", "two"), says("jailed two years", "two")
    (False, True, False)
    >>> says("a two-day trip", "two"), says("a two-person tent", "two")
    (False, True)
    """
    text, within, language = sentence.text, sentence.within, sentence.language
    before = text[max(within.start, number.span.start - NEAR) : number.span.start]
    after = text[number.span.end : min(within.end, number.span.end + NEAR)]
    if _is_glued(number, before, after, language) or _is_relative(before, after, language):
        return True
    if number.has_scale:
        return False
    if _is_age(number, before, after, language):
        return True
    return _is_date(text, number, before, after, language) or _is_label(number, before, after, language)


def _is_glued(number: Number, before: str, after: str, language: str) -> bool:
    """Return True if a number is part of a word; one joined to a unit ("100-watt", "32GB") is not."""
    is_money = unit_before(before, len(before), 0, language) is not None
    beside = before[-3:]  # a search for signs at the end begins at the start
    if number.value < SMALLEST_RAND and RAND.search(beside):
        return True
    is_part = bool(GLUED_BEFORE.search(beside)) and not is_money and not MAY_FOLLOW.search(before)
    if is_part or TIED_BEFORE.search(beside) or CODE_AFTER.match(after):
        return True
    is_tied = after[:1] == "-" and (number.has_scale or is_money)
    is_tied = is_tied or unit_after(after, 0, len(after), language) is not None
    return bool(GLUED_AFTER.match(after)) and not is_tied


def _is_relative(before: str, after: str, language: str) -> bool:
    """Return True if a number of days or years gives the time of an event, not a duration."""
    cues = cues_of(language)
    if language in EAST_ASIAN and cues.compile(EAST_ASIAN_RELATIVE).match(after):
        return True
    if cues.compile(RELATIVE_AFTER).match(after):
        return not cues.compile(DURATION_BEFORE).search(before)
    is_time = TIME_AFTER.match(after) is not None
    whens = (RELATIVE_BEFORE, RELATIVE_AGO, IN_FUTURE)
    return is_time and any(cues.compile(when).search(before) for when in whens)


def _is_date(text: str, number: Number, before: str, after: str, language: str) -> bool:
    if number.how != "digits":
        return False
    digits = number.span.of(text)
    if len(digits) == len("2014") and digits.isdigit() and EARLIEST_YEAR <= number.value < LATEST_YEAR:
        is_counted = unit_after(after, 0, len(after), language) is not None
        return not (is_counted or re.search(r"[$€£¥]\s?$", before))
    is_day = number.value <= 31 and digits.isdigit()
    month = MONTH_BEFORE.search(before[-LONGEST_MONTH:])
    verbs = read_column("figure_verbs", "form", language)  # Portuguese "tem", Turkish "Tem."
    is_behind = month is not None and month[0].strip() not in verbs
    return is_day and (is_behind or MONTH_AFTER.match(after) is not None)


def _is_age(number: Number, before: str, after: str, language: str) -> bool:
    """Return True for the age of a person: "le coureur de 31 ans", "Ana Gil, de 40 años,"."""
    cues = cues_of(language)
    if number.value > OLDEST or not cues.compile(YEARS).match(after):
        return False
    who = cues.compile(WHO_OF_AGE).search(before)
    if who and who["of"] and not who["comma"]:
        return is_role(who["who"])
    is_closed = cues.compile(rf"{YEARS}[,.;)]").match(after) is not None
    return who is not None and who["comma"] is not None and is_closed and number.value >= YOUNGEST


def _names_person(after: str) -> bool:
    """Return True if a person's name follows, as in a table of ranks."""
    name = re.match(r"\s(?P<given>[^\W\d_]+)\s[A-Z]", after)
    return name is not None and name["given"] in given_names()


def _is_label(number: Number, before: str, after: str, language: str) -> bool:
    if LABEL.search(before):
        return True
    if NUMBERED_LINE.search(before) and (re.match(r"[.):]\s", after) or _names_person(after)):
        return True
    named = CAPITALISED.search(before)
    if named is None or number.value >= 10_000 or named["word"].endswith(POSSESSIVE):
        return False
    if any(char.isupper() for char in named["word"][1:]):
        return True
    if language == "de" and number.value >= LARGEST_LABEL_OF_NOUNS and NOUN_AFTER.match(after):
        return False
    word = named["word"].casefold()  # of a headline: "Nearly 40", "Kills 12"
    is_plain = word in verbs_and_hedges() or word in read_column("stopwords", "word", "en")
    return not is_plain and not OPENED.search(before[: named.start("word")])


@cache
def verbs_and_hedges() -> frozenset[str]:
    """Return English words that come before figures and are never names, even with a capital."""
    hedges = {form.split()[-1] for form in read_column("hedges", "form", "en")}
    return read_column("figure_verbs", "form", "en") | hedges | {"several"}
