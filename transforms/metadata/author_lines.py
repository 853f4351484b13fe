"""Find the names of authors in the lines of a byline, and in those around the heading."""

import re
from collections.abc import Sequence

from transforms.language.dates import MONTH, find_date
from transforms.language.names import has_capitals, is_given_name, not_in_names
from transforms.language.phrases import find_phrases
from transforms.language.word_lists import listed_pattern
from transforms.metadata.byline import BY, BY_FIRST, BYLINE_NAME
from transforms.metadata.head import Heading

PREFIX = re.compile(
    rf"^(?:(?:the\s)?(?:authors?|contributors?|about the author)\b[\s:]*)?"
    rf"(?:(?:(?i:words|story|text|article|report|written|posted|published|reviewed|created|insights)\s)?(?i:{BY_FIRST}|from)\b[\s:–—]*)?",
    re.IGNORECASE,
)
# What follows a name in a byline: a date, a role, an outlet.
SUFFIX = re.compile(
    rf"(?<!\s)\s*(?:[|·•»/—–]|\s-\s|\s\(|\s@|\s\d|\s(?:published|updated|last|posted|on|in|at|is|has|for|reads?|"
    rf"offline|expert|senior|contributing|editor|writer|reporter|correspondent|author|founder|director|manager|"
    rf"M\.?D\.?|Ph\.?D\.?|RD|RN|DVM|follow|view|bio|see|edited|reviewed|fact)\b|\s{MONTH}\b\.?\s\d).*$",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(r"(?<!\s)\s*(?:;|,|\||/|·|•|\s&\s|\s(?:and|und|et|y|e|en|i|и|og|och)\s)\s*")
PERSON = re.compile(rf"{BYLINE_NAME}$")
ROLE = re.compile(rf"\b{listed_pattern('role_or_outlet')}\b", re.IGNORECASE)
JOINT = r"(?:, | and | & |, and | und | et | og | och | y | e | en )"
NAMES = rf"(?P<names>{BYLINE_NAME}(?:{JOINT}{BYLINE_NAME}){{0,5}})"
NEAR_BYLINE = re.compile(rf"(?:^|[\s|·•])(?i:{BY})(?:\s*+:)?+\s++{NAMES}")
# "Jane Doe May 30, 2014", "Jane Doe 5 min read": a name and a date right below the heading.
NAME_AND_DATE = re.compile(
    rf"^{NAMES}\s*[|·•,–-]?\s*(?=\d+ ?[Mm]in|\d{{1,2}}\.? {MONTH}|\d{{4}}-\d\d|"
    rf"(?i:last )?(?i:published|updated|posted)\b|{MONTH}\b\.?\s\d)"
)
LABELS = (
    r"(?:written|words) by|authors?|autor(?:in)?(?:/autor(?:in)?)?|auteur|автор|geschrieben von|"
    r"verfasst von|écrit par"
)
BYLINE_LABEL = re.compile(
    rf"(?:{LABELS}|(?:(?:posted|text|story|article) )?by|von|par|por|di|door|av|af|przez|作者)\s?[:：]?",
    re.IGNORECASE,
)
FULL_LABELS = re.compile(rf"(?:{LABELS})\s?:?", re.IGNORECASE)
# A separator on its own line, which two links to authors leave: "Jane Doe\nand\nLu Min".
JOINT_LINES = re.compile(r"\n(?P<joint>,|&|and|und|et|og|och|y|e|en)\n")
# "Dec. 19, 2025 · Jane Doe", "· 5 min · 1,200 words · Jane Doe": the name closes the line of the date.
NAME_BEHIND = re.compile(rf"[|·•・—]\s*(?P<names>{BYLINE_NAME})$")
DATE_FIRST = re.compile(rf"(?:\d{{1,2}}\.? )?{MONTH}\b\.?\s\d|\d{{4}}-\d\d|\d{{1,2}}[./]\d")
DASHED = re.compile(r"\d\d?-\d\d?-(?:19|20)\d\d")  # day and month in an order that nobody tells
PICTURE = re.compile(rf"\b{listed_pattern('picture_label')}\b\W*$", re.IGNORECASE)
OF_PICTURE = re.compile(rf"{listed_pattern('picture_label')}\b", re.IGNORECASE)
ORCID = re.compile(r"(?:view\s)?\borcid\b(?:\s?id|\s(?:profile|logo|icon|record))*", re.IGNORECASE)
SEPARATORS = " |·•・,-–—/"
TRAILING_MONTH = re.compile(rf"\s{MONTH}\.?$")
MOST_BYLINE_WORDS = 5  # in a byline that consists of "by" and a name
MOST_LINES = 3  # of a byline that are searched for the name; the first can be just "By"
LONGEST_LINE = 20  # words; a line with a byline is not longer


def named_in(lines: Sequence[str]) -> list[str]:
    """Return the persons named in the first line of a byline, and those joined to it by "and"."""
    joined = JOINT_LINES.sub(r" \g<joint> ", "\n".join(lines)).split("\n")
    for line in joined[:MOST_LINES]:
        name = SUFFIX.sub("", PREFIX.sub("", ORCID.sub("", line).strip())).strip(" ,:")
        if OF_PICTURE.match(name):
            continue
        parts = [part for part in BETWEEN_NAMES.split(name) if part]
        if parts and PERSON.match(parts[0]) and all(PERSON.match(p) or _is_outlet(p) for p in parts):
            return [name]
    return []


def _is_outlet(part: str) -> bool:
    """Return True if a part of a byline looks like an outlet or a degree: MDR, Ph.D."""
    return part.upper() == part


def find_near_heading(heading: Heading | None) -> list[str]:
    """Return the names near the heading: after "by", or in a line next to the date."""
    if heading is None:
        return []
    for lines in (heading.after, heading.before):
        for i, line in enumerate(lines):
            if i and PICTURE.search(lines[i - 1]):
                continue
            if BYLINE_LABEL.fullmatch(line) and (names := named_in(_first_entry(lines[i + 1 :]))):
                return names
            if len(line.split()) <= LONGEST_LINE and (names := _behind_by(line)):
                return names
        if names := _beside_date(lines, heading.text):
            return names
    return []


def _first_entry(lines: Sequence[str]) -> list[str]:
    """Return the first line, with those that a separator in a line of its own joins to it."""
    joined = JOINT_LINES.sub(r" \g<joint> ", "\n".join(lines))
    return joined.split("\n")[:1]


def _behind_by(line: str) -> list[str]:
    """Return the names after "by", unless they are of who made a picture."""
    found = NEAR_BYLINE.search(line)
    return [found["names"]] if found and not PICTURE.search(line[: found.start()]) else []


def _beside_date(given: Sequence[str], title: str) -> list[str]:
    """Return the name in the line next to the date, or in the same line.

    What the title says is no name, but the subject of the article or its category.
    """
    lines = [line for line in given if line.strip(SEPARATORS)]
    for i, line in enumerate(lines):
        beside = [*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]]
        found = NAME_AND_DATE.match(line)
        is_beside = any(map(_is_date_line, beside))
        behind = NAME_BEHIND.search(line) if is_beside or DATE_FIRST.match(line) else None
        alone = line.strip(SEPARATORS) if is_beside else ""
        for name in (found and found["names"], behind and behind["names"], alone):
            name = TRAILING_MONTH.sub("", name or "")
            if (found or PERSON.match(name)) and _is_persons_name(name, title):
                return [name]
    return []


def _is_persons_name(names: str, title: str) -> bool:
    return (
        " " in names
        and names.casefold() not in title.casefold()
        and find_phrases([names])[0] is None
        and not OF_PICTURE.match(names)
        and not_in_names().isdisjoint(names.casefold().split())
        and not ROLE.search(names)
        and not any(char.isdigit() for char in names)
        and (has_capitals(names) or any(map(is_given_name, names.split())))
    )


def _is_date_line(line: str) -> bool:
    if re.match(r"(?i:last )?(?i:published|updated|posted)\b", line):
        return True
    if len(line.split()) > MOST_BYLINE_WORDS:
        return False
    return find_date(line, month_first=True) is not None or DASHED.fullmatch(line.strip()) is not None
