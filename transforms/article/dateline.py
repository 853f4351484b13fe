"""Find datelines: the place and date at the start of a news report."""

import re
from dataclasses import dataclass
from datetime import date

from transforms.language.dates import MONTH
from transforms.language.months import month_numbers, month_of
from transforms.language.names import UPPER, has_capitals
from transforms.language.places import STATES, known_places
from transforms.language.reference import read_column
from transforms.language.word_lists import listed_words

DAY = r"(?P<day{0}>[0-3]?[0-9])(?:st|nd|rd|th)?"
NUMERIC = r"(?P<day3>[0-3]?\d)\.\s?(?P<month3>[01]?\d)\.(?:\s?(?P<year3>\d{2,4}))?"
AGENCY = r"(?:\((?P<agency1>[^()]{2,40})\)|/(?P<agency2>[A-Z][^/]{1,30})/)"
DASH = r"(?:\s*[—–]+|\s*--+|\s+-|\.-)"
# ALL CAPITALS, with an optional region after a comma: BEIJING; SOG COUNTY, Tibet; WASHINGTON, D.C.
CAPITALS = rf"[{UPPER}]{{2,}}(?:[ \-/.'’][{UPPER}]{{2,}}){{0,3}}"
TITLE_CASE = r"(?:St\. )?[^\W\d_a-z][^\W\d_]+(?:[ \-/][^\W\d_a-z][^\W\d_]+){0,2}"
END = rf"(?P<end>\.?{DASH}|\s*:|\.(?=\s)|(?<=\))(?=\s))\s*"


def _western(month: str, not_month: str) -> re.Pattern[str]:
    """Return the pattern of datelines in alphabets, given those of a month and of what is none."""
    date = (
        rf"(?:(?P<month1>{month})\.?\s+{DAY.format(1)}(?!\d)"
        rf"|{DAY.format(2)}\.?\s+(?:de\s+)?(?P<month2>{month})\b\.?)"
        r"(?:,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d))?"
    )
    region = rf"(?P<region{{0}}>,\s+{not_month}[^\W\d_a-z][^\W\d_]*\.?(?:[ .][^\W\d_a-z][^\W\d_]*\.?)*)?"
    details = rf"(?P<details>(?:[,.]?\s*(?:{date}|{NUMERIC}))?(?:\s*,?\s*[—–-]?\s*{AGENCY})?)"
    return re.compile(
        rf"(?P<place>(?P<capitals>{CAPITALS}){region.format(1)}"
        rf"|(?P<title>{TITLE_CASE}){region.format(2)}){details}{END}"
    )


def _any_month() -> str:
    """Return a pattern that matches all names of months, and more; it is many times as fast."""
    letters = "".join(map(re.escape, sorted(set("".join(month_numbers())))))
    return f"(?i:[{letters}]{{1,{max(map(len, month_numbers()))}}})"


WESTERN = _western(MONTH, rf"(?!{MONTH}\b)")
OUTLINE = _western(_any_month(), "")  # matches wherever WESTERN does; few other lines pass it
CHINESE = re.compile(
    r"[（(【\[]?\s*(?P<agency>[\u4e00-\u9fff]{1,6}?[社报報网網])(?P<place>[\u4e00-\u9fff]{2,7}?)"
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:专|專)?[电電讯訊消]息?"
    r"(?:\s*[（(](?:记者|記者)[^）)]{0,30}[）)])?\s*[）)】\]]?[:：]?\s*"
)
# (서울=연합뉴스) 홍길동 기자 =
KOREAN = re.compile(
    r"\((?P<place>[가-힣]{2,10})=(?P<agency>[^()=\n]{2,20})\)(?:\s*[가-힣·]{2,20}\s?[가-힣]{2,5}\s*=)?\s*"
)
# Words before a dash or colon that are not places.
NOT_PLACES = listed_words("not_dateline_place")
FUSED = re.compile(rf"[a-z0-9).\]](?={CAPITALS})")
FUSED_CAPTION = 120  # characters; a file name or a short caption before a fused dateline
LONGEST = 250  # characters of a dateline with region, date and agency
SENTENCE_AFTER = 20  # characters; a dateline is followed by a sentence in the same line
SMALL_AGENCY = re.compile(r"[a-zäöü]{2,5}(?:[/-][a-zäöü]{2,5})*")  # (dpo), (ots/red)
# Articles and similar words that place names begin with ("La Paz").
ARTICLES = listed_words("article_in_place")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline in a line: its span, its place as written, and its date if it has one.

    `on` is YYYY-MM-DD, or --MM-DD if the year is missing (ISO 8601:2000), or None.
    """

    start: int
    end: int
    place: str
    on: str | None
    agency: str | None


def find_dateline(line: str) -> Dateline | None:
    """Return the dateline at the start of a line, or after a caption that is fused to it, or None.

    A place in capitals needs a dash, a date or an agency after it, or a colon if it is a known place.
    A place in mixed case needs a date, an agency or a state ("New York, NY –"), or a full stop if it
    is a known place; one in letters without capitals (Arabic, Hangul) a date, an agency, or a dash if
    it is a known place. So "EXCLUSIVE: ..." and "Beijing: a guide" have no dateline.

    >>> find_dateline("DHARAMSALA, May 30: The government has started a campaign.")
    Dateline(start=0, end=20, place='DHARAMSALA', on='--05-30', agency=None)
    >>> find_dateline("icon_2.jpgBEIJING (Reuters) - The government has started a campaign.").place
    'BEIJING'
    >>> find_dateline("新华社北京5月27日电 中国政府开展了为期一个月的专项行动，打击传播谣言。").on
    '--05-27'
    >>> find_dateline("(서울=새소식) 홍길동 기자 = 시는 월요일에 다리를 닫는다고 밝혔다.").place
    '서울'
    >>> find_dateline("EXCLUSIVE: The government has started a campaign.") is None
    True
    >>> find_dateline("NEW DELHI: The government has started a campaign.").place
    'NEW DELHI'
    """
    if chinese := CHINESE.match(line):
        return _from_chinese(chinese)
    if korean := KOREAN.match(line):
        return Dateline(0, korean.end(), korean["place"], None, korean["agency"])
    for start in _starts(line):
        if not OUTLINE.match(line, start, start + LONGEST):
            continue
        match = WESTERN.match(line, start, start + LONGEST)
        if match and len(line) - match.end() >= SENTENCE_AFTER and _is_dateline(match, start):
            return _from_western(match)
    return None


def _starts(line: str) -> list[int]:
    """Return possible starts of a dateline: the line's start, or a place in capitals after a caption."""
    head = line[: FUSED_CAPTION + 40]
    fused = FUSED.finditer(head)
    return [0, *(match.end() for match in fused if match.end() <= FUSED_CAPTION)]


def _is_dateline(match: re.Match[str], start: int) -> bool:
    place = match["place"]
    first = place.casefold().split()[0].strip(",:")
    is_known = (match["capitals"] or match["title"]).casefold() in known_places()
    is_function_word = first in read_column("stopwords", "word") and first not in ARTICLES
    if first in NOT_PLACES or (is_function_word and not is_known):
        return False
    has_details = bool(match["month1"] or match["month2"] or match["month3"]) or _is_agency(
        match, is_known=is_known
    )
    if match["agency1"] and not has_details:
        return False
    if has_details:
        return bool(match["capitals"]) or start == 0
    is_dashed = ":" not in match["end"] and "." not in match["end"]
    region = (match["region1"] or match["region2"] or "").strip(", ")
    if start == 0 and is_dashed and region in STATES:
        return True
    if not match["capitals"]:
        is_marked = match["end"].strip() == "." if has_capitals(place) else is_dashed
        return start == 0 and is_marked and is_known
    is_headline = match.string[match.end() :].split()[:1][0].isupper()
    if ":" in match["end"]:
        return start == 0 and is_known
    return len(place) > 2 and not is_headline


def _is_agency(match: re.Match[str], *, is_known: bool) -> bool:
    found = match["agency1"] or match["agency2"]
    if not found:
        return False
    if any(part.strip() in read_column("agencies", "name") for part in re.split(r"[/,]| and ", found)):
        return True
    # An unlisted agency: lower case after a known place, or one word after capitals and a region.
    is_dashed = bool(match["end"].strip(" .")) and ":" not in match["end"]
    is_local = bool(match["capitals"] and match["region1"] and re.fullmatch(r"[A-Z]\w+", found))
    return is_dashed and (is_local or (is_known and bool(SMALL_AGENCY.fullmatch(found))))


def _from_western(match: re.Match[str]) -> Dateline:
    month, day = match["month1"] or match["month2"], match["day1"] or match["day2"]
    on = _date(match["year"], month_of(month), int(day)) if month else _numeric(match)
    agency = match["agency1"] or match["agency2"]
    return Dateline(match.start(), match.end(), match["place"], on, agency)


def _numeric(match: re.Match[str]) -> str | None:
    """Return the date of "27.6.2025", or None if its year is incomplete."""
    year = match["year3"]
    if not match["month3"] or (year and len(year) != len("2025")):
        return None
    return _date(year, int(match["month3"]), int(match["day3"]))


def _from_chinese(match: re.Match[str]) -> Dateline:
    on = _date(match["year"], int(match["month"]), int(match["day"]))
    return Dateline(match.start(), match.end(), match["place"], on, match["agency"])


def _date(year: str | None, month: int, day: int) -> str | None:
    """Return the date in ISO 8601, or None if the day does not exist."""
    try:
        date(int(year) if year else 2000, month, day)  # 2000 has a 29 February
    except ValueError:
        return None
    return f"{year or '-'}-{month:02}-{day:02}"
